/**
 * The first released layout. `use_fact` is clustered by its key without a rowid; a record's evidence is one row,
 * of which the view `evidence` makes rows; assignment sets are content-addressed, so a target carries one integer
 * instead of rows per department.
 */
export const first = `
CREATE TABLE record (
  id INTEGER PRIMARY KEY, site TEXT NOT NULL, source TEXT NOT NULL, external_id TEXT NOT NULL,
  control_number TEXT, title TEXT NOT NULL, author TEXT, edition TEXT, publisher TEXT, publication_year INTEGER,
  language TEXT, material_type TEXT NOT NULL, isbn TEXT NOT NULL, issn TEXT NOT NULL, oclc TEXT, class_source TEXT,
  suppressed INTEGER NOT NULL, created_on TEXT, first_seen_on TEXT NOT NULL, deleted_at TEXT, hash TEXT NOT NULL,
  set_id INTEGER NOT NULL, title_set_id INTEGER NOT NULL,
  UNIQUE (site, source, external_id)
);
CREATE INDEX record_by_title_set ON record (title_set_id, suppressed, deleted_at);
CREATE TABLE record_marc (block INTEGER PRIMARY KEY, held INTEGER NOT NULL, marc BLOB NOT NULL);
CREATE TABLE record_evidence (record_id INTEGER PRIMARY KEY, evidence TEXT NOT NULL);
CREATE VIEW evidence AS
  SELECT e.record_id, j.key AS n, j.value ->> 0 AS kind, j.value ->> 1 AS rank, j.value ->> 2 AS sort_key,
    j.value ->> 3 AS text, j.value ->> 4 AS authority, j.value ->> 5 AS tag
  FROM record_evidence AS e, json_each(e.evidence) AS j;
CREATE TABLE item_key (
  id INTEGER PRIMARY KEY, site TEXT NOT NULL, source TEXT NOT NULL, external_id TEXT NOT NULL,
  UNIQUE (site, source, external_id)
);
CREATE TABLE item (
  id INTEGER PRIMARY KEY, site TEXT NOT NULL, source TEXT NOT NULL, external_id TEXT NOT NULL,
  record_id INTEGER NOT NULL, home_library TEXT, holding_library TEXT, location TEXT, collection TEXT,
  item_type TEXT, call_number TEXT, class_source TEXT, scheme TEXT, sort_key TEXT, barcode TEXT, copy_number TEXT,
  volume TEXT, inventory_number TEXT, acquired_on TEXT, first_seen_on TEXT NOT NULL, price_minor INTEGER,
  replacement_price_minor INTEGER, not_for_loan INTEGER NOT NULL, lost INTEGER NOT NULL, withdrawn INTEGER NOT NULL,
  damaged INTEGER NOT NULL, withdrawn_on TEXT, lost_on TEXT, last_checkout_on TEXT, checkouts INTEGER,
  renewals INTEGER, in_house_uses INTEGER, deleted_at TEXT, hash TEXT NOT NULL, set_id INTEGER NOT NULL
);
CREATE INDEX item_by_record ON item (record_id);
CREATE INDEX item_by_set ON item (set_id, sort_key);
CREATE TABLE item_status (
  item_id INTEGER NOT NULL, kind TEXT NOT NULL, from_on TEXT NOT NULL, to_on TEXT,
  PRIMARY KEY (item_id, kind, from_on)
) WITHOUT ROWID;
CREATE TABLE library (
  site TEXT NOT NULL, source TEXT NOT NULL, external_id TEXT NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY (site, source, external_id)
) WITHOUT ROWID;
CREATE TABLE item_type (
  site TEXT NOT NULL, source TEXT NOT NULL, external_id TEXT NOT NULL, name TEXT NOT NULL,
  not_for_loan INTEGER NOT NULL, PRIMARY KEY (site, source, external_id)
) WITHOUT ROWID;
CREATE TABLE authorised_value (
  site TEXT NOT NULL, source TEXT NOT NULL, external_id TEXT NOT NULL, category TEXT NOT NULL, value TEXT NOT NULL,
  label TEXT NOT NULL, PRIMARY KEY (site, source, external_id)
) WITHOUT ROWID;
CREATE TABLE loan (
  site TEXT NOT NULL, source TEXT NOT NULL, external_id TEXT NOT NULL, item_id INTEGER NOT NULL,
  library TEXT NOT NULL, out_on TEXT NOT NULL, in_on TEXT, onsite INTEGER NOT NULL, renewals TEXT,
  hash TEXT NOT NULL, PRIMARY KEY (site, source, external_id)
) WITHOUT ROWID;
CREATE TABLE use_fact (
  site TEXT NOT NULL, month INTEGER NOT NULL, item_id INTEGER NOT NULL, kind TEXT NOT NULL, library TEXT NOT NULL,
  source TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (site, month, item_id, kind, library, source)
) WITHOUT ROWID;
CREATE INDEX use_by_item ON use_fact (item_id, month, kind, count);
CREATE TABLE hold (
  site TEXT NOT NULL, source TEXT NOT NULL, external_id TEXT NOT NULL, record_external_id TEXT NOT NULL,
  item_external_id TEXT, placed_on TEXT, suspended INTEGER NOT NULL, hash TEXT NOT NULL,
  PRIMARY KEY (site, source, external_id)
) WITHOUT ROWID;
CREATE TABLE hold_snapshot (
  site TEXT NOT NULL, source TEXT NOT NULL, record_external_id TEXT NOT NULL, day TEXT NOT NULL,
  open INTEGER NOT NULL, PRIMARY KEY (site, source, day, record_external_id)
) WITHOUT ROWID;
CREATE TABLE fund (
  site TEXT NOT NULL, source TEXT NOT NULL, external_id TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL,
  parent_external_id TEXT, period_external_id TEXT, library TEXT, allocated_minor INTEGER NOT NULL,
  currency TEXT NOT NULL, deleted_at TEXT, hash TEXT NOT NULL, PRIMARY KEY (site, source, external_id)
) WITHOUT ROWID;
CREATE TABLE fund_snapshot (
  site TEXT NOT NULL, source TEXT NOT NULL, fund_external_id TEXT NOT NULL, day TEXT NOT NULL,
  allocated_minor INTEGER NOT NULL, currency TEXT NOT NULL, PRIMARY KEY (site, source, fund_external_id, day)
) WITHOUT ROWID;
CREATE TABLE order_line (
  site TEXT NOT NULL, source TEXT NOT NULL, external_id TEXT NOT NULL, record_external_id TEXT,
  fund_external_id TEXT, parent_external_id TEXT, status TEXT NOT NULL, ordered_on TEXT, received_on TEXT,
  cancelled_on TEXT, quantity INTEGER NOT NULL, quantity_received INTEGER NOT NULL, unit_price_minor INTEGER,
  estimate_minor INTEGER, currency TEXT NOT NULL, deleted_at TEXT, hash TEXT NOT NULL,
  PRIMARY KEY (site, source, external_id)
) WITHOUT ROWID;
CREATE INDEX order_line_by_record ON order_line (site, source, record_external_id);
CREATE INDEX order_line_by_fund ON order_line (site, source, fund_external_id);
CREATE TABLE suggestion (
  site TEXT NOT NULL, source TEXT NOT NULL, external_id TEXT NOT NULL, record_external_id TEXT,
  fund_external_id TEXT, library TEXT, status TEXT NOT NULL, title TEXT, author TEXT, isbn TEXT, suggested_on TEXT,
  decided_on TEXT, deleted_at TEXT, hash TEXT NOT NULL, PRIMARY KEY (site, source, external_id)
) WITHOUT ROWID;
CREATE TABLE ill_request (
  site TEXT NOT NULL, source TEXT NOT NULL, external_id TEXT NOT NULL, record_external_id TEXT, library TEXT,
  status TEXT NOT NULL, placed_on TEXT, completed_on TEXT, deleted_at TEXT, hash TEXT NOT NULL,
  PRIMARY KEY (site, source, external_id)
) WITHOUT ROWID;
CREATE TABLE mapping_version (
  version TEXT PRIMARY KEY, applied_at TEXT NOT NULL, author TEXT NOT NULL, policy TEXT NOT NULL,
  files TEXT NOT NULL, active INTEGER NOT NULL
);
CREATE TABLE assignment_set (id INTEGER PRIMARY KEY, members TEXT NOT NULL UNIQUE, excluded INTEGER NOT NULL);
CREATE TABLE assignment (
  set_id INTEGER NOT NULL, department TEXT NOT NULL, num INTEGER NOT NULL, den INTEGER NOT NULL,
  PRIMARY KEY (set_id, department)
) WITHOUT ROWID;
CREATE TABLE set_month (
  site TEXT NOT NULL, set_id INTEGER NOT NULL, suppressed INTEGER NOT NULL, month INTEGER NOT NULL,
  kind TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (site, set_id, suppressed, month, kind)
) WITHOUT ROWID;
CREATE TABLE item_use (item_id INTEGER PRIMARY KEY, uses INTEGER NOT NULL, last_month INTEGER NOT NULL);
CREATE TABLE cursor (
  site TEXT NOT NULL, source TEXT NOT NULL, stream TEXT NOT NULL, version INTEGER NOT NULL, cursor TEXT,
  sweep_cursor TEXT, sweep_started_at TEXT, as_of TEXT, covered_from TEXT, covered_to TEXT, notices TEXT NOT NULL,
  state TEXT NOT NULL, message TEXT, PRIMARY KEY (site, source, stream)
) WITHOUT ROWID;
CREATE TABLE sweep_seen (
  site TEXT NOT NULL, source TEXT NOT NULL, stream TEXT NOT NULL, kind TEXT NOT NULL, external_id TEXT NOT NULL,
  PRIMARY KEY (site, source, stream, kind, external_id)
) WITHOUT ROWID;
CREATE TABLE run (
  id INTEGER PRIMARY KEY, job TEXT NOT NULL, site TEXT NOT NULL, source TEXT, stream TEXT, started_at TEXT NOT NULL,
  ended_at TEXT, state TEXT NOT NULL, seen INTEGER NOT NULL, stored INTEGER NOT NULL, unchanged INTEGER NOT NULL,
  deleted INTEGER NOT NULL, quarantined INTEGER NOT NULL, requests INTEGER NOT NULL, message TEXT
);
CREATE INDEX run_by_job ON run (job, started_at);
CREATE TABLE quarantine (
  id INTEGER PRIMARY KEY, site TEXT NOT NULL, source TEXT NOT NULL, stream TEXT NOT NULL, kind TEXT NOT NULL,
  external_id TEXT, at TEXT NOT NULL, origin TEXT NOT NULL, record INTEGER, byte INTEGER, reason TEXT NOT NULL,
  problem TEXT NOT NULL, raw BLOB NOT NULL, fingerprint TEXT NOT NULL UNIQUE, run_id INTEGER NOT NULL
);
CREATE INDEX quarantine_by_input ON quarantine (site, source, kind, external_id);
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, report TEXT NOT NULL, report_title TEXT NOT NULL,
  subject TEXT NOT NULL, delivery TEXT NOT NULL, recipient TEXT NOT NULL, period TEXT NOT NULL,
  edition INTEGER NOT NULL, state TEXT NOT NULL, title TEXT NOT NULL, html TEXT NOT NULL, text TEXT NOT NULL,
  created_at TEXT NOT NULL, at TEXT, attempts INTEGER NOT NULL, next_attempt_at TEXT, reason TEXT,
  mapping_version TEXT NOT NULL, as_of TEXT, software TEXT NOT NULL
);
CREATE INDEX outbox_by_state ON outbox (state, next_attempt_at);
CREATE TABLE outbox_attachment (
  outbox_id INTEGER NOT NULL, n INTEGER NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, content_id TEXT,
  bytes BLOB NOT NULL, PRIMARY KEY (outbox_id, n)
);
CREATE TABLE receipt (key TEXT PRIMARY KEY, target TEXT NOT NULL, handle TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE sent_figure (
  key TEXT NOT NULL, measure TEXT NOT NULL, department TEXT NOT NULL, from_on TEXT NOT NULL, to_on TEXT NOT NULL,
  value REAL, PRIMARY KEY (key, measure, department, from_on, to_on)
) WITHOUT ROWID;
CREATE TABLE listed_title (
  key TEXT NOT NULL, from_on TEXT NOT NULL, record_id INTEGER NOT NULL, PRIMARY KEY (key, record_id)
) WITHOUT ROWID;
CREATE TABLE lease (job TEXT PRIMARY KEY, holder TEXT NOT NULL, token INTEGER NOT NULL, expires_at TEXT NOT NULL);
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO assignment_set (id, members, excluded) VALUES (1, 'excluded', 1);
INSERT INTO assignment_set (id, members, excluded) VALUES (2, 'unassigned=1', 0);
INSERT INTO assignment (set_id, department, num, den) VALUES (2, 'unassigned', 1, 1);
`;
