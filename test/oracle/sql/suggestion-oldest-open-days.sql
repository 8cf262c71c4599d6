-- How many days the oldest undecided wish has waited, to the day of the reading.
SELECT p.word, a.subject, MAX(DATEDIFF(@today, g.suggesteddate)) AS value
FROM period p JOIN suggestions g ON g.suggesteddate >= p.from_day AND g.suggesteddate < p.end_day
JOIN asked_share a ON a.kind = 'suggestion' AND a.id = g.suggestionid
WHERE g.STATUS NOT IN ('ACCEPTED', 'ORDERED', 'AVAILABLE', 'REJECTED') AND a.w > 0 GROUP BY p.word, a.subject;
