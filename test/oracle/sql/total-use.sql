-- Σ count·w(item) over checkout, in house and on site.
SELECT p.word, u.subject, SUM(u.w) AS numerator, @unit AS denominator
FROM period p JOIN total_use_share u ON u.used_on >= p.from_day AND u.used_on < p.end_day GROUP BY p.word, u.subject;
