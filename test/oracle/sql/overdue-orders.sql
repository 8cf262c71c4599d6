-- outstanding > 0 and ordered more than N days ago, N = 90. An open basket is not ordered yet.
SELECT o.word, a.subject, SUM(a.w) AS numerator, @unit AS denominator,
  ROUND(SUM(a.w * o.outstanding * o.estimate) / @unit) AS `detail.valueMinor`
FROM order_at o JOIN asked_share a ON a.kind = 'order' AND a.id = o.ordernumber
WHERE o.orderstatus <> 'new' AND o.outstanding > 0 AND DATEDIFF(o.at_day, o.entrydate) > 90 GROUP BY o.word, a.subject;
