-- Σ w(item), acquired in [start, end); also those gone again.
SELECT p.word, s.subject, SUM(s.w) AS numerator, @unit AS denominator
FROM period p JOIN stock i ON i.came_on >= p.from_day AND i.came_on < p.end_day
JOIN item_share s USING (itemnumber) GROUP BY p.word, s.subject;
