-- gap = months since the previous use of the item (else since acquisition) for each use in the period; second and later
-- uses within a month have gap 0; nearest-rank quantile at p = 0.96. History shorter than the answer: too few.
WITH monthly AS (
  SELECT itemnumber, used_on - INTERVAL (DAY(used_on) - 1) DAY AS month, COUNT(*) AS uses FROM total_use GROUP BY itemnumber, month),
following AS (SELECT itemnumber, month, uses, LAG(month) OVER (PARTITION BY itemnumber ORDER BY month) AS previous FROM monthly),
gaps AS (
  SELECT p.word, p.from_day, f.itemnumber, 1 AS uses, GREATEST(0,
    TIMESTAMPDIFF(MONTH, COALESCE(f.previous, i.dateaccessioned - INTERVAL (DAY(i.dateaccessioned) - 1) DAY), f.month)) AS gap
  FROM period p JOIN following f ON f.month >= p.from_day AND f.month < p.end_day JOIN stock i USING (itemnumber)
  UNION ALL
  SELECT p.word, p.from_day, f.itemnumber, f.uses - 1, 0
  FROM period p JOIN following f ON f.month >= p.from_day AND f.month < p.end_day WHERE f.uses > 1),
steps AS (
  SELECT g.word, g.from_day, s.subject, g.gap, SUM(SUM(s.w * g.uses)) OVER (PARTITION BY g.word, s.subject ORDER BY g.gap) AS reached,
    SUM(SUM(s.w * g.uses)) OVER (PARTITION BY g.word, s.subject) AS total
  FROM gaps g JOIN item_share s USING (itemnumber) WHERE g.gap IS NOT NULL AND g.itemnumber > 0 GROUP BY g.word, s.subject, g.gap)
SELECT word, subject, IF(MIN(gap) <= TIMESTAMPDIFF(MONTH, @known_from, MIN(from_day)), MIN(gap), NULL) AS value
FROM steps WHERE 100 * reached >= 96 * total GROUP BY word, subject;
