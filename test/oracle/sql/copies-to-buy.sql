-- max(0, ⌈holds / threshold⌉ − copies − on order), threshold 3.
SELECT p.word, s.subject, SUM(s.w * GREATEST(0, CEILING(t.holds / 3) - t.copies - t.on_order)) AS numerator, @unit AS denominator
FROM period p JOIN wanted t JOIN title_share s USING (biblionumber) WHERE p.end_day > @today GROUP BY p.word, s.subject;
