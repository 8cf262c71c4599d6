/** The facts that are one row each: dimensions, holds, funds, orders, suggestions, ILL requests. */
import { hash as digest } from "node:crypto";
import type { Fact, FactKind } from "../../domain/fact.ts";
import { upsertText } from "../sql.ts";
import type { Sql, Value } from "../sql.ts";
import { dirtyByFund, dirtyByRecord } from "./assign.ts";
import { eListColumns, eListTables } from "./e-lists.ts";
import { outsideListColumns, outsideListTables } from "./outside-lists.ts";
import type { PageContext } from "./types.ts";

type ListKind = Exclude<FactKind, "record" | "item" | "loan" | "e-title" | "usage-report">;
type ListFact = Extract<Fact, { kind: ListKind }>;

interface ListTable {
  readonly table: string;
  /** Rows of the gone stay, marked; else they are removed. */
  readonly keepsDeleted: boolean;
  readonly hashed: boolean;
}

export const listTables: Readonly<Record<ListKind, ListTable>> = {
  library: { table: "library", keepsDeleted: false, hashed: false },
  "item-type": { table: "item_type", keepsDeleted: false, hashed: false },
  "authorised-value": { table: "authorised_value", keepsDeleted: false, hashed: false },
  hold: { table: "hold", keepsDeleted: false, hashed: true },
  fund: { table: "fund", keepsDeleted: true, hashed: true },
  order: { table: "order_line", keepsDeleted: true, hashed: true },
  suggestion: { table: "suggestion", keepsDeleted: true, hashed: true },
  "ill-request": { table: "ill_request", keepsDeleted: true, hashed: true },
  ...eListTables,
  ...outsideListTables,
};

const key = ["site", "source", "external_id"];

/** Whether anything of the source was ever ordered. */
export function ordersAny(sql: Sql, site: string, source: string): boolean {
  return (
    sql.get("SELECT 1 FROM order_line WHERE site = ? AND source = ? LIMIT 1", site, source) !== undefined
  );
}

export function storeListFact(context: PageContext, fact: ListFact): boolean {
  const { sql, site, write } = context;
  const { table, keepsDeleted, hashed } = listTables[fact.kind];
  const columns = columnsOf(fact);
  const where = "site = ? AND source = ? AND external_id = ?";
  const hash = digest("sha256", JSON.stringify(columns), "base64url");
  if (hashed) {
    const deleted = keepsDeleted ? "deleted_at" : "NULL";
    const known = sql.get<{ hash: string; deletedAt: string | null }>(
      `SELECT hash, ${deleted} AS deletedAt FROM ${table} WHERE ${where}`,
      site,
      write.source,
      fact.id,
    );
    if (known?.hash === hash && known.deletedAt === null) return false;
  } else {
    const same = Object.keys(columns).map((column) => `${column} IS ?`);
    const known = sql.get(
      `SELECT 1 FROM ${table} WHERE ${[where, ...same].join(" AND ")}`,
      site,
      write.source,
      fact.id,
      ...Object.values(columns),
    );
    if (known !== undefined) return false;
  }
  noteDirty(context, fact);
  const names = [
    ...key,
    ...Object.keys(columns),
    ...(hashed ? ["hash"] : []),
    ...(keepsDeleted ? ["deleted_at"] : []),
  ];
  const values = [...Object.values(columns), ...(hashed ? [hash] : []), ...(keepsDeleted ? [null] : [])];
  sql.run(upsertText(table, key, names), site, write.source, fact.id, ...values);
  noteDirty(context, fact);
  return true;
}

export function deleteListRow(context: PageContext, kind: ListKind, externalId: string): boolean {
  const { sql, site, write } = context;
  const { table, keepsDeleted } = listTables[kind];
  const where = "site = ? AND source = ? AND external_id = ?";
  const { changes } = keepsDeleted
    ? sql.run(
        `UPDATE ${table} SET deleted_at = ? WHERE ${where} AND deleted_at IS NULL`,
        write.now,
        site,
        write.source,
        externalId,
      )
    : sql.run(`DELETE FROM ${table} WHERE ${where}`, site, write.source, externalId);
  if (changes > 0 && kind === "fund") dirtyByFund(context, externalId);
  if (changes > 0 && kind === "order") {
    const order = sql.get<{ record: string | null }>(
      `SELECT record_external_id AS record FROM order_line WHERE ${where}`,
      site,
      write.source,
      externalId,
    );
    dirtyByRecord(context, order?.record ?? null);
  }
  return changes > 0;
}

/** An order or a fund that changes what a record's fund evidence is: before and after the write. */
function noteDirty(context: PageContext, fact: ListFact): void {
  if (fact.kind === "fund") dirtyByFund(context, fact.id);
  if (fact.kind !== "order") return;
  context.orders.mayHold = true;
  const before = context.sql.get<{ record: string | null }>(
    `SELECT record_external_id AS record FROM order_line WHERE site = ? AND source = ? AND external_id = ?`,
    context.site,
    context.write.source,
    fact.id,
  );
  dirtyByRecord(context, before?.record ?? null);
}

function columnsOf(fact: ListFact): Readonly<Record<string, Value>> {
  switch (fact.kind) {
    case "library":
      return { name: fact.name };
    case "item-type":
      return { name: fact.name, not_for_loan: fact.notForLoan ? 1 : 0 };
    case "authorised-value":
      return { category: fact.category, value: fact.value, label: fact.label };
    case "hold":
      return {
        record_external_id: fact.recordId,
        item_external_id: fact.itemId,
        placed_on: fact.placedOn,
        suspended: fact.suspended ? 1 : 0,
      };
    case "fund":
      return {
        code: fact.code,
        name: fact.name,
        parent_external_id: fact.parentId,
        period_external_id: fact.periodId,
        library: fact.library,
        allocated_minor: fact.allocatedMinor,
        currency: fact.currency,
      };
    case "order":
      return {
        record_external_id: fact.recordId,
        fund_external_id: fact.fundId,
        parent_external_id: fact.parentOrderId,
        status: fact.status,
        ordered_on: fact.orderedOn,
        received_on: fact.receivedOn,
        cancelled_on: fact.cancelledOn,
        quantity: fact.quantity,
        quantity_received: fact.quantityReceived,
        unit_price_minor: fact.unitPriceMinor,
        estimate_minor: fact.estimateMinor,
        currency: fact.currency,
      };
    case "suggestion":
      return {
        record_external_id: fact.recordId,
        fund_external_id: fact.fundId,
        library: fact.library,
        status: fact.status,
        title: fact.title,
        author: fact.author,
        isbn: fact.isbn,
        suggested_on: fact.suggestedOn,
        decided_on: fact.decidedOn,
      };
    case "ill-request":
      return {
        record_external_id: fact.recordId,
        library: fact.library,
        status: fact.status,
        placed_on: fact.placedOn,
        completed_on: fact.completedOn,
      };
    case "discovery":
    case "citation-list":
      return outsideListColumns(fact);
    default:
      return eListColumns(fact);
  }
}
