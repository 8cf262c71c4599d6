-- 100·(added − gone)/held(start); nothing held at the start: null.
SELECT word, subject, 100 * SUM(added - gone) AS numerator, SUM(held) AS denominator FROM (
  SELECT p.word, s.subject, s.w * (i.came_on >= p.from_day AND i.came_on < p.at_day) AS added,
    s.w * (GREATEST(i.gone_on, i.came_on) >= p.from_day AND GREATEST(i.gone_on, i.came_on) < p.at_day) AS gone,
    s.w * (i.came_on < p.from_day AND i.gone_on >= p.from_day) AS held
  FROM period p JOIN stock i JOIN item_share s USING (itemnumber)) AS flows
GROUP BY word, subject;
