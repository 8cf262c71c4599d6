/**
 * Which record an e-title is, which titles of packages a title of a usage report is, and what the mapping's rules for
 * packages and platforms make of both. Derived: made anew, whole, from what the store holds. Titles meet by Koha's
 * number, ISSN (print or online against either) and ISBN; of several records the electronic one, then the first.
 */
import type { TargetRecord } from "../../domain/evidence.ts";
import type { Sets } from "../sets.ts";
import type { Sql } from "../sql.ts";
import type { Rules } from "./types.ts";

/** Streams that bring neither records nor anything electronic. */
const others: ReadonlySet<string> = new Set([
  "items",
  "checkouts",
  "holds",
  "funds",
  "orders",
  "suggestions",
  "ill-requests",
  "authorised-values",
  "item-types",
  "libraries",
]);

/** Streams that bring records, and nothing electronic. */
const catalogue: ReadonlySet<string> = new Set(["biblios", "deleted-biblios", "records"]);

interface Row {
  readonly id: number;
  readonly source: string;
  readonly title: string;
  readonly type: string | null;
  readonly printIssn: string | null;
  readonly onlineIssn: string | null;
  readonly isbn: string | null;
  readonly platform: string | null;
  readonly recordId: number | null;
  readonly setId: number;
}

interface ETitleRow extends Row {
  readonly package: string | null;
  readonly packageName: string | null;
  readonly record: string | null;
  readonly titleId: string | null;
}

interface UsageRow extends Row {
  readonly proprietaryId: string | null;
}

/** After a stream that may have changed what is linked. */
export function linkAfter(stream: string, sql: Sql, sets: Sets, site: string, rules: Rules): void {
  if (!others.has(stream)) linkEResources(sql, sets, site, catalogue.has(stream) ? null : rules);
}

/** `rules` null: nothing electronic changed, only the records that it may be; what rules give stays. */
export function linkEResources(sql: Sql, sets: Sets, site: string, rules: Rules | null): void {
  if (rules !== null) linkPackages(sql, sets, site, rules);
  const eTitles = sql.all<ETitleRow>(eTitleRows, site);
  const usageTitles = sql.all<UsageRow>(usageRows, site);
  if (eTitles.length + usageTitles.length === 0) return;
  const records = recordsBy(sql, site, new Set([...eTitles, ...usageTitles].flatMap(identifiers)));
  const byIdentifier = Map.groupBy(
    eTitles.flatMap((title) => identifiers(title).map((id) => ({ id, title }))),
    ({ id }) => id,
  );
  const known = new Map<string, number>();
  const decide = (row: Row, titles: readonly ETitleRow[], platform: string | null): number => {
    if (rules === null) return row.setId;
    const target = targetOf(row, titles, platform);
    const at = JSON.stringify(target);
    const setId = known.get(at) ?? sets.idOfDecision(rules.assign(target, null));
    known.set(at, setId);
    return setId;
  };
  const recordsOf = new Map<number, number | null>();
  for (const title of eTitles) {
    const recordId = koha(sql, site, title) ?? recordOf(records, title);
    recordsOf.set(title.id, recordId);
    write(sql, "e_title", title, recordId, decide(title, [title], null));
  }
  if (rules !== null) {
    sql.run(
      `DELETE FROM e_title_usage WHERE e_title_id IN (SELECT id FROM e_title WHERE site = ?)
         OR usage_title_id IN (SELECT id FROM usage_title WHERE site = ?)`,
      site,
      site,
    );
  }
  for (const title of usageTitles) {
    const same = matching(title, byIdentifier);
    // A report may name one of a title's numbers, and the catalogue another: the list of its package has both.
    const recordId =
      recordOf(records, title) ??
      same.map(({ id }) => recordsOf.get(id) ?? null).find((id) => id !== null) ??
      null;
    write(sql, "usage_title", title, recordId, decide(title, same, title.platform));
    if (rules === null) continue;
    for (const { id } of same)
      sql.run("INSERT INTO e_title_usage (e_title_id, usage_title_id) VALUES (?, ?)", id, title.id);
  }
}

const columns = `t.id, t.source, t.title, t.print_issn AS printIssn, t.online_issn AS onlineIssn, t.isbn, t.platform,
  t.record_id AS recordId, t.set_id AS setId`;
const eTitleRows = `SELECT ${columns}, t.publication_type AS type, t.package_external_id AS package,
    p.name AS packageName, t.record_external_id AS record, t.title_id AS titleId
  FROM e_title AS t LEFT JOIN package AS p ON p.site = t.site AND p.source = t.source
    AND p.external_id = t.package_external_id
  WHERE t.site = ? AND t.deleted_at IS NULL ORDER BY t.source, t.external_id`;
