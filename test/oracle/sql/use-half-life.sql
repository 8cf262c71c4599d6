-- Weighted median of (year of use − year of acquisition) over uses; negative ages count 0, undated things are left out.
SELECT word, subject, (MIN(IF(2 * reached >= total, age, NULL)) + MIN(IF(2 * reached > total, age, NULL))) / 2 AS value FROM (
  SELECT p.word, u.subject, GREATEST(0, YEAR(u.used_on) - YEAR(i.dateaccessioned)) AS age,
    SUM(SUM(u.w)) OVER (PARTITION BY p.word, u.subject ORDER BY GREATEST(0, YEAR(u.used_on) - YEAR(i.dateaccessioned))) AS reached,
    SUM(SUM(u.w)) OVER (PARTITION BY p.word, u.subject) AS total
  FROM period p JOIN total_use_share u ON u.used_on >= p.from_day AND u.used_on < p.end_day
  JOIN stock i USING (itemnumber) WHERE i.dateaccessioned IS NOT NULL
  GROUP BY p.word, u.subject, age) AS ages
GROUP BY word, subject;
