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

const batch = 1000;

const records = `SELECT r.id, r.source, r.external_id AS externalId, r.language, r.material_type AS materialType,
    r.publication_year AS publicationYear, r.isbn, r.issn, r.class_source AS classSource, r.set_id AS setId,
    r.title_set_id AS titleSetId, r.suppressed, r.deleted_at AS deletedAt, e.evidence
  FROM record AS r LEFT JOIN record_evidence AS e ON e.record_id = r.id
  WHERE r.id > ? AND r.id <= ? AND +r.site = ? ORDER BY r.id LIMIT ${batch}`;
const items = `SELECT id, record_id AS recordId, external_id AS externalId, call_number AS callNumber,
    class_source AS classSource, scheme, sort_key AS sortKey, home_library AS library, location, collection,
    item_type AS itemType, withdrawn, deleted_at AS deletedAt, set_id AS setId
  FROM item WHERE record_id > ? AND record_id <= ? ORDER BY record_id, id`;
const orders = `SELECT DISTINCT r.id AS recordId, o.source, o.fund_external_id AS fund
  FROM record AS r CROSS JOIN order_line AS o ON o.site = r.site AND o.source = r.source
    AND o.record_external_id = r.external_id
  WHERE r.id > ? AND r.id <= ? AND +r.site = ? AND o.deleted_at IS NULL AND o.fund_external_id IS NOT NULL
  ORDER BY 1, 3`;

/** At most 1,000 records with ids above `after`, up to `upTo`; empty at the end. */
export function scan(
  sql: Sql,
  site: string,
  after: number,
  upTo: number,
  needsFunds: boolean,
): readonly Scanned[] {
  const rows = sql.all<ScannedRow>(records, after, upTo, site);
  const last = rows.at(-1)?.id;
  if (last === undefined) return [];
  const copies = sql.all<ScannedItem>(items, after, last);
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
