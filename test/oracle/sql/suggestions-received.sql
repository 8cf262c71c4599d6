-- Cohort by date suggested.
SELECT p.word, a.subject, SUM(a.w) AS numerator, @unit AS denominator
FROM period p JOIN suggestions g ON g.suggesteddate >= p.from_day AND g.suggesteddate < p.end_day
JOIN asked_share a ON a.kind = 'suggestion' AND a.id = g.suggestionid GROUP BY p.word, a.subject;
