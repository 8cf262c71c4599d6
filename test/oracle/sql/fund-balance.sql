-- spent = Σ received quantity·unit price (else estimate); encumbered = Σ outstanding quantity·estimate; cancelled lines
-- out, lines in open baskets in; available = allocated − spent − encumbered. A fund with its child funds: of an
-- allocation, what the children were given is theirs. Each part rounds once.
WITH amounts AS (
  SELECT f.word, f.at_day, f.budget_id, f.elapsed, f.days, f.allocated,
    COALESCE(SUM(o.received * o.paid), 0) AS spent, COALESCE(SUM(o.outstanding * o.estimate), 0) AS encumbered
  FROM fund_at f LEFT JOIN order_at o ON o.word = f.word AND o.budget_id = f.budget_id
  GROUP BY f.word, f.budget_id),
parts AS (
  SELECT word, subject, ROUND(SUM(allocated * w) / @unit) AS allocated, ROUND(SUM(spent * w) / @unit) AS spent,
    ROUND(SUM(encumbered * w) / @unit) AS encumbered
  FROM amounts JOIN fund_share USING (budget_id) GROUP BY word, subject)
SELECT word, subject, JSON_OBJECT('allocated', allocated, 'spent', spent, 'encumbered', encumbered,
  'available', allocated - spent - encumbered) AS value FROM parts;
