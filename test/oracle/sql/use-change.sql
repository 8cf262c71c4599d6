-- 100·(now − before)/before, against the same period a year before; before < 20: too few.
SELECT word, subject, 100 * (SUM(now) - SUM(earlier)) AS numerator, IF(SUM(earlier) >= 20 * @unit, SUM(earlier), 0) AS denominator FROM (
  SELECT p.word, u.subject, u.w AS now, 0 AS earlier FROM period p
    JOIN total_use_share u ON u.used_on >= p.from_day AND u.used_on < p.at_day WHERE p.from_day - INTERVAL 1 YEAR >= @known_from
  UNION ALL
  SELECT p.word, u.subject, 0, u.w FROM period p
    JOIN total_use_share u ON u.used_on >= p.from_day - INTERVAL 1 YEAR AND u.used_on < p.at_day - INTERVAL 1 YEAR
    WHERE p.from_day - INTERVAL 1 YEAR >= @known_from) AS both_of
GROUP BY word, subject;
