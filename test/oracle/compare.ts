/** Figures of ours beside those of the SQL, cell by cell. */
import type { Json } from "../../src/domain/json.ts";
import { getMeasure, runMeasure } from "../../src/measures/index.ts";
import type { By, MeasureAnswer, MeasureRequest } from "../../src/measures/index.ts";
import type { Reader } from "../../src/store/index.ts";
import type { OracleCase } from "./cases.ts";
import type { SqlRow } from "./mariadb.ts";

export interface Difference {
  readonly measure: string;
  readonly period: string;
  /** A department, `library:MAIN`, or `all`. */
  readonly subject: string;
  readonly ours: Json;
  readonly sql: Json;
}

export interface Comparison {
  readonly cells: number;
  /** Of them, those that are more than nothing. */
  readonly told: number;
  readonly differences: readonly Difference[];
}

/** What the SQL says, by period and by subject. */
export type Expected = ReadonlyMap<string, ReadonlyMap<string, { readonly [part: string]: Json }>>;

/** Rows of word, subject and either numerator and denominator, or value; `detail.x` is told beside it. */
export function expectedOf(rows: readonly SqlRow[]): Expected {
  const found = new Map<string, Map<string, Record<string, Json>>>();
  for (const { word, subject, numerator, denominator, value, ...details } of rows) {
    const parts: Record<string, Json> = {};
    for (const [name, text] of Object.entries(details)) parts[name] = readJson(text);
    parts["value"] = denominator === undefined ? readJson(value ?? null) : quotient(numerator, denominator);
    const ofPeriod = found.get(word ?? "") ?? new Map<string, Record<string, Json>>();
    found.set(word ?? "", ofPeriod.set(subject ?? "", parts));
  }
  return found;
}

/** Whole numbers, however many digits, are divided as such: as exact as a number can be. */
function quotient(numerator: string | null | undefined, denominator: string | null): number | null {
  if (numerator === null || numerator === undefined || denominator === null) return null;
  if (Number(denominator) === 0) return null;
  if (!/^-?\d+$/.test(numerator) || !/^-?\d+$/.test(denominator))
    return Number(numerator) / Number(denominator);
  const [n, d] = [BigInt(numerator), BigInt(denominator)];
  return Number(n / d) + Number(n % d) / Number(d);
}

function readJson(text: string | null): Json {
  return text === null ? null : (JSON.parse(text) as Json);
}

/** Whole numbers must be equal; others to the last digits that a computer's number has. */
export function isSame(ours: Json, sql: Json): boolean {
  if (typeof ours === "number" && typeof sql === "number")
    return ours === sql || Math.abs(ours - sql) <= 1e-9 * Math.max(1e-3, Math.abs(sql));
  if (Array.isArray(ours) && Array.isArray(sql))
    return ours.length === sql.length && ours.every((part, index) => isSame(part, sql[index] ?? null));
  if (isObject(ours) && isObject(sql))
    return [...new Set([...Object.keys(ours), ...Object.keys(sql)])].every((key) =>
      isSame(ours[key] ?? null, sql[key] ?? null),
    );
  return ours === sql;
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Every department and the library, and by library where the measure can be told so. */
export async function compareMeasure(
  reader: Reader,
  { measure, nothing, parameters }: OracleCase,
  requests: ReadonlyMap<string, MeasureRequest>,
  expected: Expected,
): Promise<Comparison> {
  const { by } = getMeasure(measure);
  const differences: Difference[] = [];
  let [cells, told] = [0, 0];
  for (const [word, request] of requests) {
    const wanted = expected.get(word) ?? new Map<string, { readonly [part: string]: Json }>();
    const seen = new Set<string>();
    const asked: Ask = (dimension) =>
      runMeasure(reader, measure, {
        ...request,
        ...(dimension !== null && { by: dimension }),
        ...(parameters !== undefined && { with: parameters }),
      });
    for (const [subject, figure] of await figuresOf(asked, by)) {
      seen.add(subject);
      cells += 1;
      if (figure.value !== null && !isSame(figure.value, nothing)) told += 1;
      // Nobody's share of what is nobody's: where the whole is unknown, so is every part.
      const parts = wanted.get(subject) ?? { value: wanted.size === 0 && nothing !== 0 ? null : nothing };
      for (const [name, sql] of Object.entries(parts)) {
        const ours = name === "value" ? figure.value : (figure.detail?.[name.slice(7)] ?? null);
        if (!isSame(ours, sql))
          differences.push({ measure, period: word, subject: named(subject, name), ours, sql });
      }
    }
    for (const [subject, parts] of wanted)
      if (
        (by.includes("library") || !subject.startsWith("library:")) &&
        !seen.has(subject) &&
        !isSame(parts["value"] ?? null, nothing)
      )
        differences.push({ measure, period: word, subject, ours: "no row", sql: parts["value"] ?? null });
  }
  return { cells, told, differences };
}

type Ask = (by: By | null) => Promise<MeasureAnswer>;
type Figure = Pick<MeasureAnswer["total"], "value" | "detail">;

async function figuresOf(ask: Ask, by: readonly By[]): Promise<Map<string, Figure>> {
  const found = new Map<string, Figure>();
  const answer = await ask(null);
  found.set("all", answer.total);
  for (const row of answer.rows) if (row.department !== undefined) found.set(row.department, row);
  if (by.includes("library")) {
    for (const row of (await ask("library")).rows)
      if (typeof row.library === "string") found.set(`library:${row.library}`, row);
  }
  return found;
}

const named = (subject: string, part: string): string => (part === "value" ? subject : `${subject}, ${part}`);
