-- Σ w(item) over held at t: acquired before t, not deleted and not withdrawn before t; lost and not-for-loan copies are in.
SELECT i.word, s.subject, SUM(s.w) AS numerator, @unit AS denominator
FROM held i JOIN item_share s USING (itemnumber) GROUP BY i.word, s.subject;
