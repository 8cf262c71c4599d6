/**
 * A worklist that comes back: the workbook with the decisions that a person wrote into it. All of it is taken or
 * nothing is: what cannot be read is told with sheet and cell.
 */
import { ConfigError, LiaisonError } from "../domain/problem.ts";
import type { Problem } from "../domain/problem.ts";
import { suggestion } from "../domain/spelling.ts";
import type { Instant } from "../domain/time.ts";
import { columnName, readXlsx } from "../kit/xlsx/index.ts";
import type { ReadSheet } from "../kit/xlsx/index.ts";
import { wordingsOf } from "../reports/locale/index.ts";
import type { OwnSentences } from "../reports/locale/index.ts";
import type { Store } from "../store/index.ts";
import { copyKey, decisions, readKnownCopies, storeDecisions } from "../store/queries/worklists/decisions.ts";
import type { KnownCopy, NewDecision } from "../store/queries/worklists/decisions.ts";
import type { FileRun } from "./import.ts";

export interface DecisionImport {
  readonly author: string;
  readonly now: Instant;
  /** What the library says otherwise, its headings among them. */
  readonly sentences: OwnSentences;
}

/** Throws ConfigError with every cell that cannot be used, as `Stacks!A7`; nothing is stored then. */
export async function importDecisions(
  store: Store,
  bytes: Uint8Array,
  file: string,
  { author, now, sentences }: DecisionImport,
): Promise<FileRun> {
  const problems: Problem[] = [];
  const rows = (await read(bytes, file)).flatMap((sheet) => rowsOf(sheet, file, sentences, problems));
  const known = await readKnownCopies(store, rows);
  const taken = new Map<string, Row>();
  for (const row of rows) {
    const problem = conflictOf(row, known.get(copyKey(row)), taken.get(copyKey(row)));
    if (problem === null) taken.set(copyKey(row), row);
    else problems.push(problem);
  }
  stopAt(problems);
  const fresh = [...taken.values()].map((row) => ({ ...row, decidedAt: now, author }));
  const { stored, unchanged } = await storeDecisions(store.db, store.site, fresh);
  const seen = fresh.length;
  const counts = { seen, stored, unchanged, deleted: 0, quarantined: 0, repaired: 0, warnings: 0 };
  return { file, ...counts, state: "ok", ...(seen === 0 && { message: "no row has a decision yet" }) };
}

interface Row extends NewDecision {
  readonly barcode: string | null;
  /** `file: Stacks!A7`. */
  readonly where: string;
}

async function read(bytes: Uint8Array, file: string): Promise<readonly ReadSheet[]> {
  try {
    return await readXlsx(bytes, file);
  } catch (error) {
    if (error instanceof LiaisonError) throw new ConfigError([error.problem]);
    throw error;
  }
}

/** Of a sheet that has a column for decisions; headings may stand in any order, and in any language of the reports. */
function rowsOf(sheet: ReadSheet, file: string, own: OwnSentences, problems: Problem[]): Row[] {
  const [head = [], ...body] = sheet.rows;
  const labels = head.map((cell) => textOf(cell).toLowerCase());
  const find = (column: "decision" | "note" | "item" | "barcode"): number =>
    labels.findIndex((label) => wordingsOf(`column.${column}`, own).has(label));
  const [decision, note, item, barcode] = [find("decision"), find("note"), find("item"), find("barcode")];
  if (decision < 0) return [];
  if (item < 0) {
    problems.push({
      code: "SHEET_COLUMN_MISSING",
      what: `the sheet "${sheet.name}" does not say which copies its rows are about`,
      where: file,
      cure: "begin with the workbook of the worklist and keep its last column",
    });
    return [];
  }
  const words = new Map(
    decisions.flatMap((word) => [
      [word as string, word] as const,
      ...[...wordingsOf(`decision.${word}`, own)].map((text) => [text, word] as const),
    ]),
  );
  return body.flatMap((cells, n): Row[] => {
    const at = (column: number): string => (column < 0 ? "" : textOf(cells[column] ?? null));
    const where = `${file}: ${sheet.name}!${columnName(decision)}${String(n + 2)}`;
    const [wanted, remark, copy] = [at(decision), at(note), at(item)];
    const refuse = (code: string, what: string, cure: string): [] => {
      problems.push({ code, what, where, cure });
      return [];
    };
    if (wanted === "" && remark === "") return [];
    if (wanted === "")
      return refuse(
        "DECISION_MISSING",
        `the row has the note "${remark}", but no decision`,
        `choose one of ${decisions.join(", ")}, or take the note out`,
      );
    const word = words.get(wanted.toLowerCase());
    if (word === undefined) {
      const meant = suggestion(wanted.toLowerCase(), [...words.keys()]);
      return refuse(
        "DECISION_UNKNOWN",
        `"${wanted}" is no decision`,
        meant === null ? `write one of ${decisions.join(", ")}` : `did you mean "${meant}"?`,
      );
    }
    const key = /^([^:]+):(.+)$/.exec(copy);
    if (key === null)
      return refuse(
        "COPY_MISSING",
        copy === "" ? "the row does not say which copy it is about" : `"${copy}" names no copy`,
        "keep the last column as the worklist wrote it",
      );
    const [, source = "", id = ""] = key;
    const shown = { barcode: at(barcode) === "" ? null : at(barcode), where };
    return [{ source, item: id, decision: word, note: remark === "" ? null : remark, ...shown }];
  });
}

/** A column sorted by itself puts decisions beside copies that they were not meant for: the barcode tells. */
function conflictOf(row: Row, known: KnownCopy | undefined, before: Row | undefined): Problem | null {
  const { where } = row;
  if (known === undefined)
    return {
      code: "COPY_UNKNOWN",
      what: `there is no copy "${row.source}:${row.item}" in the store`,
      where,
      cure: "keep the last column as the worklist wrote it",
    };
  if (row.barcode !== null && known.barcode !== null && row.barcode !== known.barcode)
    return {
      code: "COPY_MISMATCH",
      what: `the barcode ${row.barcode} is not that of the copy "${row.source}:${row.item}", which has ${known.barcode}`,
      where,
      why: "a column was sorted without the others, or the barcode has changed",
      cure: "put the row right, or begin with a new worklist",
    };
  if (before !== undefined && before.decision !== row.decision)
    return {
      code: "DECISION_TWICE",
      what: `the copy is decided twice: ${before.decision} and ${row.decision}`,
      where,
      why: `the other stands at ${before.where}`,
      cure: "keep one of them",
    };
  return null;
}

/** A column that slipped makes a problem of every row. */
const mostTold = 20;

function stopAt(problems: readonly Problem[]): void {
  const [first, ...rest] = problems.slice(0, mostTold);
  if (first === undefined) return;
  const left = problems.length - mostTold;
  const more = { code: "SHEET_MORE", what: `and ${String(left)} more like these` };
  throw new ConfigError([first, ...rest, ...(left > 0 ? [more] : [])]);
}

function textOf(cell: ReadSheet["rows"][number][number]): string {
  if (cell === null) return "";
  return (cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell)).trim();
}
