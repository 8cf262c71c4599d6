-- Σ w(item) over circulating at t: held, not lost, not for-loan-barred; damaged ones are in.
SELECT i.word, s.subject, SUM(s.w) AS numerator, @unit AS denominator
FROM circulating i JOIN item_share s USING (itemnumber) GROUP BY i.word, s.subject;
