/**
 * What people decided on the copies of a worklist, every decision kept; and ways from a title to its newer editions,
 * its holds and its electronic form, to the few copies that are gone and the few that are out.
 */
export const worklists = `
CREATE TABLE worklist_decision (
  id INTEGER PRIMARY KEY, site TEXT NOT NULL, source TEXT NOT NULL, item_external_id TEXT NOT NULL,
  decision TEXT NOT NULL, note TEXT, decided_at TEXT NOT NULL, author TEXT NOT NULL
);
CREATE INDEX worklist_decision_by_item ON worklist_decision (site, source, item_external_id, id);
CREATE INDEX item_gone ON item (record_id) WHERE (deleted_at IS NOT NULL OR withdrawn <> 0 OR lost <> 0);
CREATE INDEX loan_open ON loan (site, item_id) WHERE in_on IS NULL;
CREATE INDEX record_by_work ON record (title COLLATE NOCASE);
CREATE INDEX hold_by_record ON hold (site, source, record_external_id);
CREATE INDEX e_title_by_record ON e_title (record_id) WHERE record_id IS NOT NULL;
`;
