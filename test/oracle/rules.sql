-- The rules for all measures (chapter 1 of the definitions), once, over Koha's tables. Set before: @today, the day of
-- the reading; @first_reading, that of the first one; @unit, a number that every weight divides.
-- Weights are whole numbers of 1/@unit, so that sums are exact.

-- A title: hidden by 942 $n; published in 008/07-10, else in the first year of 264 $c, 260 $c. MARC that is no XML
-- cannot be read by anybody.
CREATE TABLE title (PRIMARY KEY (biblionumber)) AS
SELECT b.biblionumber, b.datecreated AS created_on, marc.readable, marc.readable AND marc.hidden = '1' AS suppressed,
  CASE WHEN SUBSTR(marc.fixed, 7, 1) NOT IN ('b', 'n', '|') AND SUBSTR(marc.fixed, 8, 4) REGEXP '^(1[0-9]{3}|20[0-9]{2}|2100)$'
    THEN CAST(SUBSTR(marc.fixed, 8, 4) AS INT)
    ELSE CAST(NULLIF(REGEXP_SUBSTR(marc.imprint, '(?<![0-9])(1[0-9]{3}|20[0-9]{2}|2100)(?![0-9])'), '') AS INT) END AS year
FROM biblio b JOIN (
  SELECT biblionumber, ExtractValue(metadata, 'count(//leader)') IS NOT NULL AS readable,
    ExtractValue(metadata, '//datafield[@tag="942"]/subfield[@code="n"]') AS hidden,
    ExtractValue(metadata, '//controlfield[@tag="008"]') AS fixed,
    ExtractValue(metadata, '//datafield[@tag="264" or @tag="260"]/subfield[@code="c"]') AS imprint
  FROM biblio_metadata) AS marc USING (biblionumber);

-- A copy, in stock from the day it came to the day it went. Acquired: date accessioned; missing: first day seen.
-- Suppressed records and what the mapping excludes are in no population.
CREATE TABLE stock (PRIMARY KEY (itemnumber), KEY (biblionumber)) AS
SELECT i.itemnumber, i.biblionumber, i.homebranch, i.itype, t.year, i.dateaccessioned, i.price, i.replacementprice,
  i.datelastborrowed, i.damaged,
  CAST(COALESCE(i.dateaccessioned, @first_reading) AS DATE) AS came_on,
  CAST(LEAST(IF(i.withdrawn = 0, '9999-12-31', COALESCE(DATE(i.withdrawn_on), '1000-01-01')),
    COALESCE(DATE(i.deleted_on), '9999-12-31')) AS DATE) AS gone_on,
  CAST(IF(i.itemlost = 0, '9999-12-31', COALESCE(DATE(i.itemlost_on), '1000-01-01')) AS DATE) AS lost_on,
  i.notforloan <> 0 OR COALESCE(y.notforloan, 0) <> 0 AS barred
FROM (SELECT *, NULL AS deleted_on FROM items
  -- What was deleted before anybody read it cannot be known by REST.
  UNION ALL SELECT * FROM deleteditems WHERE deleted_on >= @first_reading) AS i
JOIN title t USING (biblionumber) LEFT JOIN itemtypes y ON y.itemtype = i.itype
WHERE t.readable AND NOT t.suppressed AND i.itemnumber NOT IN (SELECT itemnumber FROM excluded_item);

-- Circulating: held, not lost, not for-loan-barred; by period, at its end.
CREATE VIEW held AS
SELECT p.word, p.from_day, p.end_day, p.at_day, i.* FROM period p
JOIN stock i ON i.came_on < p.at_day AND i.gone_on >= p.at_day;
CREATE VIEW circulating AS SELECT * FROM held WHERE lost_on >= at_day AND NOT barred;

-- Uses, of statistics. Of a copy that is not here (any more, or not to be read) a use is nobody's: copy 0.
CREATE TABLE uses (KEY (itemnumber, used_on), KEY (used_on)) AS
SELECT DATE(s.datetime) AS used_on, s.type AS kind, s.branch, COALESCE(i.itemnumber, 0) AS itemnumber
FROM statistics s LEFT JOIN stock i ON i.itemnumber = s.itemnumber
  LEFT JOIN items hidden ON hidden.itemnumber = s.itemnumber LEFT JOIN title t ON t.biblionumber = hidden.biblionumber
