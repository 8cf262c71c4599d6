-- 100 · relative use.
WITH used AS (
  SELECT p.word, u.subject, SUM(u.w) AS w FROM period p
  JOIN total_use_share u ON u.used_on >= p.from_day AND u.used_on < p.end_day GROUP BY p.word, u.subject),
stocked AS (SELECT i.word, s.subject, SUM(s.w) AS w FROM held i JOIN item_share s USING (itemnumber) GROUP BY i.word, s.subject)
SELECT h.word, h.subject, 100 * COALESCE(u.w, 0) * all_held.w AS numerator, all_used.w * h.w AS denominator
FROM stocked h LEFT JOIN used u ON u.word = h.word AND u.subject = h.subject
JOIN stocked all_held ON all_held.word = h.word AND all_held.subject = 'all'
JOIN used all_used ON all_used.word = h.word AND all_used.subject = 'all';
