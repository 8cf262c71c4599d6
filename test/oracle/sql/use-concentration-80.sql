-- Smallest weight share of circulating items, most used first, whose use reaches 80 %; the last item counts in part.
WITH counted AS (
  SELECT i.word, s.subject, i.itemnumber, CAST(s.w AS DOUBLE) AS w, (SELECT COUNT(*) FROM total_use u
    WHERE u.itemnumber = i.itemnumber AND u.used_on >= i.from_day AND u.used_on < i.end_day) AS uses
  FROM circulating i JOIN item_share s USING (itemnumber)),
ranked AS (
  SELECT word, subject, w, uses, SUM(w * uses) OVER (PARTITION BY word, subject) AS total,
    SUM(w * uses) OVER (PARTITION BY word, subject ORDER BY uses DESC, itemnumber) - w * uses AS above
  FROM counted)
SELECT word, subject, 100 * SUM(IF(uses = 0, 0, w * GREATEST(0, LEAST(1, (0.8 * total - above) / (w * uses))))) AS numerator,
  IF(MAX(total) = 0, 0, SUM(w)) AS denominator
FROM ranked GROUP BY word, subject;
