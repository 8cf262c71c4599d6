/**
 * Decides anew what a page made dirty: records by their own evidence, copies by theirs and their record's, titles
 * by the shares of their copies. Deleted copies keep the weights that they had.
 */
import type { Evidence, FundChain, TargetItem, TargetRecord } from "../../domain/evidence.ts";
import { unpackEvidence } from "../evidence.ts";
import { titleSet } from "../sets.ts";
import type { Sets } from "../sets.ts";
import type { Sql } from "../sql.ts";
import type { PageContext, Rules } from "./types.ts";

export interface RecordRow {
  readonly id: number;
  readonly source: string;
  readonly externalId: string;
  readonly language: string | null;
  readonly materialType: string;
  readonly publicationYear: number | null;
  readonly isbn: string;
  readonly issn: string;
  readonly classSource: string | null;
  readonly setId: number;
  readonly titleSetId: number;
}

export interface ItemRow {
  readonly id: number;
  readonly externalId: string;
  readonly callNumber: string | null;
  readonly classSource: string | null;
  readonly scheme: string | null;
  readonly sortKey: string | null;
  readonly library: string | null;
  readonly location: string | null;
  readonly collection: string | null;
  readonly itemType: string | null;
  readonly withdrawn: number;
  readonly deletedAt: string | null;
  readonly setId: number;
}

export const recordColumns = `id, source, external_id AS externalId, language, material_type AS materialType,
  publication_year AS publicationYear, isbn, issn, class_source AS classSource, set_id AS setId,
  title_set_id AS titleSetId`;
export const itemColumns = `id, external_id AS externalId, call_number AS callNumber, class_source AS classSource, scheme,
  sort_key AS sortKey, home_library AS library, location, collection, item_type AS itemType, withdrawn,
  deleted_at AS deletedAt, set_id AS setId`;

export function dirtyByRecord(context: PageContext, recordExternalId: string | null): void {
  if (recordExternalId === null) return;
  const row = context.sql.get<{ id: number }>(
    "SELECT id FROM record WHERE site = ? AND source = ? AND external_id = ?",
    context.site,
    context.write.source,
    recordExternalId,
  );
  if (row !== undefined) context.dirtyRecords.add(row.id);
}

/** All records with an order from the fund or from one of its descendants. */
export function dirtyByFund(context: PageContext, fundExternalId: string): void {
  const rows = context.sql.all<{ id: number }>(
    `WITH RECURSIVE below(id) AS (
       VALUES (?) UNION SELECT fund.external_id FROM fund JOIN below ON fund.parent_external_id = below.id
       WHERE fund.site = ? AND fund.source = ?)
     SELECT DISTINCT record.id FROM below
     JOIN order_line ON order_line.site = ? AND order_line.source = ? AND order_line.fund_external_id = below.id
     JOIN record ON record.site = order_line.site AND record.source = order_line.source
       AND record.external_id = order_line.record_external_id`,
    fundExternalId,
    context.site,
    context.write.source,
    context.site,
    context.write.source,
  );
  for (const { id } of rows) context.dirtyRecords.add(id);
}

/** What the decision of a record and its copies needs, read from the store. */
export function targetRecord(sql: Sql, site: string, row: RecordRow): TargetRecord {
  return {
    id: row.externalId,
    evidence: evidenceOf(sql, row.id),
    funds: fundChains(sql, site, row.source, row.externalId),
    language: row.language,
    materialType: row.materialType,
    publicationYear: row.publicationYear,
    isbn: JSON.parse(row.isbn) as string[],
    issn: JSON.parse(row.issn) as string[],
  };
}

function evidenceOf(sql: Sql, recordId: number): Evidence[] {
  const row = sql.get<{ evidence: string }>(
    "SELECT evidence FROM record_evidence WHERE record_id = ?",
    recordId,
  );
  return row === undefined ? [] : unpackEvidence(row.evidence);
}

/** The funds of a record's orders, each with its parents. */
export function fundChains(sql: Sql, site: string, source: string, recordExternalId: string): FundChain[] {
  const funds = sql.all<{ id: string | null }>(
    `SELECT DISTINCT fund_external_id AS id FROM order_line
     WHERE site = ? AND source = ? AND record_external_id = ? AND deleted_at IS NULL ORDER BY 1`,
    site,
    source,
    recordExternalId,
  );
  return funds.flatMap(({ id }) => (id === null ? [] : [chainOf(sql, site, source, id)]));
}

