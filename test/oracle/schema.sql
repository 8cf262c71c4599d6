-- Koha's own tables, as far as the figures need them: names, types and keys of kohastructure.sql.
CREATE TABLE biblio (biblionumber INT PRIMARY KEY, title LONGTEXT, author LONGTEXT, copyrightdate SMALLINT,
  datecreated DATE NOT NULL, timestamp DATETIME);
CREATE TABLE biblioitems (biblioitemnumber INT PRIMARY KEY, biblionumber INT NOT NULL, itemtype VARCHAR(10),
  isbn LONGTEXT, publicationyear TEXT, KEY (biblionumber));
CREATE TABLE biblio_metadata (id INT PRIMARY KEY, biblionumber INT NOT NULL, format VARCHAR(16), `schema` VARCHAR(16),
  metadata LONGTEXT NOT NULL, timestamp DATETIME, KEY (biblionumber));
CREATE TABLE deletedbiblio (biblionumber INT PRIMARY KEY, datecreated DATE NOT NULL, timestamp DATETIME);
CREATE TABLE items (itemnumber INT PRIMARY KEY, biblionumber INT NOT NULL, barcode VARCHAR(20),
  dateaccessioned DATE, homebranch VARCHAR(10), price DECIMAL(8,2), replacementprice DECIMAL(8,2),
  datelastborrowed DATE, notforloan TINYINT NOT NULL DEFAULT 0, damaged TINYINT NOT NULL DEFAULT 0,
  itemlost TINYINT NOT NULL DEFAULT 0, itemlost_on DATETIME, withdrawn TINYINT NOT NULL DEFAULT 0, withdrawn_on DATETIME,
  itemcallnumber VARCHAR(255), holdingbranch VARCHAR(10), location VARCHAR(80), ccode VARCHAR(80), itype VARCHAR(10),
  issues SMALLINT DEFAULT 0, renewals SMALLINT, localuse SMALLINT, onloan DATE, timestamp DATETIME,
  KEY (biblionumber), KEY (homebranch));
CREATE TABLE deleteditems LIKE items;
ALTER TABLE deleteditems ADD deleted_on DATETIME;
CREATE TABLE itemtypes (itemtype VARCHAR(10) PRIMARY KEY, description LONGTEXT, notforloan SMALLINT);
CREATE TABLE branches (branchcode VARCHAR(10) PRIMARY KEY, branchname LONGTEXT);
CREATE TABLE statistics (datetime DATETIME, branch VARCHAR(10), type VARCHAR(16), itemnumber INT,
  itemtype VARCHAR(10), location VARCHAR(80), ccode VARCHAR(80), KEY (datetime), KEY (type), KEY (itemnumber));
CREATE TABLE issues (issue_id INT PRIMARY KEY, itemnumber INT, branchcode VARCHAR(10), issuedate DATETIME,
  date_due DATETIME, returndate DATETIME, renewals_count TINYINT NOT NULL DEFAULT 0, onsite_checkout INT NOT NULL DEFAULT 0,
  KEY (itemnumber));
CREATE TABLE old_issues LIKE issues;
CREATE TABLE reserves (reserve_id INT PRIMARY KEY, biblionumber INT NOT NULL, itemnumber INT, reservedate DATE,
  found VARCHAR(1), priority SMALLINT NOT NULL DEFAULT 1, suspend TINYINT NOT NULL DEFAULT 0, KEY (biblionumber));
CREATE TABLE old_reserves LIKE reserves;
CREATE TABLE aqbudgetperiods (budget_period_id INT PRIMARY KEY, budget_period_startdate DATE NOT NULL,
  budget_period_enddate DATE NOT NULL);
CREATE TABLE aqbudgets (budget_id INT PRIMARY KEY, budget_parent_id INT, budget_code VARCHAR(30), budget_name VARCHAR(80),
  budget_amount DECIMAL(28,6), budget_period_id INT);
CREATE TABLE aqorders (ordernumber INT PRIMARY KEY, biblionumber INT, budget_id INT NOT NULL, entrydate DATE,
  quantity SMALLINT, quantityreceived SMALLINT NOT NULL DEFAULT 0, ecost_tax_included DECIMAL(28,6),
  unitprice_tax_included DECIMAL(28,6), orderstatus VARCHAR(16), parent_ordernumber INT, datereceived DATE,
  datecancellationprinted DATE, basketno INT, KEY (biblionumber), KEY (budget_id));
CREATE TABLE suggestions (suggestionid INT PRIMARY KEY, STATUS VARCHAR(10) NOT NULL, suggesteddate DATE NOT NULL,
  accepteddate DATE, rejecteddate DATE, lastmodificationdate DATE, biblionumber INT, budgetid INT, branchcode VARCHAR(10));
CREATE TABLE illrequests (illrequest_id INT PRIMARY KEY, biblio_id INT, branchcode VARCHAR(50), status VARCHAR(50),
  placed DATE, completed DATE, medium VARCHAR(30));

-- The mapping's part: who owns what (the one thing that is not Koha's), and the periods that are asked for.
CREATE TABLE item_department (itemnumber INT, department VARCHAR(60), num BIGINT, den BIGINT, KEY (itemnumber));
CREATE TABLE title_department (biblionumber INT, department VARCHAR(60), num BIGINT, den BIGINT, KEY (biblionumber));
CREATE TABLE excluded_item (itemnumber INT PRIMARY KEY);
CREATE TABLE excluded_title (biblionumber INT PRIMARY KEY);
CREATE TABLE fund_department (pattern VARCHAR(60), department VARCHAR(60));
CREATE TABLE period (word VARCHAR(30) PRIMARY KEY, from_day DATE NOT NULL, end_day DATE NOT NULL, at_day DATE NOT NULL);
