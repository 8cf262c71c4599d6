-- Σ price of the cohort / its use since; no use: null.
SELECT p.word, s.subject, ROUND(SUM(s.w * 100 * i.price) / NULLIF(SUM(s.w * (
  SELECT COUNT(*) FROM total_use u WHERE u.itemnumber = i.itemnumber)), 0)) AS value
FROM period p JOIN stock i ON i.came_on >= p.from_day AND i.came_on < p.end_day
JOIN item_share s USING (itemnumber) WHERE i.price IS NOT NULL GROUP BY p.word, s.subject;