WHERE s.type IN ('issue', 'renew', 'onsite_checkout', 'localuse') AND COALESCE(t.suppressed, 0) = 0
  AND (s.itemnumber IS NULL OR s.itemnumber NOT IN (SELECT itemnumber FROM excluded_item));

-- Total use: checkout, in house and on site; a renewal is none.
CREATE VIEW total_use AS SELECT * FROM uses WHERE kind IN ('issue', 'onsite_checkout', 'localuse');

-- Who a copy counts for: each department by its weight, the library, and the library it belongs to.
CREATE TABLE item_share (itemnumber INT, subject VARCHAR(70), w DECIMAL(38, 0), KEY (itemnumber));
INSERT INTO item_share
  SELECT itemnumber, department, num * (@unit DIV den) FROM item_department WHERE itemnumber IN (SELECT itemnumber FROM stock)
  UNION ALL SELECT 0, 'unassigned', @unit;
INSERT INTO item_share SELECT itemnumber, 'all', SUM(w) FROM item_share GROUP BY itemnumber;
INSERT INTO item_share
  SELECT itemnumber, CONCAT('library:', homebranch), w FROM item_share JOIN stock USING (itemnumber) WHERE subject = 'all';

-- A use counts for whom its copy counts for, and for the library where it happened.
CREATE TABLE use_share (KEY (used_on)) AS
SELECT u.used_on, u.kind, u.itemnumber, s.subject, s.w FROM uses u JOIN item_share s USING (itemnumber)
WHERE s.subject NOT LIKE 'library:%'
UNION ALL
SELECT u.used_on, u.kind, u.itemnumber, CONCAT('library:', u.branch), s.w
FROM uses u JOIN item_share s ON s.itemnumber = u.itemnumber AND s.subject = 'all';
CREATE VIEW total_use_share AS SELECT * FROM use_share WHERE kind IN ('issue', 'onsite_checkout', 'localuse');

-- Weight of a title: the share of its items that are neither deleted nor withdrawn; none: the record's own assignment.
CREATE TABLE living (KEY (biblionumber)) AS
SELECT i.biblionumber, COUNT(*) AS everything, SUM(x.itemnumber IS NULL) AS counted
FROM items i LEFT JOIN excluded_item x USING (itemnumber) WHERE i.withdrawn = 0 GROUP BY i.biblionumber;
CREATE TABLE title_share (biblionumber INT, subject VARCHAR(70), w DECIMAL(38, 0), KEY (biblionumber));
INSERT INTO title_share
  SELECT i.biblionumber, d.department, SUM(d.num * (@unit DIV (d.den * l.counted)))
  FROM items i JOIN item_department d USING (itemnumber) JOIN living l ON l.biblionumber = i.biblionumber
  WHERE i.withdrawn = 0 AND i.biblionumber NOT IN (SELECT biblionumber FROM excluded_title)
  GROUP BY i.biblionumber, d.department
  UNION ALL
  SELECT biblionumber, department, num * (@unit DIV den) FROM title_department
  WHERE biblionumber NOT IN (SELECT biblionumber FROM living);
INSERT INTO title_share SELECT biblionumber, 'all', SUM(w) FROM title_share GROUP BY biblionumber;
-- A title that nobody could read is nobody's; an excluded one has no share at all.
CREATE TABLE known_title (PRIMARY KEY (biblionumber)) AS SELECT biblionumber FROM title WHERE readable;

-- A fund belongs to the departments that name it in equal parts, else to those that own the fund above it, else to nobody.
CREATE TABLE fund_share AS
WITH RECURSIVE owner AS (
  SELECT DISTINCT b.budget_id, d.department FROM aqbudgets b
    JOIN fund_department d ON b.budget_code LIKE REPLACE(d.pattern, '*', '%')),
line AS (
  SELECT budget_id, budget_id AS above FROM aqbudgets
  UNION ALL
  SELECT line.budget_id, b.budget_parent_id FROM line JOIN aqbudgets b ON b.budget_id = line.above
  WHERE b.budget_parent_id IS NOT NULL AND b.budget_id NOT IN (SELECT budget_id FROM owner)),
found AS (SELECT line.budget_id, owner.department FROM line JOIN owner ON owner.budget_id = line.above)
SELECT budget_id, department AS subject, @unit DIV COUNT(*) OVER (PARTITION BY budget_id) AS w FROM found
UNION ALL SELECT budget_id, 'unassigned', @unit FROM aqbudgets WHERE budget_id NOT IN (SELECT budget_id FROM found);
INSERT INTO fund_share SELECT budget_id, 'all', @unit FROM aqbudgets;

