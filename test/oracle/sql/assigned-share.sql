-- 100·w(not unassigned)/w(all), of held items, of the library.
SELECT word, 'all' AS subject, 100 * SUM(IF(subject = 'unassigned', 0, w)) AS numerator, SUM(w) AS denominator
FROM held JOIN item_share USING (itemnumber) WHERE subject <> 'all' AND subject NOT LIKE 'library:%' GROUP BY word
UNION ALL
SELECT word, CONCAT('library:', homebranch), 100 * SUM(IF(subject = 'unassigned', 0, w)), SUM(w)
FROM held JOIN item_share USING (itemnumber) WHERE subject <> 'all' AND subject NOT LIKE 'library:%' GROUP BY word, homebranch;