/** A fund with its parents. */
export function chainOf(sql: Sql, site: string, source: string, fundExternalId: string): FundChain {
  const chain: { id: string; code: string }[] = [];
  for (let id: string | null = fundExternalId; id !== null && !chain.some((link) => link.id === id);) {
    const fund: { code: string; parent: string | null } | undefined = sql.get(
      `SELECT code, parent_external_id AS parent FROM fund WHERE site = ? AND source = ? AND external_id = ?`,
      site,
      source,
      id,
    );
    chain.push({ id, code: fund?.code ?? "" });
    id = fund?.parent ?? null;
  }
  return chain;
}

export interface Reassigned {
  readonly recordSet: number;
  readonly titleSet: number;
  /** Copies whose set or reading of the call number changed. */
  readonly items: readonly {
    readonly id: number;
    readonly setId: number;
    readonly from: number;
    readonly scheme: string | null;
    readonly sortKey: string | null;
  }[];
}

/**
 * The decisions for one record and its copies, without writing them. `only` limits which copies are decided anew;
 * the deleted are not.
 */
export function decideRecord(
  sql: Sql,
  sets: Sets,
  rules: Rules,
  site: string,
  row: RecordRow,
  options: {
    readonly ownDecision: boolean;
    readonly only: ReadonlySet<number> | null;
  },
): Reassigned {
  let target: TargetRecord | undefined;
  const getTarget = (): TargetRecord => (target ??= targetRecord(sql, site, row));
  const recordSet = options.ownDecision ? sets.idOfDecision(rules.assign(getTarget(), null)) : row.setId;

  const changed: {
    id: number;
    setId: number;
    from: number;
    scheme: string | null;
    sortKey: string | null;
  }[] = [];
  const living: number[] = [];
  for (const item of sql.all<ItemRow>(
    `SELECT ${itemColumns} FROM item WHERE record_id = ? ORDER BY id`,
    row.id,
  )) {
    let setId = item.setId;
    const wanted = item.deletedAt === null && (options.only?.has(item.id) ?? true);
    if (wanted) {
      const callNumber = rules.readCallNumber(item.callNumber, item.classSource, row.classSource);
      setId = sets.idOfDecision(rules.assign(getTarget(), targetItem(item, callNumber)));
      const scheme = callNumber?.kind ?? null;
      const sortKey = callNumber?.sortKey ?? null;
      if (setId !== item.setId || scheme !== item.scheme || sortKey !== item.sortKey) {
        changed.push({ id: item.id, setId, from: item.setId, scheme, sortKey });
      }
    }
    if (item.deletedAt === null && item.withdrawn === 0) living.push(setId);
  }
  return { recordSet, titleSet: titleSet(sets, recordSet, living), items: changed };
}

export function targetItem(item: ItemRow, callNumber: Evidence | null): TargetItem {
  return {
    id: item.externalId,
    callNumber,
    library: item.library,
    location: item.location,
    collection: item.collection,
    itemType: item.itemType,
  };
}

/** Titles that came new in this page, by the shares of the copies that came with them. */
export function settleFresh({ sql, sets, fresh }: PageContext): void {
  for (const [recordId, { setId, copies }] of fresh) {
    const shared = titleSet(sets, setId, copies);
    if (shared !== setId) sql.run("UPDATE record SET title_set_id = ? WHERE id = ?", shared, recordId);
  }
}

export function reassignDirty(context: PageContext): void {
  const { sql, sets, rules, site } = context;
  for (const itemId of context.dirtyItems) {
    const row = sql.get<{ recordId: number }>("SELECT record_id AS recordId FROM item WHERE id = ?", itemId);
    if (row !== undefined) context.dirtyTitles.add(row.recordId);
  }
  for (const recordId of new Set([...context.dirtyRecords, ...context.dirtyTitles])) {
    const row = sql.get<RecordRow>(`SELECT ${recordColumns} FROM record WHERE id = ?`, recordId);
    if (row === undefined) continue;
    const whole = context.dirtyRecords.has(recordId);
    const decided = decideRecord(sql, sets, rules, site, row, {
      ownDecision: whole,
      only: whole ? null : context.dirtyItems,
    });
    for (const item of decided.items) {
      context.rollup.touch(item.id);
      sql.run(
        "UPDATE item SET set_id = ?, scheme = ?, sort_key = ? WHERE id = ?",
        item.setId,
        item.scheme,
        item.sortKey,
        item.id,
      );
    }
    if (decided.recordSet !== row.setId || decided.titleSet !== row.titleSetId) {
      sql.run(
        "UPDATE record SET set_id = ?, title_set_id = ? WHERE id = ?",
        decided.recordSet,
        decided.titleSet,
        recordId,
      );
    }
  }
}
