/** What packages cost, from a CSV file with the columns package, from, to, amount, currency. */
import { tryDay } from "../../src/domain/time.ts";
import type { CalendarDay } from "../../src/domain/time.ts";
import { minorDigits } from "../../src/domain/money.ts";
import type { Message } from "../../src/kit/contract.ts";
import { decodeText, headerOf, parseCsv, readBytes } from "../../src/kit/delimited/index.ts";
import type { Row } from "../../src/kit/delimited/index.ts";

const columns = ["package", "from", "to", "amount"] as const;

/**
 * A fact for each row: the package by its id or name, first and last day, amount with a point or a comma before its
 * minor units, currency (ISO 4217; that of the library where the column is absent or empty). The same package and
 * days again replace the amount. A row that cannot be read is a `bad` message. Throws ConfigError when the file cannot
 * be read, DataError for broken CSV.
 */
export async function* importCosts(
  file: string,
  options: { readonly currency: string; readonly stdin?: AsyncIterable<Uint8Array> },
): AsyncGenerator<Message> {
  const at = file === "-" ? "standard input" : file;
  const { text } = decodeText(await readBytes(file, options.stdin));
  const [heading, ...rows] = parseCsv(text, at);
  const header = headerOf(heading?.cells ?? []);
  const missing = columns.filter((name) => !header.has(name));
  if (missing.length > 0) {
    const what = `the first line names no column ${missing.join(", ")}`;
    const cure = "begin the file with package,from,to,amount,currency";
    const raw = Buffer.from((heading?.cells ?? []).join(","));
    const problem = { code: "COSTS_HEADING", what, where: at, cure };
    yield { type: "bad", kind: "package-cost", raw, problem, origin: { at, record: 1 } };
  } else for (const row of rows) yield messageOf(row, header, options.currency, at);
  yield { type: "page" };
}

function messageOf(row: Row, header: ReadonlyMap<string, number>, usual: string, at: string): Message {
  const cell = (name: string): string => (row.cells[header.get(name) ?? -1] ?? "").trim();
  const origin = { at, record: row.line };
  const bad = (what: string, cure: string): Message => ({
    type: "bad",
    kind: "package-cost",
    raw: Buffer.from(row.cells.join(",")),
    problem: { code: "COSTS_ROW", what, where: `${at}:${row.line}`, cure },
    origin,
  });
  const packageId = cell("package");
  const [from, to] = [tryDay(cell("from")), tryDay(cell("to"))];
  const currency = cell("currency") === "" ? usual : cell("currency").toUpperCase();
  if (packageId === "") return bad("the row names no package", "give its id or its name");
  if (from === null) return bad(`"${cell("from")}" is no day`, "write the first day as 2026-01-01");
  if (to === null) return bad(`"${cell("to")}" is no day`, "write the last day as 2026-12-31");
  if (to < from) return bad(`${to} lies before ${from}`, "exchange the two days");
  if (!Intl.supportedValuesOf("currency").includes(currency))
    return bad(`"${currency}" is no currency`, "write its three letters, such as EUR");
  const amountMinor = minorUnits(cell("amount"), currency);
  if (amountMinor === null) return bad(`"${cell("amount")}" is no amount`, "write digits, such as 1200.00");
  return { type: "fact", fact: { ...keyOf(packageId, from, to), amountMinor, currency }, origin };
}

function keyOf(packageId: string, from: CalendarDay, to: CalendarDay) {
  return { kind: "package-cost", id: `${packageId}|${from}|${to}`, packageId, from, to } as const;
}

/** `1200`, `1,200.00`, `1.200,00`, `1200,5`: never a fraction of a minor unit, never a float. Null for anything else. */
function minorUnits(text: string, currency: string): number | null {
  const digits = minorDigits(currency);
  const match = /^(\d+|\d{1,3}(?:([.,' ])\d{3})(?:\2\d{3})*)(?:[.,](\d*))?$/.exec(text);
  if (match?.[1] === undefined) return null;
  const whole = match[1].replace(/\D/g, "");
  const rest = match[3] ?? "";
  if (rest.length > digits) return null;
  const minor = Number(`${whole}${rest.padEnd(digits, "0")}`);
  return Number.isSafeInteger(minor) ? minor : null;
}
