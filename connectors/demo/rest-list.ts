/** One list endpoint of Koha's REST API: parameters, query, order, page, headers, and its checks in Koha's order. */
import type { Json } from "../../src/domain/json.ts";
import { localOffsetText } from "./clock.ts";
import { internalError, json, Refused, schemaError } from "./http.ts";
import type { Answer, Call } from "./http.ts";
import { select } from "./listing.ts";
import type { Order } from "./listing.ts";
import type { Table } from "./model.ts";
import { compileQuery, QueryError } from "./query.ts";
import type { Condition, Field } from "./query.ts";
import { isAtLeast } from "./version.ts";
import type { KohaVersion } from "./version.ts";

const common = ["_page", "_per_page", "_match", "_order_by", "_order_by[]", "q"];
const defaultPageSize = 20;

export interface ListSpec<Row> {
  readonly table: Table<Row>;
  readonly fields: readonly Field<Row>[];
  /** API name of the key. */
  readonly idName: string;
  /** Columns that can be asked for as plain parameters, with `_match`. */
  readonly filters?: readonly string[];
  /** Parameters that the endpoint reads by itself. */
  readonly parameters?: readonly string[];
  /** Null: the operation declares none. */
  readonly embeds?: readonly string[] | null;
  readonly declaresRequestId?: boolean;
  /** Overrides how a key of `q` is understood. */
  readonly resolve?: (key: string) => Field<Row> | null;
  readonly resolveOrder?: (key: string) => Field<Row> | null;
  readonly sendsTotals?: boolean;
  /** What an exception outside the controller's own care looks like. */
  readonly failure?: () => Refused;
}

export interface Listed<Row> {
  readonly rows: readonly Row[];
  readonly embeds: readonly string[];
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
}

/** The row as the API shows it. */
export function render<Row>(fields: readonly Field<Row>[], row: Row): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const { name, kind, get } of fields) {
    const value = get(row);
    shown[name] = kind === "moment" && typeof value === "number" ? localOffsetText(value) : value;
  }
  return shown;
}

/** Throws Refused for whatever Koha would not answer. */
export function list<Row>(call: Call, version: KohaVersion, spec: ListSpec<Row>): Listed<Row> {
  const { table, fields, idName, failure = internalError } = spec;
  checkParameters(call, [...common, ...(spec.filters ?? []), ...(spec.parameters ?? [])]);
  const headers: Record<string, string | readonly string[]> = {};
  if (spec.declaresRequestId === true) Object.assign(headers, requestId(call));
  const embeds = embedded(call, spec.embeds ?? null);
  const page = whole(call, "_page") ?? 1;
  const perPage = pageSize(call, version, failure);
  const byName = new Map(fields.map((field) => [field.name, field]));
  const plain = (key: string) => byName.get(key.startsWith("me.") ? key.slice(3) : key) ?? null;
  const queries = queriesOf(call, failure);
  const named = namedFilters(call, spec.filters ?? [], byName);
  try {
    const compile = (query: Json): Condition<Row> =>
      compileQuery(query, { resolve: spec.resolve ?? plain, checksOperators: isAtLeast(version, "24.05") });
    const conditions = queries.map(compile);
    const all = [...conditions, ...named];
    const selected = select({
      table,
      idName,
      queries: named.length === 0 ? queries : [...queries, null], // null: a part that no index knows
      condition: (row) => all.every((condition) => condition(row) === true),
      compile: named.length === 0 ? compile : null,
      order: ordersOf(call, spec.resolveOrder ?? plain),
      page,
      perPage,
      needsTotal: spec.sendsTotals !== false,
    });
    if (spec.sendsTotals !== false) {
      headers["X-Total-Count"] = String(selected.total);
      headers["X-Base-Total-Count"] = String(table.length);
      headers["Link"] = links(call, version, page, perPage, selected.total);
    }
    return { rows: selected.rows, embeds, headers };
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    // Koha builds this message with printf: the body holds the number that printf returns.
    if (error.kind === "operator") throw new Refused(json(400, { error: 1, error_code: "invalid_query" }));
    throw failure();
  }
}

/** The usual end: every row rendered. */
export function answerList<Row>(
  { rows, embeds, headers }: Listed<Row>,
  fields: readonly Field<Row>[],
  extend: (row: Row, embeds: readonly string[]) => object = () => ({}),
): Answer {
  const bodies = rows.map((row) => ({ ...render(fields, row), ...extend(row, embeds) }));
  return json(200, bodies, headers);
}

export function checkParameters(call: Call, known: readonly string[]): void {
  const unknown = [...new Set(call.query.keys())].filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const faults = unknown.map((name) => ({ message: "Malformed query string", path: `/query/${name}` }));
  throw new Refused(json(400, faults, {}, "application/json; charset=utf8"));
}

