-- 100·w(lost or missing)/w(held).
SELECT i.word, s.subject, 100 * SUM(s.w * (i.lost_on < i.at_day)) AS numerator, SUM(s.w) AS denominator
FROM held i JOIN item_share s USING (itemnumber) GROUP BY i.word, s.subject;