const usageRows = `SELECT ${columns}, NULL AS type, t.proprietary_id AS proprietaryId FROM usage_title AS t
  WHERE t.site = ? ORDER BY t.source, t.platform, t.external_id`;

function identifiers({ printIssn, onlineIssn, isbn }: Row): string[] {
  const books = isbn === null ? [] : isbn.startsWith("[") ? (JSON.parse(isbn) as string[]) : [isbn];
  return [...new Set([printIssn, onlineIssn, ...books].filter((id) => id !== null))];
}

/** Of living records, by those of the identifiers that they carry. */
function recordsBy(sql: Sql, site: string, wanted: ReadonlySet<string>): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  if (wanted.size === 0) return found;
  const rows = sql.iterate<{ id: number; isbn: string; issn: string }>(
    `SELECT id, isbn, issn FROM record WHERE site = ? AND deleted_at IS NULL AND (isbn <> '[]' OR issn <> '[]')
     ORDER BY material_type NOT IN ('e-journal', 'e-book'), source, external_id`,
    site,
  );
  for (const { id, isbn, issn } of rows) {
    for (const identifier of [...(JSON.parse(isbn) as string[]), ...(JSON.parse(issn) as string[])]) {
      if (wanted.has(identifier) && !found.has(identifier)) found.set(identifier, id);
    }
  }
  return found;
}

function recordOf(records: ReadonlyMap<string, number>, title: Row): number | null {
  for (const id of identifiers(title)) {
    const record = records.get(id);
    if (record !== undefined) return record;
  }
  return null;
}

function koha(sql: Sql, site: string, { source, record }: ETitleRow): number | null {
  if (record === null) return null;
  const row = sql.get<{ id: number }>(
    "SELECT id FROM record WHERE site = ? AND source = ? AND external_id = ? AND deleted_at IS NULL",
    site,
    source,
    record,
  );
  return row?.id ?? null;
}

/** Titles of packages that this is: on its platform, or of packages whose platform nobody has told. */
function matching(
  usage: UsageRow,
  byIdentifier: ReadonlyMap<string, readonly { readonly title: ETitleRow }[]>,
): ETitleRow[] {
  const found = new Set<ETitleRow>();
  for (const id of identifiers(usage))
    for (const { title } of byIdentifier.get(id) ?? []) {
      if (title.platform === null || title.platform.toLowerCase() === usage.platform?.toLowerCase())
        found.add(title);
    }
  return [...found];
}

function targetOf(row: Row, titles: readonly ETitleRow[], platform: string | null): TargetRecord {
  const packages = titles.flatMap((title) =>
    [title.package, title.packageName].filter((name) => name !== null),
  );
  const platforms = [platform, ...titles.map((title) => title.platform)].filter((name) => name !== null);
  const ids = identifiers(row);
  const isBook =
    row.type === "monograph" || (row.type === null && row.printIssn === null && row.onlineIssn === null);
  return {
    id: "",
    evidence: [],
    funds: [],
    language: null,
    materialType: isBook ? "e-book" : "e-journal",
    publicationYear: null,
    isbn: ids.filter((id) => id.length === 13),
    issn: ids.filter((id) => id.length === 9),
    packages: [...new Set(packages)],
    platforms: [...new Set(platforms)],
  };
}

function linkPackages(sql: Sql, sets: Sets, site: string, rules: Rules): void {
  const rows = sql.all<{ source: string; id: string; name: string; platform: string | null; setId: number }>(
    "SELECT source, external_id AS id, name, platform, set_id AS setId FROM package WHERE site = ? AND deleted_at IS NULL",
    site,
  );
  for (const { source, id, name, platform, setId } of rows) {
    const target: TargetRecord = {
      id: "",
      evidence: [],
      funds: [],
      language: null,
      materialType: "mixed",
      publicationYear: null,
      isbn: [],
      issn: [],
      packages: [id, name],
      platforms: platform === null ? [] : [platform],
    };
    const decided = sets.idOfDecision(rules.assign(target, null));
    if (decided === setId) continue;
    sql.run(
      "UPDATE package SET set_id = ? WHERE site = ? AND source = ? AND external_id = ?",
      decided,
      site,
      source,
      id,
    );
  }
}

function write(
  sql: Sql,
  table: "e_title" | "usage_title",
  { id, recordId: was, setId: before }: Row,
  recordId: number | null,
  setId: number,
): void {
  if (recordId === was && setId === before) return;
  sql.run(`UPDATE ${table} SET record_id = ?, set_id = ? WHERE id = ?`, recordId, setId, id);
}
