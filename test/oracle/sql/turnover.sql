-- Total use in the period / circulating items at its end.
SELECT word, subject, SUM(used) AS numerator, SUM(copies) AS denominator FROM (
  SELECT p.word, u.subject, u.w AS used, 0 AS copies
  FROM period p JOIN total_use_share u ON u.used_on >= p.from_day AND u.used_on < p.end_day
  UNION ALL SELECT word, subject, 0, w FROM circulating JOIN item_share USING (itemnumber)) AS both_of
GROUP BY word, subject;
