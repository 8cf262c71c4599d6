-- Σ count·w(item): first loan to a reader.
SELECT p.word, u.subject, SUM(u.w) AS numerator, @unit AS denominator
FROM period p JOIN use_share u ON u.used_on >= p.from_day AND u.used_on < p.end_day
WHERE u.kind = 'issue' GROUP BY p.word, u.subject;
