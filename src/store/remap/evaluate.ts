/** The long part of a re-mapping: reads everything once and notes what differs, while others read and write. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { throwIfCancelled } from "../../domain/problem.ts";
import type { Sets } from "../sets.ts";
import type { Sql } from "../sql.ts";
import type { CreditBook } from "./credits.ts";
import type { Decide, DecidedRecord } from "./decide.ts";
import { forget, note } from "./moved.ts";
import { scan } from "./scan.ts";
import type { Scanned } from "./scan.ts";
import type { RemapOptions } from "./types.ts";

/** What is counted on the way: whole titles and copies by the set that they stand under before. */
export interface Looked {
  titles: number;
  items: number;
  readonly shownTitles: Map<number, number>;
  readonly shownItems: Map<number, number>;
}

export interface Evaluation {
  /** The connection that reads, with the tables of `moved.ts`. */
  readonly sql: Sql;
  readonly site: string;
  readonly sets: Sets;
  readonly book: CreditBook;
  readonly decide: Decide;
  readonly needsFunds: boolean;
}

/** Each batch is a snapshot of its own: one held for all of it would let the log of the store grow without end. */
export async function evaluateAll(
  { sql, site, sets, book, decide, needsFunds }: Evaluation,
  { signal, onProgress }: RemapOptions,
): Promise<Looked> {
  const looked: Looked = { titles: 0, items: 0, shownTitles: new Map(), shownItems: new Map() };
  for (let last = 0; ;) {
    sql.exec("BEGIN");
    const scanned = scan(sql, site, last, Number.MAX_SAFE_INTEGER, needsFunds);
    for (const one of scanned) {
      const decided = decide(one, sql, sets);
      count(looked, one, decided);
      if (decided !== null) note(sql, book, one, decided);
    }
    sql.exec("COMMIT");
    const final = scanned.at(-1);
    if (final === undefined) return looked;
    last = final.row.id;
    onProgress?.(looked.titles);
    await nextTurn();
    if (signal !== undefined) throwIfCancelled(signal);
  }
}

/** Once more, as `source` has them now. */
export function evaluateAgain(
  { sql, site, book, decide, needsFunds }: Evaluation,
  source: Sql,
  sets: Sets,
  recordIds: readonly number[],
): void {
  sql.exec("BEGIN");
  for (const id of recordIds) {
    forget(sql, id);
    for (const one of scan(source, site, id - 1, id, needsFunds)) {
      const decided = decide(one, source, sets);
      if (decided !== null) note(sql, book, one, decided);
    }
  }
  sql.exec("COMMIT");
}

function count(looked: Looked, { row, items }: Scanned, decided: DecidedRecord | null): void {
  looked.titles++;
  looked.items += items.length;
  if (row.deletedAt !== null || row.suppressed !== 0) return;
  increase(looked.shownTitles, decided?.from ?? row.titleSetId);
  for (const item of items) {
    if (item.deletedAt !== null || item.withdrawn !== 0) continue;
    const from = decided?.items.find((one) => one.item === item)?.from ?? item.setId;
    increase(looked.shownItems, from);
  }
}

function increase(counts: Map<number, number>, set: number): void {
  counts.set(set, (counts.get(set) ?? 0) + 1);
}
