-- 100·(use_D/use_all − held_D/held_all); defined when held_D = 0.
WITH used AS (
  SELECT p.word, u.subject, SUM(u.w) AS w FROM period p
  JOIN total_use_share u ON u.used_on >= p.from_day AND u.used_on < p.end_day GROUP BY p.word, u.subject),
stocked AS (SELECT i.word, s.subject, SUM(s.w) AS w FROM held i JOIN item_share s USING (itemnumber) GROUP BY i.word, s.subject),
subjects AS (SELECT word, subject FROM used UNION SELECT word, subject FROM stocked)
SELECT d.word, d.subject, 100 * (COALESCE(u.w, 0) * all_held.w - COALESCE(h.w, 0) * all_used.w) AS numerator,
  all_used.w * all_held.w AS denominator
FROM subjects d LEFT JOIN used u ON u.word = d.word AND u.subject = d.subject
LEFT JOIN stocked h ON h.word = d.word AND h.subject = d.subject
JOIN stocked all_held ON all_held.word = d.word AND all_held.subject = 'all'
JOIN used all_used ON all_used.word = d.word AND all_used.subject = 'all';
