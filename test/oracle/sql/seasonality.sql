-- 12·(use in month m, all years)/(use, all years), of at least 3 whole years up to the end of the period.
WITH span AS (
  SELECT word, end_day, FLOOR(TIMESTAMPDIFF(MONTH,
    GREATEST(@known_from, (SELECT DATE_FORMAT(MIN(used_on), '%Y-%m-01') FROM total_use)), end_day) / 12) AS years
  FROM period WHERE end_day <= @today),
monthly AS (
  SELECT p.word, u.subject, MONTH(u.used_on) AS month, CAST(SUM(u.w) AS DOUBLE) AS w FROM span p
  JOIN total_use_share u ON u.used_on >= p.end_day - INTERVAL p.years YEAR AND u.used_on < p.end_day
  WHERE p.years >= 3 GROUP BY p.word, u.subject, month),
every AS (
  SELECT t.word, t.subject, n.seq AS month, 12 * COALESCE(m.w, 0) / t.total AS factor
  FROM (SELECT word, subject, SUM(w) AS total FROM monthly GROUP BY word, subject) AS t
  JOIN seq_1_to_12 AS n LEFT JOIN monthly m ON m.word = t.word AND m.subject = t.subject AND m.month = n.seq)
SELECT word, subject, JSON_ARRAYAGG(factor ORDER BY month) AS value FROM every GROUP BY word, subject;
