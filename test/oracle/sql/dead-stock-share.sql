-- 100·w(last use, else acquired, more than N years ago)/w(circulating, held > N years). More than N years ago: the Nth
-- anniversary lies before the day. History shorter than N: Koha's date of the last loan.
SELECT i.word, s.subject, SUM(s.w) AS denominator, 100 * SUM(s.w * (COALESCE(NULLIF(GREATEST(
    COALESCE((SELECT MAX(u.used_on) FROM total_use u WHERE u.itemnumber = i.itemnumber AND u.used_on < i.at_day), '1000-01-01'),
    COALESCE(IF(i.datelastborrowed < i.at_day, i.datelastborrowed, NULL), '1000-01-01')), '1000-01-01'), i.came_on)
  + INTERVAL @years YEAR < i.at_day)) AS numerator
FROM circulating i JOIN item_share s USING (itemnumber) WHERE i.came_on + INTERVAL @years YEAR < i.at_day
GROUP BY i.word, s.subject;
