/**
 * What other libraries hold, who may read a title freely, and which groups of readers borrowed. `title_holders` has a
 * row for each title that the list of a comparator was matched to; `use_by_audience` has no reader, only categories,
 * and a count that is too small to be kept is null.
 */
export const collection = `
CREATE TABLE comparator (
  site TEXT NOT NULL, external_id TEXT NOT NULL, name TEXT NOT NULL, as_of_on TEXT NOT NULL,
  PRIMARY KEY (site, external_id)
) WITHOUT ROWID;
CREATE TABLE title_holders (
  site TEXT NOT NULL, comparator_external_id TEXT NOT NULL, source TEXT NOT NULL, record_external_id TEXT NOT NULL,
  others INTEGER NOT NULL, PRIMARY KEY (site, comparator_external_id, source, record_external_id)
) WITHOUT ROWID;
CREATE TABLE record_access (record_id INTEGER PRIMARY KEY, access TEXT NOT NULL);
CREATE TABLE use_by_audience (
  site TEXT NOT NULL, month INTEGER NOT NULL, department TEXT NOT NULL, category TEXT NOT NULL,
  num INTEGER, den INTEGER NOT NULL, PRIMARY KEY (site, month, department, category)
) WITHOUT ROWID;
`;
