-- 100·w(no use in the period)/w(circulating, held the whole period); newcomers left out.
SELECT i.word, s.subject, SUM(s.w) AS denominator, 100 * SUM(s.w * (NOT EXISTS (
  SELECT 1 FROM total_use u WHERE u.itemnumber = i.itemnumber AND u.used_on >= i.from_day AND u.used_on < i.end_day))) AS numerator
FROM circulating i JOIN item_share s USING (itemnumber) WHERE i.came_on < i.from_day GROUP BY i.word, s.subject;
