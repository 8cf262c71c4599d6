/**
 * Koha's query language for lists, `q`: JSON in the manner of SQL::Abstract, with SQL's three-valued logic
 * (null = unknown). Behaviour as observed, surprises included: `{"a":{"!=":[1,2]}}` is always true.
 */
import type { Json } from "../../src/domain/json.ts";
import { localText, offsetMinutes } from "./clock.ts";

export interface Field<Row> {
  readonly name: string;
  /** A moment is compared as local text, a day as its midnight. */
  readonly kind: "value" | "day" | "moment";
  readonly get: (row: Row) => unknown;
}

/** What the answer to a bad query is; `database` is anything that only fails in SQL. */
export class QueryError extends Error {
  readonly kind: "operator" | "database";

  constructor(kind: "operator" | "database", message: string) {
    super(message);
    this.kind = kind;
  }
}

export interface QueryOptions<Row> {
  /** Finds the column of a key such as `me.item_id`; null when SQL would know none, or two. */
  readonly resolve: (key: string) => Field<Row> | null;
  /** From 24.05 on an operator that is not on the list is refused before it reaches SQL. */
  readonly checksOperators: boolean;
}

type Truth = boolean | null;
export type Condition<Row> = (row: Row) => Truth;

const operators = new Set([
  ..."= != < > <= >= -in -not_in -between -not_between -ident -bool -not_bool".split(" "),
  ..."like -like -not_like -regexp -not -and -or".split(" "),
]);

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

function every<Row>(conditions: readonly Condition<Row>[]): Condition<Row> {
  return (row) => {
    let truth: Truth = true;
    for (const condition of conditions) {
      const one = condition(row);
      if (one === false) return false;
      if (one === null) truth = null;
    }
    return truth;
  };
}

function some<Row>(conditions: readonly Condition<Row>[]): Condition<Row> {
  return (row) => {
    let truth: Truth = false;
    for (const condition of conditions) {
      const one = condition(row);
      if (one === true) return true;
      if (one === null) truth = null;
    }
    return truth;
  };
}

function not<Row>(condition: Condition<Row>): Condition<Row> {
  return (row) => {
    const truth = condition(row);
    return truth === null ? null : !truth;
  };
}

/** The WHERE of one `q`. Throws QueryError. */
export function compileQuery<Row>(query: Json, options: QueryOptions<Row>, isTop = true): Condition<Row> {
  if (isList(query)) return some(query.map((part) => compileQuery(part, options, false)));
  if (!isObject(query)) throw new QueryError("database", "a query is an object or an array");
  return every(
    Object.entries(query).map(([key, value]) => {
      if (key === "-and" || key === "-or") {
        const parts = isList(value)
          ? value
          : Object.entries(isObject(value) ? value : {}).map(([k, v]) => ({ [k]: v }));
        const conditions = parts.map((part) => compileQuery(part, options, false));
        return key === "-and" ? every(conditions) : some(conditions);
      }
      if (key === "-not") return not(compileQuery(value, options, false));
      const field = options.resolve(key);
      if (field === null) throw new QueryError("database", `Unknown column '${key}' in 'where clause'`);
      // Only a plain key at the top gets its moment converted from its own offset to the library's time.
      return compare(field, value, options, isTop && !key.includes("."));
    }),
  );
}

function compare<Row>(
  field: Field<Row>,
  value: Json,
  options: QueryOptions<Row>,
  converts: boolean,
): Condition<Row> {
  if (isList(value)) {
    const [head, ...rest] = value;
    if (head === "-and") return every(rest.map((part) => compare(field, part, options, false)));
    const parts = head === "-or" ? rest : value;
    return some(parts.map((part) => compare(field, part, options, false)));
  }
  if (!isObject(value)) return operate(field, "=", value, converts);
  return every(
    Object.entries(value).map(([operator, operand]) => {
      if (!operators.has(operator) && options.checksOperators)
        throw new QueryError("operator", `Invalid operator '${operator}'`);
      return operate(field, operator, operand, converts);
    }),
  );
}

function operate<Row>(field: Field<Row>, operator: string, operand: Json, converts: boolean): Condition<Row> {
  const single = (one: Json, test: (order: number) => boolean): Condition<Row> => {
    const right = comparable(field, one, converts);
    return (row) => {
      const order = orderOf(left(field, row), right);
      return order === null ? null : test(order);
    };
  };
  const listed = (): Condition<Row> => {
    const values = isList(operand) ? operand : [operand];
    if (values.includes(null)) throw new QueryError("database", "null inside a list");
    return some(values.map((one) => single(one, (order) => order === 0)));
  };
  const tests: Readonly<Record<string, (order: number) => boolean>> = {
    "=": (order) => order === 0,
    "!=": (order) => order !== 0,
    "<": (order) => order < 0,
    ">": (order) => order > 0,
    "<=": (order) => order <= 0,
    ">=": (order) => order >= 0,
  };
  const test = tests[operator];
  if (test !== undefined) {
    if (operand === null && operator === "=") return (row) => left(field, row) === null;
    if (operand === null && operator === "!=") return (row) => left(field, row) !== null;
    return isList(operand) ? some(operand.map((one) => single(one, test))) : single(operand, test);
  }
  switch (operator) {
    case "-in":
      return listed();
    case "-not_in":
      return not(listed());
    case "-between":
    case "-not_between": {
      const [from, to] = isList(operand) ? operand : [];
      if (from === undefined || to === undefined)
        throw new QueryError("database", "between wants two values");
      const inside = every([single(from, (order) => order >= 0), single(to, (order) => order <= 0)]);
      return operator === "-between" ? inside : not(inside);
    }
    case "like":
    case "-like":
    case "-not_like": {
      if (typeof operand === "object") throw new QueryError("database", "like wants one text");
      const pattern = new RegExp(
        `^${String(operand)
          .replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")
          .replaceAll("%", ".*")
          .replaceAll("_", ".")}$`,
        "isu",
      );
      const matches: Condition<Row> = (row) => {
        const value = field.kind === "moment" ? momentText(field, row) : field.get(row);
        return value === null || value === undefined ? null : pattern.test(String(value));
      };
      return operator === "-not_like" ? not(matches) : matches;
    }
    case "-bool":
    case "-not_bool": {
      const truthy: Condition<Row> = (row) => {
        const value = left(field, row);
        return value === null ? null : Number(value) !== 0;
      };
      return operator === "-bool" ? truthy : not(truthy);
    }
    default:
      throw new QueryError("database", `the double does not know the operator '${operator}'`);
  }
}

