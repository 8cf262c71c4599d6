/**
 * Every application of a mapping, also of one that was applied before; and the records that others touch while a
 * mapping is being evaluated.
 */
export const appliedMappings = `
CREATE TABLE mapping_applied (
  id INTEGER PRIMARY KEY, version TEXT NOT NULL, from_version TEXT, applied_at TEXT NOT NULL, author TEXT NOT NULL,
  summary TEXT
);
INSERT INTO mapping_applied (version, applied_at, author)
  SELECT version, applied_at, author FROM mapping_version ORDER BY applied_at, active;
CREATE TABLE remap_touched (record_id INTEGER PRIMARY KEY);
`;
