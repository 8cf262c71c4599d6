-- 100·w(year > snapshot year − N)/w(dated), N = 10; the snapshot is of the last day of the period.
SELECT i.word, s.subject, 100 * SUM(s.w * (i.year > YEAR(DATE_SUB(i.at_day, INTERVAL 1 DAY)) - 10)) AS numerator, SUM(s.w) AS denominator
FROM held i JOIN item_share s USING (itemnumber) WHERE i.year IS NOT NULL GROUP BY i.word, s.subject;
