/**
 * Electronic resources, budget periods, and holds as they ended. `record_id` and `set_id` of titles and packages are
 * derived (`page/e-link.ts`): which record a title is, and what the rules for packages and platforms make of it.
 */
export const eResources = `
CREATE TABLE budget_period (
  site TEXT NOT NULL, source TEXT NOT NULL, external_id TEXT NOT NULL, name TEXT NOT NULL, from_on TEXT NOT NULL,
  to_on TEXT NOT NULL, deleted_at TEXT, hash TEXT NOT NULL, PRIMARY KEY (site, source, external_id)
) WITHOUT ROWID;
CREATE TABLE hold_fact (
  site TEXT NOT NULL, source TEXT NOT NULL, external_id TEXT NOT NULL, record_external_id TEXT NOT NULL,
  month INTEGER NOT NULL, placed INTEGER NOT NULL, filled INTEGER NOT NULL, cancelled INTEGER NOT NULL,
  expired INTEGER NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (site, source, external_id)
) WITHOUT ROWID;
CREATE INDEX hold_fact_by_month ON hold_fact (site, month);
CREATE TABLE package (
  site TEXT NOT NULL, source TEXT NOT NULL, external_id TEXT NOT NULL, name TEXT NOT NULL, vendor TEXT,
  platform TEXT, deleted_at TEXT, hash TEXT NOT NULL, set_id INTEGER NOT NULL DEFAULT 2,
  PRIMARY KEY (site, source, external_id)
) WITHOUT ROWID;
CREATE TABLE package_cost (
  site TEXT NOT NULL, source TEXT NOT NULL, external_id TEXT NOT NULL, package_external_id TEXT NOT NULL,
  from_on TEXT NOT NULL, to_on TEXT NOT NULL, amount_minor INTEGER NOT NULL, currency TEXT NOT NULL,
  hash TEXT NOT NULL, PRIMARY KEY (site, source, external_id)
) WITHOUT ROWID;
CREATE TABLE e_title (
  id INTEGER PRIMARY KEY, site TEXT NOT NULL, source TEXT NOT NULL, external_id TEXT NOT NULL, title TEXT NOT NULL,
  title_id TEXT, publication_type TEXT, publisher TEXT, print_issn TEXT, online_issn TEXT, isbn TEXT NOT NULL,
  record_external_id TEXT, package_external_id TEXT, platform TEXT, url TEXT, coverage TEXT NOT NULL, embargo TEXT,
  coverage_depth TEXT, access_type TEXT, first_seen_on TEXT NOT NULL, deleted_at TEXT, hash TEXT NOT NULL,
  listed_run INTEGER NOT NULL, record_id INTEGER, set_id INTEGER NOT NULL DEFAULT 2,
  UNIQUE (site, source, external_id)
);
CREATE INDEX e_title_by_package ON e_title (site, package_external_id);
CREATE TABLE usage_report (
  id INTEGER PRIMARY KEY, site TEXT NOT NULL, source TEXT NOT NULL, external_id TEXT NOT NULL,
  platform TEXT NOT NULL, report TEXT NOT NULL, release TEXT NOT NULL, month INTEGER NOT NULL,
  metrics TEXT NOT NULL, hash TEXT NOT NULL, UNIQUE (site, source, external_id)
);
CREATE INDEX usage_report_by_month ON usage_report (site, month);
CREATE TABLE usage_title (
  id INTEGER PRIMARY KEY, site TEXT NOT NULL, source TEXT NOT NULL, platform TEXT NOT NULL,
  external_id TEXT NOT NULL, title TEXT NOT NULL, print_issn TEXT, online_issn TEXT, isbn TEXT, doi TEXT,
  proprietary_id TEXT, record_id INTEGER, set_id INTEGER NOT NULL DEFAULT 2,
  UNIQUE (site, source, platform, external_id)
);
CREATE TABLE usage_fact (
  site TEXT NOT NULL, month INTEGER NOT NULL, report_id INTEGER NOT NULL, title_id INTEGER NOT NULL,
  metric TEXT NOT NULL, access_type TEXT NOT NULL, access_method TEXT NOT NULL, data_type TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (site, month, report_id, metric, title_id, access_type, access_method, data_type)
) WITHOUT ROWID;
CREATE INDEX usage_fact_by_report ON usage_fact (report_id);
CREATE TABLE e_title_usage (
  e_title_id INTEGER NOT NULL, usage_title_id INTEGER NOT NULL, PRIMARY KEY (e_title_id, usage_title_id)
) WITHOUT ROWID;
CREATE INDEX e_title_usage_by_usage ON e_title_usage (usage_title_id);
`;
