-- Σ w·replacement price, in minor units, rounded once; unpriced items counted apart, never as 0.
SELECT i.word, s.subject, ROUND(SUM(s.w * 100 * i.replacementprice) / @unit) AS value,
  SUM(s.w * (i.replacementprice IS NULL)) / @unit AS `detail.unpriced`
FROM held i JOIN item_share s USING (itemnumber) GROUP BY i.word, s.subject;
