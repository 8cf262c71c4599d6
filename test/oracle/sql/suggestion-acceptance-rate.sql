-- Accepted = ACCEPTED, ORDERED, AVAILABLE; decided = accepted + REJECTED; pending apart; none decided: null.
SELECT p.word, a.subject, 100 * SUM(a.w * (g.STATUS IN ('ACCEPTED', 'ORDERED', 'AVAILABLE'))) AS numerator,
  SUM(a.w * (g.STATUS IN ('ACCEPTED', 'ORDERED', 'AVAILABLE', 'REJECTED'))) AS denominator,
  SUM(a.w * (g.STATUS NOT IN ('ACCEPTED', 'ORDERED', 'AVAILABLE', 'REJECTED'))) / @unit AS `detail.pending`
FROM period p JOIN suggestions g ON g.suggesteddate >= p.from_day AND g.suggesteddate < p.end_day
JOIN asked_share a ON a.kind = 'suggestion' AND a.id = g.suggestionid GROUP BY p.word, a.subject;
