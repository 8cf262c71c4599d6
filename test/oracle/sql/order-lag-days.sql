-- Median, p90 of received − ordered, orders received in the period. p90: smallest value with cumulative weight ≥ 0.9.
SELECT word, subject, (MIN(IF(2 * reached >= total, days, NULL)) + MIN(IF(2 * reached > total, days, NULL))) / 2 AS value,
  MIN(IF(10 * reached >= 9 * total, days, NULL)) AS `detail.p90` FROM (
  SELECT p.word, a.subject, DATEDIFF(o.datereceived, o.entrydate) AS days,
    SUM(SUM(a.w)) OVER (PARTITION BY p.word, a.subject ORDER BY DATEDIFF(o.datereceived, o.entrydate)) AS reached,
    SUM(SUM(a.w)) OVER (PARTITION BY p.word, a.subject) AS total
  FROM period p JOIN aqorders o ON o.datereceived >= p.from_day AND o.datereceived < p.end_day
  JOIN asked_share a ON a.kind = 'order' AND a.id = o.ordernumber
  WHERE o.datecancellationprinted IS NULL GROUP BY p.word, a.subject, days) AS steps
GROUP BY word, subject;
