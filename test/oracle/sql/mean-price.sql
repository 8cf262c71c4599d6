-- Σ price·quantity/Σ quantity, bought in the period; price = the order's unit price.
SELECT p.word, a.subject, ROUND(SUM(a.w * o.quantityreceived * ROUND(100 * o.unitprice_tax_included)) / SUM(a.w * o.quantityreceived)) AS value
FROM period p JOIN aqorders o ON o.datereceived >= p.from_day AND o.datereceived < p.end_day
JOIN asked_share a ON a.kind = 'order' AND a.id = o.ordernumber
WHERE o.datecancellationprinted IS NULL AND o.quantityreceived > 0 GROUP BY p.word, a.subject;
