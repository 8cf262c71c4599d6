-- Σ w, requests placed in the period, cancelled out.
SELECT p.word, a.subject, SUM(a.w) AS numerator, @unit AS denominator
FROM period p JOIN illrequests r ON r.placed >= p.from_day AND r.placed < p.end_day
JOIN asked_share a ON a.kind = 'ill' AND a.id = r.illrequest_id
WHERE r.status NOT IN ('CANCREQ', 'CANCELLED') GROUP BY p.word, a.subject;
