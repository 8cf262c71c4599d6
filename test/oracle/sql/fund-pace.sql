-- ((spent + encumbered)/allocated)/(elapsed/period days); allocated 0 or day 0: null.
WITH amounts AS (
  SELECT f.word, f.at_day, f.budget_id, f.elapsed, f.days, f.allocated,
    COALESCE(SUM(o.received * o.paid), 0) AS spent, COALESCE(SUM(o.outstanding * o.estimate), 0) AS encumbered
  FROM fund_at f LEFT JOIN order_at o ON o.word = f.word AND o.budget_id = f.budget_id
  GROUP BY f.word, f.budget_id)
SELECT word, subject, SUM((spent + encumbered) * w) AS numerator,
  IF(SUM(allocated * w) = 0, 0, SUM(allocated * w * elapsed / days)) AS denominator
FROM amounts JOIN fund_share USING (budget_id) GROUP BY word, subject;