/** Operations that produce JSON alone accept what JSON fits, and refuse the rest with 400. */
export function checkAccept(call: Call): void {
  const accept = call.headers["accept"];
  if (accept === undefined || accept === "") return;
  const types = accept.split(",").map((type) => type.split(";")[0]?.trim());
  if (types.some((type) => ["*/*", "application/*", "application/json"].includes(type ?? ""))) return;
  throw schemaError("/header/Accept", `Expected application/json - got ${accept}.`);
}

function requestId(call: Call): Readonly<Record<string, string>> {
  const id = call.headers["x-koha-request-id"];
  if (id === undefined) return {};
  if (!/^-?\d+$/.test(id)) throw schemaError("/x-koha-request-id", "Expected integer - got string.");
  return { "x-koha-request-id": id };
}

export function embedded(call: Call, allowed: readonly string[] | null): readonly string[] {
  const wanted = call.headers["x-koha-embed"];
  if (wanted === undefined || wanted === "") return [];
  if (allowed === null)
    throw new Refused(json(400, { error: "Embedding objects is not allowed on this endpoint." }));
  const names = wanted.split(",").map((name) => name.trim());
  const wrong = names.findIndex((name) => !allowed.includes(name));
  if (wrong >= 0)
    throw schemaError(`/x-koha-embed/${String(wrong)}`, `Not in enum list: ${allowed.join(", ")}.`);
  return names;
}

function whole(call: Call, name: string): number | null {
  const text = call.query.get(name);
  if (text === null) return null;
  if (!/^-?\d+$/.test(text)) throw schemaError(`/${name}`, "Expected integer - got string.");
  return Number(text);
}

function pageSize(call: Call, version: KohaVersion, failure: () => Refused): number {
  const size = whole(call, "_per_page") ?? defaultPageSize;
  if (size === -1) return Infinity;
  if (size > 0) return size;
  // Bug 35129; a division by zero before.
  if (!isAtLeast(version, "24.05")) throw failure();
  throw new Refused(json(400, { error: `Invalid value for _per_page: ${String(size)}` }));
}

function queriesOf(call: Call, failure: () => Refused): Json[] {
  return call.query.getAll("q").map((text) => {
    try {
      return JSON.parse(text) as Json;
    } catch (error) {
      if (error instanceof SyntaxError) throw failure();
      throw error;
    }
  });
}

function namedFilters<Row>(call: Call, names: readonly string[], fields: ReadonlyMap<string, Field<Row>>) {
  const match = call.query.get("_match") ?? "contains";
  if (!["contains", "exact", "starts_with", "ends_with"].includes(match))
    throw schemaError("/_match", "Not in enum list: contains, exact, starts_with, ends_with.");
  return names.flatMap((name) => {
    const wanted = call.query.get(name)?.toLowerCase();
    const field = fields.get(name);
    if (wanted === undefined || field === undefined) return [];
    return [
      (row: Row): boolean => {
        const value = field.get(row);
        if (value === null || value === undefined) return false;
        const text = String(value).toLowerCase();
        if (match === "exact") return text === wanted;
        if (match === "starts_with") return text.startsWith(wanted);
        return match === "ends_with" ? text.endsWith(wanted) : text.includes(wanted);
      },
    ];
  });
}

function ordersOf<Row>(call: Call, resolve: (key: string) => Field<Row> | null): Order<Row>[] {
  return [...call.query.getAll("_order_by"), ...call.query.getAll("_order_by[]")]
    .flatMap((text) => text.split(","))
    .map((text) => {
      const key = text.trim().replace(/^[+-]/, "");
      const field = resolve(key);
      if (field === null) throw new QueryError("database", `Unknown column '${key}' in 'order clause'`);
      return { field, descending: text.trim().startsWith("-") };
    });
}

/** RFC 5988, as the backend saw its own address: several headers from 24.05 on, one before. */
function links(call: Call, version: KohaVersion, page: number, perPage: number, total: number) {
  const last = perPage === Infinity ? 1 : Math.max(1, Math.ceil(total / perPage));
  const to = (target: number, rel: string): string => {
    const query = new URLSearchParams(call.query);
    query.set("_page", String(target));
    if (perPage !== Infinity) query.set("_per_page", String(perPage));
    return `<${call.base}${call.path}?${query.toString()}>; rel="${rel}"`;
  };
  const all = [
    ...(page > 1 ? [to(page - 1, "prev")] : []),
    ...(page < last ? [to(page + 1, "next")] : []),
    to(1, "first"),
    to(last, "last"),
  ];
  return isAtLeast(version, "24.05") ? all : all.join(",");
}
