-- 1 − Σ w_i(S_{i−1}+S_i)/(W·S), items by rising use, zeros included; fewer than 2 items or no use: null.
WITH counted AS (
  SELECT i.word, s.subject, i.itemnumber, CAST(s.w AS DOUBLE) AS w, (SELECT COUNT(*) FROM total_use u
    WHERE u.itemnumber = i.itemnumber AND u.used_on >= i.from_day AND u.used_on < i.end_day) AS uses
  FROM circulating i JOIN item_share s USING (itemnumber)),
ranked AS (
  SELECT word, subject, w, w * uses AS used, SUM(w * uses) OVER (PARTITION BY word, subject ORDER BY uses, itemnumber) AS reached
  FROM counted)
SELECT word, subject, 1 - SUM(w * (2 * reached - used)) / (SUM(w) * SUM(used)) AS value
FROM ranked GROUP BY word, subject HAVING COUNT(*) >= 2 AND SUM(used) > 0;