/** The stored value as SQL sees it. */
function left<Row>(field: Field<Row>, row: Row): string | number | null {
  const value = field.get(row);
  if (value === null || value === undefined) return null;
  if (field.kind === "moment") return wallClock(Number(value));
  if (field.kind === "day") return wallText(`${String(value)} 00:00:00`);
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "number" ? value : String(value);
}

function comparable<Row>(field: Field<Row>, value: Json, converts: boolean): string | number | null {
  if (value === null) return null;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "object")
    throw new QueryError("database", `a list or object where '${field.name}' wants a value`);
  if (field.kind === "value") return typeof value === "number" ? value : String(value);
  const text = String(value);
  if (converts && field.kind === "moment" && /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/i.test(text)) {
    const at = Date.parse(text);
    if (Number.isNaN(at)) throw new QueryError("database", `'${text}' is no date`);
    return wallClock(at);
  }
  // MariaDB reads date and clock, warns about the offset, and goes on without it.
  return wallText(text);
}

/** Local time as a number of seconds that grows as its text does. */
const wallClock = (at: number): number => Math.floor(at / 1000) + offsetMinutes(at) * 60;

function wallText(text: string): number {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d:\d\d))?/.exec(text);
  return match === null ? 0 : Date.parse(`${match[1] ?? ""}T${match[2] ?? "00:00:00"}Z`) / 1000;
}

function momentText<Row>(field: Field<Row>, row: Row): string | null {
  const at = field.get(row);
  return typeof at === "number" ? localText(at) : null;
}

function orderOf(a: string | number | null, b: string | number | null): number | null {
  if (a === null || b === null) return null;
  if (typeof a === "number" || typeof b === "number") {
    const [x, y] = [Number(a), Number(b)];
    return Number.isNaN(x) || Number.isNaN(y) ? null : x - y;
  }
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** What every row must satisfy: the parts that are joined by AND. What is joined otherwise has the key `-other`. */
export function conjuncts(query: Json): (readonly [key: string, value: Json])[] {
  if (!isObject(query)) return [["-other", query]];
  return Object.entries(query).flatMap(([key, value]): (readonly [string, Json])[] => {
    if (key === "-and" && isList(value)) return value.flatMap((part) => conjuncts(part));
    return [[key.startsWith("-") ? "-other" : key, value]];
  });
}

/** The `x` of `{ ">": x }` or `{ ">=": x }`, which is all there is; else undefined. */
export function lowerBound(value: Json): Json | undefined {
  if (!isObject(value) || Object.keys(value).length !== 1) return undefined;
  return value[">"] ?? value[">="];
}

export interface IdBounds {
  /** Ids above it, up to and with `until`. */
  readonly after: number;
  readonly until: number;
  /** What else is asked; null: nothing. */
  readonly rest: Json | null;
}

/** Takes the bounds of the id out of what must be so of every row; `names`: by which the id goes. */
export function idBounds(query: Json, names: readonly string[]): IdBounds {
  if (!isObject(query)) return { after: -Infinity, until: Infinity, rest: query };
  let [after, until] = [-Infinity, Infinity];
  const narrow = (bounds: Pick<IdBounds, "after" | "until">): void => {
    after = Math.max(after, bounds.after);
    until = Math.min(until, bounds.until);
  };
  const rest = Object.entries(query).flatMap(([key, value]): [string, Json][] => {
    if (names.includes(key)) {
      const bounds = boundsIn(value);
      if (bounds === null) return [[key, value]];
      narrow(bounds);
      return [];
    }
    if (key !== "-and" || !isList(value)) return [[key, value]];
    const parts = value.map((part) => idBounds(part, names));
    parts.forEach(narrow);
    const left = parts.flatMap((part) => (part.rest === null ? [] : [part.rest]));
    return left.length === 0 ? [] : [[key, left]];
  });
  return { after, until, rest: rest.length === 0 ? null : Object.fromEntries(rest) };
}

function boundsIn(value: Json): Pick<IdBounds, "after" | "until"> | null {
  if (!isObject(value)) return null;
  let [after, until] = [-Infinity, Infinity];
  for (const [operator, bound] of Object.entries(value)) {
    if (typeof bound !== "number") return null;
    if (operator === ">") after = Math.max(after, Math.floor(bound));
    else if (operator === ">=") after = Math.max(after, Math.ceil(bound) - 1);
    else if (operator === "<=") until = Math.min(until, Math.floor(bound));
    else if (operator === "<") until = Math.min(until, Math.ceil(bound) - 1);
    else return null;
  }
  return { after, until };
}
