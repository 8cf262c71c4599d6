-- Without rules of the mapping: age > 15 (snapshot year − publication year) and last use, else acquisition, more than
-- 10 years back. Protected: younger than 3 years, the last copy, wanted by a reader, on loan, committed to be kept.
WITH proposed AS (
  SELECT i.word, i.itemnumber, i.came_on + INTERVAL 3 YEAR > i.at_day
    OR (SELECT COUNT(*) FROM items o WHERE o.biblionumber = i.biblionumber AND o.withdrawn = 0 AND o.itemlost = 0) <= 1
    OR i.biblionumber IN (SELECT biblionumber FROM reserves) OR i.itemnumber IN (SELECT itemnumber FROM issues) AS guarded
  FROM held i
  WHERE YEAR(DATE_SUB(i.at_day, INTERVAL 1 DAY)) - i.year > 15
    AND COALESCE(NULLIF(GREATEST(
      COALESCE((SELECT MAX(u.used_on) FROM total_use u WHERE u.itemnumber = i.itemnumber AND u.used_on < i.at_day), '1000-01-01'),
      COALESCE(IF(i.datelastborrowed < i.at_day, i.datelastborrowed, NULL), '1000-01-01')), '1000-01-01'), i.came_on) + INTERVAL 10 YEAR < i.at_day)
SELECT p.word, s.subject, JSON_OBJECT('candidates', SUM(s.w * (NOT p.guarded)) / @unit, 'protected', SUM(s.w * p.guarded) / @unit) AS value
FROM proposed p JOIN item_share s USING (itemnumber) GROUP BY p.word, s.subject;