-- Weight of an order, suggestion, interlibrary request: of the fund that somebody owns, else of the record, else nobody's.
CREATE TABLE asked AS
SELECT 'order' AS kind, ordernumber AS id, budget_id, biblionumber FROM aqorders
UNION ALL SELECT 'suggestion', suggestionid, budgetid, biblionumber FROM suggestions
UNION ALL SELECT 'ill', illrequest_id, NULL, biblio_id FROM illrequests;
CREATE TABLE asked_share (KEY (kind, id)) AS
WITH owned AS (SELECT budget_id FROM fund_share WHERE subject <> 'all' GROUP BY budget_id HAVING MAX(subject <> 'unassigned'))
SELECT a.kind, a.id, f.subject, CAST(f.w AS DECIMAL(38, 0)) AS w FROM asked a JOIN owned USING (budget_id) JOIN fund_share f USING (budget_id)
UNION ALL
SELECT a.kind, a.id, t.subject, t.w FROM asked a JOIN title_share t USING (biblionumber) JOIN known_title USING (biblionumber)
WHERE a.budget_id IS NULL OR a.budget_id NOT IN (SELECT budget_id FROM owned)
UNION ALL
SELECT a.kind, a.id, nobody.subject, @unit FROM asked a JOIN (SELECT 'unassigned' AS subject UNION ALL SELECT 'all') AS nobody
WHERE (a.budget_id IS NULL OR a.budget_id NOT IN (SELECT budget_id FROM owned))
  AND (a.biblionumber IS NULL OR a.biblionumber NOT IN (SELECT biblionumber FROM known_title));

-- An order line as it stood at the end of a period: what came or was cancelled later was still outstanding.
CREATE VIEW order_at AS
SELECT p.word, p.at_day, o.ordernumber, o.budget_id, o.biblionumber, o.entrydate, o.orderstatus, o.quantity,
  IF(o.datereceived < p.at_day, o.quantityreceived, 0) AS received,
  GREATEST(0, o.quantity - IF(o.datereceived < p.at_day, o.quantityreceived, 0)) AS outstanding,
  CAST(ROUND(100 * o.ecost_tax_included) AS INT) AS estimate,
  CAST(ROUND(100 * COALESCE(o.unitprice_tax_included, o.ecost_tax_included)) AS INT) AS paid
FROM period p JOIN aqorders o ON o.entrydate < p.at_day
WHERE o.datecancellationprinted IS NULL OR o.datecancellationprinted >= p.at_day;
-- Funds of the budget period of the last day.
CREATE VIEW fund_at AS
SELECT p.word, p.at_day, b.budget_id, CAST(ROUND(100 * b.budget_amount) AS INT)
    - COALESCE((SELECT SUM(CAST(ROUND(100 * c.budget_amount) AS INT)) FROM aqbudgets c WHERE c.budget_parent_id = b.budget_id), 0) AS allocated,
  DATEDIFF(p.at_day, y.budget_period_startdate) AS elapsed,
  DATEDIFF(y.budget_period_enddate, y.budget_period_startdate) + 1 AS days
FROM period p JOIN aqbudgetperiods y
  ON DATE_SUB(p.at_day, INTERVAL 1 DAY) BETWEEN y.budget_period_startdate AND y.budget_period_enddate
JOIN aqbudgets b ON b.budget_period_id = y.budget_period_id;

-- Titles that somebody waits for (suspended holds count), with the copies that can be borrowed and those on order now.
CREATE TABLE wanted AS
SELECT r.biblionumber, COUNT(*) AS holds,
  (SELECT COUNT(*) FROM stock i WHERE i.biblionumber = r.biblionumber AND i.came_on <= @today AND i.gone_on > @today
    AND i.lost_on > @today AND NOT i.barred) AS copies,
  (SELECT COALESCE(SUM(o.quantity - o.quantityreceived), 0) FROM aqorders o WHERE o.biblionumber = r.biblionumber
    AND o.orderstatus IN ('ordered', 'partial')) AS on_order
FROM reserves r JOIN title t USING (biblionumber) WHERE NOT t.suppressed GROUP BY r.biblionumber;
ANALYZE TABLE stock, uses, item_share, use_share, title_share;
