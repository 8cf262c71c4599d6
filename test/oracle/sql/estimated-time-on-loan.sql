-- Σ checkouts·usual loan days / Σ days held, at most 100 %. Usual days: books 28, videos 7, as the settings say; other
-- types are in neither. Told by library it is the time of that library's own copies.
WITH usual AS (SELECT 'BK' AS itype, 28 AS days UNION ALL SELECT 'VID', 7),
spent AS (
  SELECT p.word, i.itemnumber, y.days * (SELECT COUNT(*) FROM uses u WHERE u.itemnumber = i.itemnumber AND u.kind = 'issue'
      AND u.used_on >= p.from_day AND u.used_on < p.end_day) AS lent,
    GREATEST(0, DATEDIFF(LEAST(i.gone_on, p.at_day), GREATEST(i.came_on, p.from_day))) AS held
  FROM period p JOIN stock i JOIN usual y USING (itype))
SELECT word, subject, 100 * LEAST(SUM(w * lent), SUM(w * held)) AS numerator, SUM(w * held) AS denominator
FROM spent JOIN item_share USING (itemnumber) GROUP BY word, subject;
