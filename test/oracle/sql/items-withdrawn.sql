-- Σ w(item), deleted or withdrawn in [start, end). A copy cannot go before it came: stock(start) + added − gone = stock(end).
SELECT p.word, s.subject, SUM(s.w) AS numerator, @unit AS denominator
FROM period p JOIN stock i ON GREATEST(i.gone_on, i.came_on) >= p.from_day AND GREATEST(i.gone_on, i.came_on) < p.at_day
  AND i.gone_on < p.at_day
JOIN item_share s USING (itemnumber) GROUP BY p.word, s.subject;
