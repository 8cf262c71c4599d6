-- Expected use × ratio of borrowings to holdings, each high if > 1.2, low if < 0.8; else in balance. Either null: null.
WITH used AS (
  SELECT p.word, u.subject, SUM(u.w) AS w FROM period p
  JOIN total_use_share u ON u.used_on >= p.from_day AND u.used_on < p.end_day GROUP BY p.word, u.subject),
stocked AS (SELECT i.word, s.subject, SUM(s.w) AS w FROM held i JOIN item_share s USING (itemnumber) GROUP BY i.word, s.subject),
ill AS (
  SELECT p.word, a.subject, SUM(a.w) AS w FROM period p JOIN illrequests r ON r.placed >= p.from_day AND r.placed < p.end_day
  JOIN asked_share a ON a.kind = 'ill' AND a.id = r.illrequest_id
  WHERE r.status NOT IN ('CANCREQ', 'CANCELLED') GROUP BY p.word, a.subject),
figures AS (
  SELECT h.word, h.subject, COALESCE(u.w, 0) * all_held.w / (all_used.w * h.w) AS expected,
    COALESCE(r.w, 0) * all_held.w / (all_ill.w * h.w) AS borrowed
  FROM stocked h LEFT JOIN used u ON u.word = h.word AND u.subject = h.subject
  LEFT JOIN ill r ON r.word = h.word AND r.subject = h.subject
  JOIN stocked all_held ON all_held.word = h.word AND all_held.subject = 'all'
  JOIN used all_used ON all_used.word = h.word AND all_used.subject = 'all'
  JOIN ill all_ill ON all_ill.word = h.word AND all_ill.subject = 'all' WHERE h.w > 0)
SELECT word, subject, CASE WHEN expected > 1.2 AND borrowed > 1.2 THEN '"buy-more"' WHEN expected > 1.2 AND borrowed < 0.8 THEN '"well-matched"'
  WHEN expected < 0.8 AND borrowed > 1.2 THEN '"refresh"' WHEN expected < 0.8 AND borrowed < 0.8 THEN '"quiet"' ELSE '"in-balance"' END AS value
FROM figures;
