/** Filter, order, page: what Koha's `objects->search` does with a table. */
import type { Json } from "../../src/domain/json.ts";
import type { Table } from "./model.ts";
import { conjuncts, idBounds, lowerBound } from "./query.ts";
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
  /** A part of the queries by itself; null where they are not all that is asked. */
  readonly compile: ((query: Json) => Condition<Row>) | null;
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
  const keys = order.map(({ field }) => keysOf(table, field));
  const rows = Uint32Array.from({ length: table.length }, (_, index) => index).sort((a, b) => {
    for (const [position, { descending }] of order.entries()) {
      const [x, y] = [keys[position]?.[a] ?? null, keys[position]?.[b] ?? null];
      const difference = x === y ? 0 : x === null ? -1 : y === null ? 1 : x < y ? -1 : 1;
      if (difference !== 0) return descending ? -difference : difference;
    }
    return a - b;
  });
  known.set(key, { revision: table.revision, rows });
  return rows;
}

/** What a column is sorted by; compact for moments and numbers, of which there may be millions. */
function keysOf<Row>(table: Table<Row>, field: Field<Row>): ArrayLike<number | string | null> {
  if (field.kind !== "moment")
    return Array.from({ length: table.length }, (_, index) => sortable(field.get(table.at(index))));
  return Float64Array.from({ length: table.length }, (_, index) =>
    Number(field.get(table.at(index)) ?? Number.NEGATIVE_INFINITY),
  );
}

function sortable(value: unknown): number | string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return value;
  return typeof value === "boolean" ? Number(value) : String(value).toLowerCase();
}

interface Start {
  /** Position in the order. */
  readonly at: number;
  /** Position from which on every row fits, untested; the length if that is not known. */
  readonly sure: number;
}

const day = 86_400_000;

/** Where to begin, when the query asks for what comes after a value of the first order: what an index is for. */
function startOf<Row>({ table, queries, order }: Selection<Row>, index: Uint32Array): Start {
  const [first] = order;
  const parts = queries.flatMap(conjuncts);
  const bounds = parts.map(([key, value]) =>
    key === first?.field.name || key === `me.${first?.field.name ?? ""}` ? lowerBound(value) : undefined,
  );
  const known = bounds.filter((bound) => bound !== undefined);
  const isAll = known.length === parts.length;
  const moments = known.map((bound) => Date.parse(String(bound))).filter((moment) => !Number.isNaN(moment));
  if (first === undefined || first.descending || first.field.kind !== "moment" || moments.length === 0)
    return { at: 0, sure: parts.length === 0 ? 0 : table.length };
  // A day to either side: the text is compared without its offset, and an hour may come twice.
  const bound = Math.max(...moments);
  const position = (moment: number) => positionOf(table, index, first.field, moment);
  return { at: position(bound - day), sure: isAll ? position(bound + day) : table.length };
}

function positionOf<Row>(table: Table<Row>, index: Uint32Array, field: Field<Row>, moment: number): number {
  let [low, high] = [0, index.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Number(field.get(table.at(index[middle] ?? 0)) ?? -Infinity) >= moment) high = middle;
    else low = middle + 1;
  }
  return low;
}

interface Count {
  readonly revision: number;
  /** How many of the rows before each position fit. */
  readonly before: Uint32Array;
}

/** The last few questions of a table: whoever pages through it asks the same again. */
const keptCounts = 4;
const counts = new WeakMap<object, Map<string, Count>>();

/** How many rows before each position fit, whatever their id. */
function countsBefore<Row>(
  table: Table<Row>,
  rest: readonly Json[],
  compile: (query: Json) => Condition<Row>,
): Uint32Array {
  const key = JSON.stringify(rest);
  const known = counts.get(table) ?? new Map<string, Count>();
  counts.set(table, known);
  const found = known.get(key);
  if (found?.revision === table.revision) return found.before;
  const conditions = rest.map(compile);
  const before = new Uint32Array(table.length + 1);
  for (let at = 0; at < table.length; at += 1) {
    const row = table.at(at);
    const fits = conditions.every((condition) => condition(row) === true);
    before[at + 1] = (before[at] ?? 0) + Number(fits);
  }
  const [oldest] = known.keys();
  if (known.size >= keptCounts && oldest !== undefined) known.delete(oldest);
  known.set(key, { revision: table.revision, before });
  return before;
}

/** By ascending id, from bound to bound, without a look at what lies outside. */
function selectById<Row>(selection: Selection<Row>, compile: (query: Json) => Condition<Row>): Selected<Row> {
  const { table, idName, queries, condition, page, perPage, needsTotal } = selection;
  const bounds = queries.map((query) => idBounds(query, [idName, `me.${idName}`]));
  const from = table.after(Math.max(0, ...bounds.map(({ after }) => after)));
  const end = Math.max(from, table.after(Math.min(Infinity, ...bounds.map(({ until }) => until))));
  const rest = bounds.flatMap((bound) => (bound.rest === null ? [] : [bound.rest]));
  let skip = perPage === Infinity ? 0 : (page - 1) * perPage;
  const rows: Row[] = [];
  for (let at = from; at < end && rows.length < perPage; at += 1) {
    const row = table.at(at);
    if (condition(row) !== true) continue;
    if (skip > 0) skip -= 1;
    else rows.push(row);
  }
  if (!needsTotal) return { rows, total: rows.length };
  if (rest.length === 0) return { rows, total: end - from };
  const before = countsBefore(table, rest, compile);
  return { rows, total: (before[end] ?? 0) - (before[from] ?? 0) };
}

export function select<Row>(selection: Selection<Row>): Selected<Row> {
  const { table, idName, condition, compile, order, page, perPage, needsTotal } = selection;
  const [only] = order.length <= 1 ? order : [];
  const natural = order.length === 0 || (only?.field.name === idName && !only.descending);
  if (natural && compile !== null) return selectById(selection, compile);
  const index = natural ? null : sortedIndex(table, order);
  const start = index === null ? { at: 0, sure: table.length } : startOf(selection, index);
  const skip = perPage === Infinity ? 0 : (page - 1) * perPage;
  const rows: Row[] = [];
  let total = 0;
  for (let at = start.at; at < table.length; at += 1) {
    if (rows.length >= perPage && (!needsTotal || at >= start.sure)) {
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
