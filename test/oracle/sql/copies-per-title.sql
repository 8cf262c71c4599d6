-- held items / titles with ≥ 1 held item. Told by library, a title counts in each where it has a copy.
SELECT word, subject, SUM(items) AS numerator, SUM(titles) AS denominator FROM (
  SELECT i.word, s.subject, s.w AS items, 0 AS titles FROM held i JOIN item_share s USING (itemnumber)
  UNION ALL
  SELECT t.word, s.subject, 0, s.w FROM (SELECT DISTINCT word, biblionumber FROM held) AS t JOIN title_share s USING (biblionumber)
  UNION ALL
  SELECT t.word, CONCAT('library:', t.homebranch), 0, s.w FROM (SELECT DISTINCT word, homebranch, biblionumber FROM held) AS t
    JOIN title_share s USING (biblionumber) WHERE s.subject = 'all') AS both_of
GROUP BY word, subject;
