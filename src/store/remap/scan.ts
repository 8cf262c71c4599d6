/**
 * Reads what decisions rest on in the order of record ids, a batch at a time: records with their evidence, their
 * copies, their funds. Three statements a batch instead of three a record.
 */
import { storedCallNumber } from "../../domain/extract.ts";
import type { Evidence, FundChain, TargetItem, TargetRecord } from "../../domain/evidence.ts";
import { unpackEvidence } from "../evidence.ts";
import { chainOf, targetItem } from "../page/assign.ts";
import type { ItemRow, RecordRow } from "../page/assign.ts";
import type { Rules } from "../page/types.ts";
import type { Sql } from "../sql.ts";

type ScannedRow = RecordRow & {
  readonly suppressed: number;
  readonly deletedAt: string | null;
  readonly evidence: string | null;
};

export interface ScannedItem extends ItemRow {
  readonly recordId: number;
}

export interface Scanned {
  readonly row: ScannedRow;
  readonly items: readonly ScannedItem[];
  readonly funds: readonly FundChain[];
}

/** Small enough for what is read to be garbage before it grows old. */
const batch = 128;

type RecordList = readonly [
  id: number,
  source: string,
  externalId: string,
  language: string | null,
  materialType: string,
  publicationYear: number | null,
  isbn: string,
  issn: string,
  classSource: string | null,
  setId: number,
  titleSetId: number,
  suppressed: number,
  deletedAt: string | null,
  evidence: string | null,
];
const records = `SELECT r.id, r.source, r.external_id, r.language, r.material_type, r.publication_year, r.isbn, r.issn,
    r.class_source, r.set_id, r.title_set_id, r.suppressed, r.deleted_at, e.evidence
  FROM record AS r LEFT JOIN record_evidence AS e ON e.record_id = r.id
  WHERE r.id > ? AND r.id <= ? AND +r.site = ? ORDER BY r.id LIMIT ${batch}`;

type ItemList = readonly [
  id: number,
  recordId: number,
  externalId: string,
  callNumber: string | null,
  classSource: string | null,
  scheme: string | null,
  sortKey: string | null,
  library: string | null,
  location: string | null,
  collection: string | null,
  itemType: string | null,
  withdrawn: number,
  deletedAt: string | null,
  setId: number,
];
const items = `SELECT id, record_id, external_id, call_number, class_source, scheme, sort_key, home_library, location,
    collection, item_type, withdrawn, deleted_at, set_id
  FROM item WHERE record_id > ? AND record_id <= ? ORDER BY record_id, id`;
const orders = `SELECT DISTINCT r.id AS recordId, o.source, o.fund_external_id AS fund
  FROM record AS r CROSS JOIN order_line AS o ON o.site = r.site AND o.source = r.source
    AND o.record_external_id = r.external_id
  WHERE r.id > ? AND r.id <= ? AND +r.site = ? AND o.deleted_at IS NULL AND o.fund_external_id IS NOT NULL
  ORDER BY 1, 3`;

/** The next records with ids above `after`, up to `upTo`; empty at the end. */
export function scan(
  sql: Sql,
  site: string,
  after: number,
  upTo: number,
  needsFunds: boolean,
): readonly Scanned[] {
  const rows = sql.lists<RecordList>(records, after, upTo, site).map(rowOf);
  const last = rows.at(-1)?.id;
  if (last === undefined) return [];
  const copies = sql.lists<ItemList>(items, after, last).map(itemOf);
  const funds = needsFunds ? fundsOf(sql, site, after, last) : new Map<number, FundChain[]>();
  let at = 0;
  return rows.map((row) => {
    while ((copies[at]?.recordId ?? Infinity) < row.id) at++;
    const from = at;
    while (copies[at]?.recordId === row.id) at++;
    return { row, items: from === at ? none : copies.slice(from, at), funds: funds.get(row.id) ?? none };
  });
}

const none: readonly never[] = [];

function rowOf(list: RecordList): ScannedRow {
  return {
    id: list[0],
    source: list[1],
    externalId: list[2],
    language: list[3],
    materialType: list[4],
    publicationYear: list[5],
    isbn: list[6],
    issn: list[7],
    classSource: list[8],
    setId: list[9],
    titleSetId: list[10],
    suppressed: list[11],
    deletedAt: list[12],
    evidence: list[13],
  };
}

function itemOf(list: ItemList): ScannedItem {
  return {
    id: list[0],
    recordId: list[1],
    externalId: list[2],
    callNumber: list[3],
    classSource: list[4],
    scheme: list[5],
    sortKey: list[6],
    library: list[7],
    location: list[8],
    collection: list[9],
    itemType: list[10],
    withdrawn: list[11],
    deletedAt: list[12],
    setId: list[13],
  };
}

function fundsOf(sql: Sql, site: string, after: number, upTo: number): Map<number, FundChain[]> {
  const chains = new Map<string, FundChain>();
  const found = new Map<number, FundChain[]>();
  const rows = sql.all<{ recordId: number; source: string; fund: string }>(orders, after, upTo, site);
  for (const { recordId, source, fund } of rows) {
    const key = `${source}\n${fund}`;
    const chain = chains.get(key) ?? chainOf(sql, site, source, fund);
    chains.set(key, chain);
    const known = found.get(recordId);
    if (known === undefined) found.set(recordId, [chain]);
    else known.push(chain);
  }
  return found;
}

/** As the rules see it. ISBN and ISSN are read when a rule asks for them: few do. */
export function scannedRecord({ row, funds }: Scanned, evidence: readonly Evidence[]): TargetRecord {
  return {
    id: row.externalId,
    evidence,
    funds,
    language: row.language,
    materialType: row.materialType,
    publicationYear: row.publicationYear,
    get isbn() {
      return identifiers(row.isbn);
    },
    get issn() {
      return identifiers(row.issn);
    },
  };
}

function identifiers(json: string): readonly string[] {
  return json === "[]" ? none : (JSON.parse(json) as string[]); // a list of texts, written by the page
}

export function scannedEvidence({ row }: Scanned): Evidence[] {
  return row.evidence === null ? [] : unpackEvidence(row.evidence);
}

/** `reading`: how to read the call number anew; null: as it is stored. */
export function scannedItem(
  item: ScannedItem,
  { row }: Scanned,
  reading: Rules["readCallNumber"] | null,
): TargetItem {
  const callNumber =
    reading === null
      ? storedCallNumber(item.callNumber, item.scheme, item.sortKey)
      : reading(item.callNumber, item.classSource, row.classSource);
  return targetItem(item, callNumber);
}
