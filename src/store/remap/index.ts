/**
 * Decides everything anew from stored evidence, under a new mapping, without network. What differs is found first,
 * beside readers and writers; then one short transaction writes it, moves the roll-ups by difference and puts the
 * version in force, so that a reader sees the old mapping or the new one.
 */
import type { AppliedMapping } from "../mapping-version.ts";
import { activateMapping } from "../mapping-version.ts";
import { draftSetsOver } from "../sets.ts";
import type { DraftSets, Sets } from "../sets.ts";
import { sqlOver } from "../sql.ts";
import type { Sql } from "../sql.ts";
import { openDatabase } from "../sqlite.ts";
import { createCreditBook } from "./credits.ts";
import { createDecide } from "./decide.ts";
import { evaluateAgain, evaluateAll } from "./evaluate.ts";
import type { Evaluation, Looked } from "./evaluate.ts";
import { writeMoved } from "./flip.ts";
import { flowsOf } from "./flows.ts";
import type { Standing } from "./flows.ts";
import { movedTables, renumber } from "./moved.ts";
import { isReadSo, keepReading } from "./reading.ts";
import { keepSummary } from "./summary.ts";
import type { RemapCounts, RemapOptions, RemapRules } from "./types.ts";
import { beginWatch, clearTouched, endWatch, touchedRecords } from "./watch.ts";

export interface Writer {
  readonly sql: Sql;
  readonly sets: Sets;
  readonly site: string;
  readonly file: string;
  transaction<T>(work: () => T): Promise<T>;
}

/** So many records may wait for the last transaction; more are decided before it, while others write. */
const mostAtOnce = 1000;
const mostRounds = 10;

/** The caller sees to it that only one of these runs at a time. */
export async function remap(
  writer: Writer,
  rules: RemapRules,
  mapping: AppliedMapping,
  options: RemapOptions,
): Promise<RemapCounts> {
  const reader = openDatabase(writer.file, { readOnly: true });
  try {
    const sql = sqlOver(reader);
    sql.exec(movedTables);
    const sets = draftSetsOver(sql);
    const readAnew = options.whole === true || !isReadSo(sql, rules);
    const evaluation: Evaluation = {
      sql,
      site: writer.site,
      sets,
      book: createCreditBook(),
      decide: createDecide(rules, options, readAnew),
      needsFunds: rules.needsFunds ?? true,
    };
    if (options.dryRun === true) {
      const looked = await evaluateAll(evaluation, options);
      return countsOf(evaluation, sets, looked, loansBySet(sql, writer.site, options), options, 0);
    }
    return await apply(writer, evaluation, sets, rules, mapping, options);
  } finally {
    reader.close();
  }
}

async function apply(
  writer: Writer,
  evaluation: Evaluation,
  drafts: DraftSets,
  rules: RemapRules,
  mapping: AppliedMapping,
  options: RemapOptions,
): Promise<RemapCounts> {
  const { sql, sets, site } = writer;
  await writer.transaction(() => {
    beginWatch(sql);
  });
  try {
    const looked = await evaluateAll(evaluation, options);
    let decidedAgain = await catchUp(writer, evaluation);
    const loans = loansBySet(evaluation.sql, site, options);
    const counts = countsOf(evaluation, drafts, looked, loans, options, decidedAgain);
    await options.approve?.(counts);
    decidedAgain += await catchUp(writer, evaluation);
    const id = await writer.transaction(() => {
      renumber(
        evaluation.sql,
        new Map([...drafts.drafts].map(([draft, members]) => [draft, sets.idOf(members)])),
      );
      const touched = touchedRecords(sql);
      decidedAgain += touched.length;
      evaluateAgain(evaluation, sql, sets, touched);
      endWatch(sql);
      writeMoved(evaluation.sql, sql, sets, site, rules);
      keepReading(sql, rules);
      return activateMapping(sql, mapping);
    });
    const done =
      decidedAgain === 0 ? counts : countsOf(evaluation, sets, looked, loans, options, decidedAgain);
    await writer.transaction(() => {
      if (id !== null) keepSummary(sql, id, done);
    });
    return done;
  } catch (error) {
    await writer.transaction(() => {
      endWatch(sql);
    });
    throw error;
  }
}

/** What others touched is decided while they go on, until so little is left that it may be done in the transaction. */
async function catchUp(writer: Writer, evaluation: Evaluation): Promise<number> {
  let again = 0;
  for (let round = 0; round < mostRounds; round++) {
    const touched = await writer.transaction(() => {
      const ids = touchedRecords(writer.sql);
      if (ids.length > mostAtOnce) clearTouched(writer.sql);
      return ids;
    });
    if (touched.length <= mostAtOnce) break;
    evaluateAgain(evaluation, evaluation.sql, evaluation.sets, touched);
    again += touched.length;
  }
  return again;
}

function countsOf(
  { sql, book }: Evaluation,
  sets: Sets,
  looked: Looked,
  loans: Map<number, number>,
  options: RemapOptions,
  decidedAgain: number,
): RemapCounts {
  const { from, to } = monthsOf(options);
  sql.exec("BEGIN");
  sql.exec("DROP TABLE IF EXISTS temp.moved_loans");
  sql.exec(
    `CREATE TEMP TABLE moved_loans AS
       SELECT stored_set, from_set, to_set, sum(count) AS loans
       FROM moved_item CROSS JOIN use_fact ON use_fact.item_id = moved_item.id
       WHERE suppressed = 0 AND kind IN ('checkout', 'onsite') AND month BETWEEN ${from} AND ${to}
       GROUP BY 1, 2, 3`,
  );
  shiftLoans(sql, loans);
  const standing: Standing = { titles: looked.shownTitles, items: looked.shownItems, loans };
  const flows = flowsOf(sql, sets, book, standing, options);
  const differing =
    sql.get<{ n: number }>(
      "SELECT (SELECT total(living) FROM moved_title) + (SELECT total(living) FROM moved_item) AS n",
    )?.n ?? 0;
  sql.exec("COMMIT");
  return { titles: looked.titles, items: looked.items, decidedAgain, differing, ...flows };
}

function monthsOf({ loans }: RemapOptions): { readonly from: number; readonly to: number } {
  return loans ?? { from: 0, to: Number.MAX_SAFE_INTEGER };
}

function loansBySet(sql: Sql, site: string, options: RemapOptions): Map<number, number> {
  const { from, to } = monthsOf(options);
  const rows = sql.all<{ setId: number; loans: number }>(
    `SELECT set_id AS setId, sum(count) AS loans FROM set_month
     WHERE site = ? AND suppressed = 0 AND kind IN ('checkout', 'onsite') AND month BETWEEN ? AND ? GROUP BY 1`,
    site,
    from,
    to,
  );
  return new Map(rows.map(({ setId, loans }) => [setId, loans]));
}

/** From the sets of the store to those of the mapping that is compared with. */
function shiftLoans(sql: Sql, loans: Map<number, number>): void {
  const shifted = sql.all<{ stored: number; from: number; loans: number }>(
    `SELECT stored_set AS stored, from_set AS "from", sum(loans) AS loans FROM moved_loans
     WHERE stored_set <> from_set GROUP BY 1, 2`,
  );
  for (const row of shifted) {
    const rest = (loans.get(row.stored) ?? 0) - row.loans;
    if (rest === 0) loans.delete(row.stored);
    else loans.set(row.stored, rest);
    loans.set(row.from, (loans.get(row.from) ?? 0) + row.loans);
  }
}
