-- Weighted median of the publication year of held items; undated left out. The smallest year at which more than half
-- of the weight is reached; exactly half: the middle between it and the next.
SELECT word, subject, (MIN(IF(2 * reached >= total, year, NULL)) + MIN(IF(2 * reached > total, year, NULL))) / 2 AS value FROM (
  SELECT word, subject, year, SUM(SUM(w)) OVER (PARTITION BY word, subject ORDER BY year) AS reached,
    SUM(SUM(w)) OVER (PARTITION BY word, subject) AS total
  FROM held JOIN item_share USING (itemnumber) WHERE year IS NOT NULL GROUP BY word, subject, year) AS years
GROUP BY word, subject;
