-- Weighted median of the days from the wish to its decision.
SELECT word, subject, (MIN(IF(2 * reached >= total, days, NULL)) + MIN(IF(2 * reached > total, days, NULL))) / 2 AS value FROM (
  SELECT word, subject, days, SUM(SUM(w)) OVER (PARTITION BY word, subject ORDER BY days) AS reached,
    SUM(SUM(w)) OVER (PARTITION BY word, subject) AS total
  FROM (SELECT p.word, a.subject, a.w,
      GREATEST(0, DATEDIFF(COALESCE(g.accepteddate, g.rejecteddate, g.lastmodificationdate), g.suggesteddate)) AS days
    FROM period p JOIN suggestions g ON g.suggesteddate >= p.from_day AND g.suggesteddate < p.end_day
    JOIN asked_share a ON a.kind = 'suggestion' AND a.id = g.suggestionid
    WHERE g.STATUS IN ('ACCEPTED', 'ORDERED', 'AVAILABLE', 'REJECTED')) AS decided
  WHERE days IS NOT NULL GROUP BY word, subject, days) AS steps
GROUP BY word, subject;
