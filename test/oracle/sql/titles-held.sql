-- Σ w(title) over titles held at t: records created before t, not suppressed, not deleted before t. Told by library, a
-- title counts in each where it has a copy.
WITH here AS (SELECT p.word, t.biblionumber FROM period p
  JOIN title t ON t.created_on < p.at_day AND t.readable AND NOT t.suppressed)
SELECT word, subject, SUM(w) AS numerator, @unit AS denominator FROM (
  SELECT h.word, s.subject, s.w FROM here h JOIN title_share s USING (biblionumber)
  UNION ALL
  SELECT h.word, CONCAT('library:', c.homebranch), s.w FROM here h
    JOIN (SELECT DISTINCT word, homebranch, biblionumber FROM held) AS c ON c.word = h.word AND c.biblionumber = h.biblionumber
    JOIN title_share s ON s.biblionumber = h.biblionumber AND s.subject = 'all') AS both_of
GROUP BY word, subject;
