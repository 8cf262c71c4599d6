-- The tables of Koha that the plugin may touch: names, types and keys of kohastructure.sql of 24.05. Columns that
-- hold something about a person are there too, so that a test can plant an identity in each.
CREATE TABLE borrowers (
  borrowernumber int(11) NOT NULL AUTO_INCREMENT,
  cardnumber varchar(32) DEFAULT NULL,
  surname longtext DEFAULT NULL,
  firstname mediumtext DEFAULT NULL,
  userid varchar(75) DEFAULT NULL,
  email longtext DEFAULT NULL,
  categorycode varchar(10) NOT NULL DEFAULT '',
  flags bigint(11) DEFAULT NULL,
  PRIMARY KEY (borrowernumber)
) ENGINE=InnoDB;
CREATE TABLE userflags (
  bit int(11) NOT NULL DEFAULT 0,
  flag varchar(30) DEFAULT NULL,
  flagdesc varchar(255) DEFAULT NULL,
  defaulton int(11) DEFAULT NULL,
  PRIMARY KEY (bit)
) ENGINE=InnoDB;
CREATE TABLE permissions (
  module_bit int(11) NOT NULL DEFAULT 0,
  code varchar(64) NOT NULL DEFAULT '',
  description varchar(255) DEFAULT NULL,
  PRIMARY KEY (module_bit, code),
  CONSTRAINT permissions_ibfk_1 FOREIGN KEY (module_bit) REFERENCES userflags (bit) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB;
CREATE TABLE user_permissions (
  borrowernumber int(11) NOT NULL DEFAULT 0,
  module_bit int(11) NOT NULL DEFAULT 0,
  code varchar(64) DEFAULT NULL,
  KEY user_permissions_ibfk_1 (borrowernumber),
  KEY user_permissions_ibfk_2 (module_bit, code),
  CONSTRAINT user_permissions_ibfk_1 FOREIGN KEY (borrowernumber) REFERENCES borrowers (borrowernumber) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT user_permissions_ibfk_2 FOREIGN KEY (module_bit, code) REFERENCES permissions (module_bit, code) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB;
CREATE TABLE plugin_data (
  plugin_class varchar(255) NOT NULL,
  plugin_key varchar(255) NOT NULL,
  plugin_value mediumtext DEFAULT NULL,
  PRIMARY KEY (plugin_class(191), plugin_key(191))
) ENGINE=InnoDB;
CREATE TABLE systempreferences (
  variable varchar(50) NOT NULL DEFAULT '',
  value mediumtext DEFAULT NULL,
  PRIMARY KEY (variable)
) ENGINE=InnoDB;
CREATE TABLE currency (
  currency varchar(10) NOT NULL DEFAULT '',
  isocode varchar(5) DEFAULT NULL,
  active tinyint(1) DEFAULT NULL,
  PRIMARY KEY (currency)
) ENGINE=InnoDB;
CREATE TABLE branches (
  branchcode varchar(10) NOT NULL DEFAULT '',
  branchname longtext NOT NULL DEFAULT '',
  PRIMARY KEY (branchcode)
) ENGINE=InnoDB;
CREATE TABLE itemtypes (
  itemtype varchar(10) NOT NULL DEFAULT '',
  description longtext DEFAULT NULL,
  notforloan tinyint(1) NOT NULL DEFAULT 0,
  PRIMARY KEY (itemtype)
) ENGINE=InnoDB;
CREATE TABLE biblio (
  biblionumber int(11) NOT NULL AUTO_INCREMENT,
  frameworkcode varchar(4) NOT NULL DEFAULT '',
  author longtext DEFAULT NULL,
  title longtext DEFAULT NULL,
  copyrightdate smallint(6) DEFAULT NULL,
  timestamp timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  datecreated date NOT NULL DEFAULT '2020-01-01',
  PRIMARY KEY (biblionumber),
  KEY blbnoidx (biblionumber)
) ENGINE=InnoDB;
CREATE TABLE deletedbiblio LIKE biblio;
CREATE TABLE biblioitems (
  biblioitemnumber int(11) NOT NULL AUTO_INCREMENT,
  biblionumber int(11) NOT NULL DEFAULT 0,
  itemtype varchar(10) DEFAULT NULL,
  isbn longtext DEFAULT NULL,
  publicationyear text DEFAULT NULL,
  timestamp timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  PRIMARY KEY (biblioitemnumber),
  KEY bibinoidx (biblioitemnumber),
  KEY bibnoidx (biblionumber),
  KEY timestamp (timestamp)
) ENGINE=InnoDB;
CREATE TABLE biblio_metadata (
  id int(11) NOT NULL AUTO_INCREMENT,
  biblionumber int(11) NOT NULL,
  format varchar(16) NOT NULL DEFAULT 'marcxml',
  `schema` varchar(16) NOT NULL DEFAULT 'MARC21',
  metadata longtext NOT NULL,
  timestamp timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  PRIMARY KEY (id),
  UNIQUE KEY biblio_metadata_uniq_key (biblionumber, format, `schema`),
  KEY timestamp (timestamp)
) ENGINE=InnoDB;
CREATE TABLE deletedbiblio_metadata LIKE biblio_metadata;
CREATE TABLE items (
  itemnumber int(11) NOT NULL AUTO_INCREMENT,
  biblionumber int(11) NOT NULL DEFAULT 0,
  barcode varchar(20) DEFAULT NULL,
  dateaccessioned date DEFAULT NULL,
  homebranch varchar(10) DEFAULT NULL,
  price decimal(8,2) DEFAULT NULL,
  replacementprice decimal(8,2) DEFAULT NULL,
  datelastborrowed date DEFAULT NULL,
  notforloan tinyint(1) NOT NULL DEFAULT 0,
  damaged tinyint(1) NOT NULL DEFAULT 0,
  itemlost tinyint(1) NOT NULL DEFAULT 0,
  itemlost_on datetime DEFAULT NULL,
  withdrawn tinyint(1) NOT NULL DEFAULT 0,
  withdrawn_on datetime DEFAULT NULL,
  itemcallnumber varchar(255) DEFAULT NULL,
  issues smallint(6) DEFAULT 0,
  renewals smallint(6) DEFAULT NULL,
  localuse smallint(6) DEFAULT NULL,
  itemnotes longtext DEFAULT NULL,
  itemnotes_nonpublic longtext DEFAULT NULL,
  holdingbranch varchar(10) DEFAULT NULL,
  timestamp timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  location varchar(80) DEFAULT NULL,
  onloan date DEFAULT NULL,
  cn_source varchar(10) DEFAULT NULL,
  ccode varchar(80) DEFAULT NULL,
  itype varchar(10) DEFAULT NULL,
  PRIMARY KEY (itemnumber),
  KEY itembibnoidx (biblionumber),
  KEY homebranch (homebranch),
  KEY timestamp (timestamp)
) ENGINE=InnoDB;
CREATE TABLE deleteditems LIKE items;
ALTER TABLE deleteditems ADD deleted_on datetime DEFAULT NULL;
CREATE TABLE statistics (
  datetime datetime DEFAULT NULL,
  branch varchar(10) DEFAULT NULL,
  value double(16,4) DEFAULT NULL,
  type varchar(16) DEFAULT NULL,
  other longtext DEFAULT NULL,
  itemnumber int(11) DEFAULT NULL,
  itemtype varchar(10) DEFAULT NULL,
  location varchar(80) DEFAULT NULL,
  borrowernumber int(11) DEFAULT NULL,
  ccode varchar(80) DEFAULT NULL,
  categorycode varchar(10) DEFAULT NULL,
  interface varchar(30) DEFAULT NULL,
  KEY timeidx (datetime),
  KEY branch_idx (branch),
  KEY type_idx (type),
  KEY itemnumber_idx (itemnumber),
  KEY itemtype_idx (itemtype),
  KEY borrowernumber_idx (borrowernumber),
  KEY ccode_idx (ccode)
) ENGINE=InnoDB;
CREATE TABLE issues (
  issue_id int(11) NOT NULL AUTO_INCREMENT,
  borrowernumber int(11) DEFAULT NULL,
  itemnumber int(11) DEFAULT NULL,
  date_due datetime DEFAULT NULL,
  branchcode varchar(10) DEFAULT NULL,
  returndate datetime DEFAULT NULL,
  renewals_count tinyint(4) NOT NULL DEFAULT 0,
  issuedate datetime DEFAULT NULL,
  onsite_checkout int(1) NOT NULL DEFAULT 0,
  note longtext DEFAULT NULL,
  PRIMARY KEY (issue_id),
  KEY (itemnumber)
) ENGINE=InnoDB;
CREATE TABLE old_issues LIKE issues;
CREATE TABLE reserves (
  reserve_id int(11) NOT NULL AUTO_INCREMENT,
  borrowernumber int(11) NOT NULL DEFAULT 0,
  reservedate date DEFAULT NULL,
  biblionumber int(11) DEFAULT NULL,
  branchcode varchar(10) DEFAULT NULL,
  cancellationdate date DEFAULT NULL,
  cancellation_reason varchar(80) DEFAULT NULL,
  reservenotes longtext DEFAULT NULL,
  priority smallint(6) NOT NULL DEFAULT 1,
  found varchar(1) DEFAULT NULL,
  timestamp timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  itemnumber int(11) DEFAULT NULL,
  waitingdate date DEFAULT NULL,
  expirationdate date DEFAULT NULL,
  suspend tinyint(1) NOT NULL DEFAULT 0,
  PRIMARY KEY (reserve_id),
  KEY priorityfoundidx (priority, found),
  KEY borrowernumber (borrowernumber),
  KEY biblionumber (biblionumber),
  KEY itemnumber (itemnumber)
) ENGINE=InnoDB;
CREATE TABLE old_reserves LIKE reserves;
CREATE TABLE courses (
  course_id int(11) NOT NULL AUTO_INCREMENT,
  department varchar(80) DEFAULT NULL,
  course_number varchar(255) DEFAULT NULL,
  section varchar(255) DEFAULT NULL,
  course_name varchar(255) DEFAULT NULL,
  term varchar(80) DEFAULT NULL,
  staff_note longtext DEFAULT NULL,
  public_note longtext DEFAULT NULL,
  students_count varchar(20) DEFAULT NULL,
  enabled enum('yes','no') NOT NULL DEFAULT 'yes',
  timestamp timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  PRIMARY KEY (course_id)
) ENGINE=InnoDB;
CREATE TABLE course_instructors (
  course_id int(11) NOT NULL,
  borrowernumber int(11) NOT NULL,
  PRIMARY KEY (course_id, borrowernumber)
) ENGINE=InnoDB;
CREATE TABLE course_items (
  ci_id int(11) NOT NULL AUTO_INCREMENT,
  itemnumber int(11) DEFAULT NULL,
  biblionumber int(11) DEFAULT NULL,
  enabled enum('yes','no') NOT NULL DEFAULT 'no',
  timestamp timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  PRIMARY KEY (ci_id),
  UNIQUE KEY itemnumber (itemnumber)
) ENGINE=InnoDB;
CREATE TABLE course_reserves (
  cr_id int(11) NOT NULL AUTO_INCREMENT,
  course_id int(11) NOT NULL,
  ci_id int(11) NOT NULL,
  staff_note longtext DEFAULT NULL,
  public_note longtext DEFAULT NULL,
  timestamp timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  PRIMARY KEY (cr_id),
  UNIQUE KEY pseudo_key (course_id, ci_id),
  KEY course_id (course_id)
) ENGINE=InnoDB;
CREATE TABLE aqbudgetperiods (
  budget_period_id int(11) NOT NULL AUTO_INCREMENT,
  budget_period_startdate date NOT NULL,
  budget_period_enddate date NOT NULL,
  budget_period_active tinyint(1) DEFAULT 0,
  budget_period_description longtext DEFAULT NULL,
  budget_period_total decimal(28,6) DEFAULT NULL,
  budget_period_locked tinyint(1) DEFAULT NULL,
  PRIMARY KEY (budget_period_id)
) ENGINE=InnoDB;
CREATE TABLE aqbudgets (
  budget_id int(11) NOT NULL AUTO_INCREMENT,
  budget_parent_id int(11) DEFAULT NULL,
  budget_code varchar(30) DEFAULT NULL,
  budget_name varchar(80) DEFAULT NULL,
  budget_branchcode varchar(10) DEFAULT NULL,
  budget_amount decimal(28,6) DEFAULT 0.000000,
  budget_notes longtext DEFAULT NULL,
  budget_period_id int(11) NOT NULL,
  budget_owner_id int(11) DEFAULT NULL,
  PRIMARY KEY (budget_id),
  KEY budget_parent_id (budget_parent_id),
  KEY budget_period_id (budget_period_id)
) ENGINE=InnoDB;
CREATE TABLE aqinvoices (
  invoiceid int(11) NOT NULL AUTO_INCREMENT,
  invoicenumber longtext NOT NULL DEFAULT '',
  booksellerid int(11) NOT NULL DEFAULT 1,
  closedate date DEFAULT NULL,
  shipmentcost decimal(28,6) DEFAULT NULL,
  shipmentcost_budgetid int(11) DEFAULT NULL,
  PRIMARY KEY (invoiceid),
  KEY aqinvoices_fk_shipmentcost_budgetid (shipmentcost_budgetid)
) ENGINE=InnoDB;
CREATE TABLE aqinvoice_adjustments (
  adjustment_id int(11) NOT NULL AUTO_INCREMENT,
  invoiceid int(11) NOT NULL,
  adjustment decimal(28,6) DEFAULT NULL,
  reason varchar(80) DEFAULT NULL,
  note mediumtext DEFAULT NULL,
  budget_id int(11) DEFAULT NULL,
  encumber_open smallint(1) NOT NULL DEFAULT 1,
  PRIMARY KEY (adjustment_id),
  KEY aqinvoice_adjustments_fk_invoiceid (invoiceid),
  KEY aqinvoice_adjustments_fk_budget_id (budget_id)
) ENGINE=InnoDB;
CREATE TABLE aqorders (
  ordernumber int(11) NOT NULL AUTO_INCREMENT,
  biblionumber int(11) DEFAULT NULL,
  entrydate date DEFAULT NULL,
  quantity smallint(6) DEFAULT NULL,
  datereceived date DEFAULT NULL,
  unitprice_tax_excluded decimal(28,6) DEFAULT NULL,
  unitprice_tax_included decimal(28,6) DEFAULT NULL,
  quantityreceived smallint(6) NOT NULL DEFAULT 0,
  created_by int(11) DEFAULT NULL,
  datecancellationprinted date DEFAULT NULL,
  order_internalnote longtext DEFAULT NULL,
  basketno int(11) DEFAULT NULL,
  ecost_tax_excluded decimal(28,6) DEFAULT NULL,
  ecost_tax_included decimal(28,6) DEFAULT NULL,
  budget_id int(11) NOT NULL,
  parent_ordernumber int(11) DEFAULT NULL,
  orderstatus varchar(16) DEFAULT 'new',
  PRIMARY KEY (ordernumber),
  KEY biblionumber (biblionumber),
  KEY budget_id (budget_id)
) ENGINE=InnoDB;
CREATE TABLE suggestions (
  suggestionid int(8) NOT NULL AUTO_INCREMENT,
  suggestedby int(11) DEFAULT NULL,
  suggesteddate date NOT NULL,
  STATUS varchar(10) NOT NULL DEFAULT '',
  accepteddate date DEFAULT NULL,
  rejecteddate date DEFAULT NULL,
  lastmodificationdate date DEFAULT NULL,
  biblionumber int(11) DEFAULT NULL,
  budgetid int(11) DEFAULT NULL,
  branchcode varchar(10) DEFAULT NULL,
  PRIMARY KEY (suggestionid)
) ENGINE=InnoDB;
CREATE TABLE illrequests (
  illrequest_id bigint(20) NOT NULL AUTO_INCREMENT,
  borrowernumber int(11) DEFAULT NULL,
  biblio_id int(11) DEFAULT NULL,
  branchcode varchar(50) DEFAULT NULL,
  status varchar(50) DEFAULT NULL,
  placed date DEFAULT NULL,
  completed date DEFAULT NULL,
  medium varchar(30) DEFAULT NULL,
  PRIMARY KEY (illrequest_id)
) ENGINE=InnoDB;
INSERT INTO userflags (bit, flag, flagdesc, defaulton) VALUES
  (0, 'superlibrarian', 'Access to all librarian functions', 0), (1, 'circulate', 'Check out and check in', 0),
  (2, 'catalogue', 'Staff access', 0), (19, 'plugins', 'Koha plugins', 0);
INSERT INTO permissions (module_bit, code, description) VALUES (19, 'manage', 'Manage plugins'), (19, 'tool', 'Use tool plugins');
INSERT INTO currency (currency, isocode, active) VALUES ('USD', 'USD', 1), ('EUR', 'EUR', 0);
INSERT INTO systempreferences (variable, value) VALUES ('Version', '24.0506000'), ('marcflavour', 'MARC21'),
  ('CalculateFundValuesIncludingTax', '1'), ('OrderPriceRounding', ''), ('TimeFormat', '24hr');
