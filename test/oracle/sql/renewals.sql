-- Σ count·w(item): renewals add a row each.
SELECT p.word, u.subject, SUM(u.w) AS numerator, @unit AS denominator
FROM period p JOIN use_share u ON u.used_on >= p.from_day AND u.used_on < p.end_day
WHERE u.kind = 'renew' GROUP BY p.word, u.subject;
