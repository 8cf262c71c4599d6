/** Filter, order, page: what Koha's `objects->search` does with a table. */
import type { Json } from "../../src/domain/json.ts";
import type { Table } from "./model.ts";
import { isOnlyAfter, lowerBound } from "./query.ts";
import type { Condition, Field } from "./query.ts";

export interface Order<Row> {
  readonly field: Field<Row>;
  readonly descending: boolean;
}

export interface Selection<Row> {
  readonly table: Table<Row>;
  readonly idName: string;
  /** As sent, for the bounds that an index can use. */
  readonly queries: readonly Json[];
  readonly condition: Condition<Row>;
  readonly order: readonly Order<Row>[];
  /** From 1. */
  readonly page: number;
  /** Infinity for all. */
  readonly perPage: number;
  /** Adds a filter to the base count too, as `checked_in` does by choosing the table. */
  readonly needsTotal: boolean;
}

export interface Selected<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

interface SortedIndex {
  readonly revision: number;
  readonly rows: Uint32Array;
}

const indexes = new WeakMap<object, Map<string, SortedIndex>>();

/** Row numbers in the wanted order; kept until the table changes, so that paging through it stays cheap. */
function sortedIndex<Row>(table: Table<Row>, order: readonly Order<Row>[]): Uint32Array {
  const key = order.map(({ field, descending }) => `${descending ? "-" : "+"}${field.name}`).join();
  const known = indexes.get(table) ?? new Map<string, SortedIndex>();
  indexes.set(table, known);
  const found = known.get(key);
  if (found?.revision === table.revision) return found.rows;
  const keys = Array.from({ length: table.length }, (_, index) => {
    const row = table.at(index);
    return order.map(({ field }) => sortable(field.get(row)));
  });
  const rows = Uint32Array.from(keys.keys()).sort((a, b) => {
    for (const [position, { descending }] of order.entries()) {
      const [x, y] = [keys[a]?.[position] ?? null, keys[b]?.[position] ?? null];
      const difference = x === y ? 0 : x === null ? -1 : y === null ? 1 : x < y ? -1 : 1;
      if (difference !== 0) return descending ? -difference : difference;
    }
    return a - b;
  });
  known.set(key, { revision: table.revision, rows });
  return rows;
}

function sortable(value: unknown): number | string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return value;
  return typeof value === "boolean" ? Number(value) : String(value).toLowerCase();
}

/** Where to begin, when the whole query asks for what comes after a value of the first order. */
function startOf<Row>({ table, idName, queries, order }: Selection<Row>, index: Uint32Array | null): number {
  const names = (name: string) => [name, `me.${name}`];
  if (index === null) {
    const bounds = queries
      .map((query) => lowerBound(query, names(idName)))
      .filter((bound) => typeof bound === "number");
    return bounds.length === 0 ? 0 : table.after(Math.max(...bounds) - 1);
  }
  const first = order[0];
  if (first === undefined || first.descending || first.field.kind !== "moment") return 0;
  const texts = queries
    .map((query) => lowerBound(query, names(first.field.name)))
    .filter((bound) => typeof bound === "string");
  const moments = texts.map((text) => Date.parse(text)).filter((moment) => !Number.isNaN(moment));
  if (moments.length === 0) return 0;
  // A day early: the text is compared without its offset, and an hour may come twice.
  const from = Math.max(...moments) - 86_400_000;
  let [low, high] = [0, index.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Number(first.field.get(table.at(index[middle] ?? 0)) ?? -Infinity) >= from) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function select<Row>(selection: Selection<Row>): Selected<Row> {
  const { table, idName, queries, condition, order, page, perPage, needsTotal } = selection;
  const natural =
    order.length === 0 || (order.length === 1 && order[0]?.field.name === idName && !order[0].descending);
  const index = natural ? null : sortedIndex(table, order);
  const start = startOf(selection, index);
  const skip = perPage === Infinity ? 0 : (page - 1) * perPage;
  const untested =
    queries.length === 1 && natural && isOnlyAfter(queries[0] ?? null, [idName, `me.${idName}`]);
  const rows: Row[] = [];
  let total = 0;
  for (let at = start; at < table.length; at += 1) {
    if (rows.length >= perPage && (!needsTotal || untested || queries.length === 0)) {
      total += table.length - at;
      break;
    }
    const row = table.at(index === null ? at : (index[at] ?? 0));
    if (condition(row) !== true) continue;
    if (total >= skip && rows.length < perPage) rows.push(row);
    total += 1;
  }
  return { rows, total };
}
