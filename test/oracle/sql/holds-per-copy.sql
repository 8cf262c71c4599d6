-- Σ w·holds / Σ w·(loanable + on order) over the titles with at least one open hold; no copy: null.
SELECT p.word, s.subject, SUM(s.w * t.holds) AS numerator, SUM(s.w * (t.copies + t.on_order)) AS denominator
FROM period p JOIN wanted t JOIN title_share s USING (biblionumber) WHERE p.end_day > @today GROUP BY p.word, s.subject;
