-- 100·used in the month of acquisition or the eleven after / items of the cohort with that window complete.
SELECT p.word, s.subject, SUM(s.w) AS denominator, 100 * SUM(s.w * EXISTS (
  SELECT 1 FROM total_use u WHERE u.itemnumber = i.itemnumber AND u.used_on >= DATE_FORMAT(i.dateaccessioned, '%Y-%m-01')
    AND u.used_on < DATE_FORMAT(i.dateaccessioned, '%Y-%m-01') + INTERVAL 12 MONTH)) AS numerator
FROM period p JOIN stock i ON i.dateaccessioned >= p.from_day AND i.dateaccessioned < p.at_day
JOIN item_share s USING (itemnumber)
WHERE DATE_FORMAT(i.dateaccessioned, '%Y-%m-01') + INTERVAL 12 MONTH <= @today
  AND DATE_FORMAT(i.dateaccessioned, '%Y-%m-01') >= @known_from
GROUP BY p.word, s.subject;
