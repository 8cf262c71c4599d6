-- level = last 12 months/12; f = level·season factor of the month after the period; φ = max(1, χ²/(11(Y−1))) of the table
-- years × months against independence; variance = φ·f·(1 + f/last 12); f ± 1.2816·√variance, floor and ceil, not below 0.
WITH span AS (
  SELECT word, end_day, FLOOR(TIMESTAMPDIFF(MONTH,
    GREATEST(@known_from, (SELECT DATE_FORMAT(MIN(used_on), '%Y-%m-01') FROM total_use)), end_day) / 12) AS years
  FROM period WHERE end_day <= @today),
-- Of each year, counted back from the end, each calendar month.
counted AS (
  SELECT p.word, u.subject, p.years, FLOOR((TIMESTAMPDIFF(MONTH, DATE_FORMAT(u.used_on, '%Y-%m-01'), p.end_day) - 1) / 12) AS ago,
    MONTH(u.used_on) AS month, CAST(SUM(u.w) AS DOUBLE) / @unit AS uses
  FROM span p JOIN total_use_share u ON u.used_on >= p.end_day - INTERVAL p.years YEAR AND u.used_on < p.end_day
  WHERE p.years >= 3 GROUP BY p.word, u.subject, ago, month),
grid AS (
  SELECT t.word, t.subject, t.years, y.seq AS ago, m.seq AS month, COALESCE(c.uses, 0) AS uses
  FROM (SELECT DISTINCT word, subject, years FROM counted) AS t JOIN seq_0_to_9 y ON y.seq < t.years JOIN seq_1_to_12 m
  LEFT JOIN counted c ON c.word = t.word AND c.subject = t.subject AND c.ago = y.seq AND c.month = m.seq),
margins AS (
  SELECT word, subject, years, ago, month, uses, SUM(uses) OVER (PARTITION BY word, subject) AS total,
    SUM(uses) OVER (PARTITION BY word, subject, ago) AS of_year, SUM(uses) OVER (PARTITION BY word, subject, month) AS of_month
  FROM grid),
figures AS (
  SELECT m.word, m.subject, MAX(IF(m.ago = 0, m.of_year, 0)) AS last12,
    MAX(IF(m.ago = 0, m.of_year, 0)) / 12 * 12 * MAX(IF(m.month = MONTH(p.end_day), m.of_month, 0)) / MAX(m.total) AS f,
    GREATEST(1, SUM(IF(m.of_year * m.of_month = 0, 0,
      POW(m.uses - m.of_year * m.of_month / m.total, 2) / (m.of_year * m.of_month / m.total))) / (11 * (MAX(m.years) - 1))) AS phi
  FROM margins m JOIN span p USING (word) GROUP BY m.word, m.subject)
SELECT word, subject, JSON_OBJECT('value', f, 'low', GREATEST(0, FLOOR(f - 1.2816 * SQRT(phi * f * (1 + f / last12)))),
  'high', CEILING(f + 1.2816 * SQRT(phi * f * (1 + f / last12)))) AS value
FROM figures WHERE last12 > 0;
