/**
 * What the discovery layer shows of a department's subject, a row a month, and the references that departments handed
 * over. Both are read whole and looked into by nobody, so that their lists are JSON.
 */
export const outside = `
CREATE TABLE discovery_fact (
  site TEXT NOT NULL, source TEXT NOT NULL, external_id TEXT NOT NULL, department TEXT NOT NULL,
  month INTEGER NOT NULL, as_of_on TEXT NOT NULL, query TEXT NOT NULL, url TEXT, counts TEXT NOT NULL,
  facets TEXT NOT NULL, documents TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (site, source, external_id)
) WITHOUT ROWID;
CREATE TABLE citation_list (
  site TEXT NOT NULL, source TEXT NOT NULL, external_id TEXT NOT NULL, department TEXT NOT NULL,
  citations TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (site, source, external_id)
) WITHOUT ROWID;
`;
