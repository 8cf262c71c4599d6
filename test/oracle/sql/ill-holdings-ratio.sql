-- (ILL_D/ILL_all)/(held_D/held_all); held_D = 0 or ILL_all = 0: null.
WITH ill AS (
  SELECT p.word, a.subject, SUM(a.w) AS w FROM period p JOIN illrequests r ON r.placed >= p.from_day AND r.placed < p.end_day
  JOIN asked_share a ON a.kind = 'ill' AND a.id = r.illrequest_id
  WHERE r.status NOT IN ('CANCREQ', 'CANCELLED') GROUP BY p.word, a.subject),
stocked AS (SELECT i.word, s.subject, SUM(s.w) AS w FROM held i JOIN item_share s USING (itemnumber) GROUP BY i.word, s.subject)
SELECT h.word, h.subject, COALESCE(r.w, 0) * all_held.w AS numerator, all_ill.w * h.w AS denominator
FROM stocked h LEFT JOIN ill r ON r.word = h.word AND r.subject = h.subject
JOIN stocked all_held ON all_held.word = h.word AND all_held.subject = 'all'
JOIN ill all_ill ON all_ill.word = h.word AND all_ill.subject = 'all';
