/**
 * The flow matrix, what departments have before and after, and what rules win and lose: from what was noted, counted
 * whole by pairs of sets first and weighed last, in fractions.
 */
import type { RuleRef } from "../../domain/evidence.ts";
import { add, compare, divide, fraction, multiply, sum, toNumber, zero } from "../../domain/weight.ts";
import type { Fraction } from "../../domain/weight.ts";
import { excludedSet } from "../sets.ts";
import type { Members, Sets } from "../sets.ts";
import type { Sql } from "../sql.ts";
import { excluded } from "./credits.ts";
import type { CreditBook, Credits } from "./credits.ts";
import type { Amounts, DepartmentChange, Move, RemapCounts, RemapOptions, RuleChange } from "./types.ts";

const mostExamples = 20;
type Unit = keyof Amounts;

/** How many titles, items and loans stand under each set before anything moves. */
export type Standing = Readonly<Record<Unit, ReadonlyMap<number, number>>>;

interface Pair {
  readonly from: number;
  readonly to: number;
  readonly n: number;
}

interface Flow {
  readonly from: string | null;
  readonly to: string | null;
  readonly weight: Fraction;
}

interface Tally {
  readonly from: string | null;
  readonly to: string | null;
  readonly amounts: Record<Unit, Fraction>;
  readonly rules: Map<string, { readonly rule: RuleRef; readonly mapping: "new" | "old"; titles: Fraction }>;
  readonly examples: number[];
}

type Flows = Pick<RemapCounts, "titlesMoved" | "itemsMoved" | "moves" | "departments" | "rules">;

export function flowsOf(
  sql: Sql,
  sets: Sets,
  book: CreditBook,
  standing: Standing,
  { placeNow = () => null }: RemapOptions,
): Flows {
  const vector = (id: number): Members => (id === excludedSet ? excludedMembers : sets.members(id));
  const between = flowsBetween(vector);
  const tallies = new Map<string, Tally>();
  const tallyOf = ({ from, to }: Flow): Tally => {
    const key = `${from ?? ""}\n${to ?? ""}`;
    let tally = tallies.get(key);
    if (tally === undefined) {
      tally = {
        from,
        to,
        amounts: { titles: zero, items: zero, loans: zero },
        rules: new Map(),
        examples: [],
      };
      tallies.set(key, tally);
    }
    return tally;
  };
  const addAmount = (unit: Unit, pairs: readonly Pair[]): void => {
    for (const { from, to, n } of pairs) {
      for (const flow of between(from, to)) {
        const { amounts } = tallyOf(flow);
        amounts[unit] = add(amounts[unit], multiply(flow.weight, fraction(n)));
      }
    }
  };

  const titles = titlePairs(sql);
  const items = itemPairs(sql);
  addAmount("titles", titles);
  addAmount("items", items);
  addAmount("loans", loanPairs(sql));
  const changes = new Map<
    string,
    { change: Omit<RuleChange, "won" | "lost">; won: Fraction; lost: Fraction }
  >();
  for (const row of titles) {
    for (const flow of between(row.from, row.to)) {
      const total = multiply(flow.weight, fraction(row.n));
      const { rules } = tallyOf(flow);
      const won = sharesOf(book.of(row.won), flow.to, total);
      const lost = sharesOf(book.of(row.lost), flow.from, total);
      for (const { rule, titles: part } of won.length > 0 ? won : lost) {
        const mapping = won.length > 0 ? "new" : "old";
        const key = `${mapping} ${placeKey(rule)}`;
        rules.set(key, { rule, mapping, titles: add(rules.get(key)?.titles ?? zero, part) });
      }
      credit(changes, won, flow.to, "won", (at) => ({ at, mapping: "new" }));
      credit(changes, lost, flow.from, "lost", (at) => {
        const now = placeNow(at);
        return now === null ? { at, mapping: "old" } : { at: now, mapping: "new" };
      });
    }
  }
  noteExamples(sql, (from, to) => between(from, to).map(tallyOf));
  return {
    titlesMoved: total(titles),
    itemsMoved: total(items),
    moves: [...tallies.values()].map((tally) => moveOf(sql, tally)).sort(byAmounts),
    departments: departmentsOf(standing, vector, tallies.values()),
    rules: [...changes.values()]
      .map(({ change, won, lost }) => ({ ...change, won: toNumber(won), lost: toNumber(lost) }))
      .sort(byPlace),
  };
}

const excludedMembers: Members = new Map([[excluded, fraction(1)]]);

/** A department that loses gives to each that gains in proportion; what has no counterpart goes to or comes from null. */
function flowsBetween(vector: (id: number) => Members): (from: number, to: number) => readonly Flow[] {
  const known = new Map<string, readonly Flow[]>();
  return (from, to) => {
    const key = `${String(from)} ${String(to)}`;
    const found = known.get(key) ?? flows(vector(from), vector(to));
    known.set(key, found);
    return found;
  };
}

function flows(before: Members, after: Members): Flow[] {
  const lost: [string, Fraction][] = [];
  const gained: [string, Fraction][] = [];
  for (const id of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [was, is] = [before.get(id) ?? zero, after.get(id) ?? zero];
    const order = compare(is, was);
    if (order > 0) gained.push([id, subtract(is, was)]);
    if (order < 0) lost.push([id, subtract(was, is)]);
  }
  const [allLost, allGained] = [sum(lost.map(([, w]) => w)), sum(gained.map(([, w]) => w))];
  const bigger = compare(allLost, allGained) > 0 ? allLost : allGained;
  const moved = lost.flatMap(([from, out]) =>
    gained.map(([to, into]): Flow => ({ from, to, weight: divide(multiply(out, into), bigger) })),
  );
  const missing = subtract(allLost, allGained);
  const rest = (
    side: readonly [string, Fraction][],
    all: Fraction,
    surplus: Fraction,
  ): [string, Fraction][] =>
    compare(surplus, zero) <= 0
      ? []
      : side.map(([id, weight]) => [id, divide(multiply(weight, surplus), all)]);
  return [
    ...moved,
    ...rest(lost, allLost, missing).map(([from, weight]): Flow => ({ from, to: null, weight })),
    ...rest(gained, allGained, subtract(zero, missing)).map(([to, weight]): Flow => ({
      from: null,
      to,
      weight,
    })),
  ];
}

function subtract(a: Fraction, b: Fraction): Fraction {
  return add(a, { num: -b.num, den: b.den });
}

function titlePairs(sql: Sql): (Pair & { readonly won: number; readonly lost: number })[] {
  return sql.all(
    `SELECT from_set AS "from", to_set AS "to", won, lost, count(*) AS n FROM moved_title
     WHERE shown = 1 AND from_set <> to_set GROUP BY 1, 2, 3, 4`,
  );
}

function itemPairs(sql: Sql): Pair[] {
  return sql.all(
    `SELECT from_set AS "from", to_set AS "to", count(*) AS n FROM moved_item
     WHERE shown = 1 AND from_set <> to_set GROUP BY 1, 2`,
  );
}

function loanPairs(sql: Sql): Pair[] {
  return sql.all(
    `SELECT from_set AS "from", to_set AS "to", sum(loans) AS n FROM moved_loans WHERE from_set <> to_set
     GROUP BY 1, 2`,
  );
}

/** The titles that a flow owes to each rule of its department. */
function sharesOf(
  credits: Credits,
  department: string | null,
  titles: Fraction,
): { readonly rule: RuleRef; readonly titles: Fraction }[] {
  const own = credits.filter((entry) => entry.department === department);
  const all = sum(own.map(({ weight }) => weight));
  return own.map(({ rule, weight }) => ({ rule, titles: divide(multiply(titles, weight), all) }));
}

function credit(
  changes: Map<string, { change: Omit<RuleChange, "won" | "lost">; won: Fraction; lost: Fraction }>,
  shares: readonly { readonly rule: RuleRef; readonly titles: Fraction }[],
  department: string | null,
  side: "won" | "lost",
  placed: (rule: RuleRef) => { readonly at: RuleRef; readonly mapping: "new" | "old" },
): void {
  for (const { rule, titles } of shares) {
    const { at, mapping } = placed(rule);
    const key = `${mapping} ${placeKey(at)}`;
    const known = changes.get(key) ?? {
      change: { file: at.file, line: at.line, department: department ?? "", mapping },
      won: zero,
      lost: zero,
    };
    changes.set(key, { ...known, [side]: add(known[side], titles) });
  }
}

function placeKey({ file, line }: RuleRef): string {
  return `${file}:${String(line)}`;
}

function noteExamples(sql: Sql, talliesOf: (from: number, to: number) => readonly Tally[]): void {
  const rows = sql.iterate<{ id: number; from: number; to: number }>(
    `SELECT id, from_set AS "from", to_set AS "to" FROM moved_title WHERE shown = 1 AND from_set <> to_set ORDER BY id`,
  );
  for (const { id, from, to } of rows) {
    for (const { examples } of talliesOf(from, to)) if (examples.length < mostExamples) examples.push(id);
  }
}

function moveOf(sql: Sql, { from, to, amounts, rules, examples }: Tally): Move {
  return {
    from,
    to,
    ...inNumbers(amounts),
    rules: [...rules.values()]
      .map(({ rule: { file, line }, mapping, titles }) => ({ file, line, titles: toNumber(titles), mapping }))
      .sort((a, b) => b.titles - a.titles || byPlace(a, b)),
    examples: examples.flatMap((id) =>
      sql.all<{ record: string; title: string }>(
        "SELECT external_id AS record, title FROM record WHERE id = ?",
        id,
      ),
    ),
  };
}

function departmentsOf(
  standing: Standing,
  vector: (id: number) => Members,
  tallies: Iterable<Tally>,
): DepartmentChange[] {
  const before = new Map<string, Record<Unit, Fraction>>();
  const after = new Map<string, Record<Unit, Fraction>>();
  const addTo = (side: typeof before, id: string, unit: Unit, amount: Fraction): void => {
    const amounts = side.get(id) ?? { titles: zero, items: zero, loans: zero };
    side.set(id, { ...amounts, [unit]: add(amounts[unit], amount) });
  };
  for (const unit of units) {
    for (const [set, n] of standing[unit]) {
      for (const [id, weight] of vector(set)) addTo(before, id, unit, multiply(weight, fraction(n)));
    }
  }
  for (const [id, amounts] of before) after.set(id, amounts);
  for (const { from, to, amounts } of tallies) {
    for (const unit of units) {
      if (from !== null) addTo(after, from, unit, subtract(zero, amounts[unit]));
      if (to !== null) addTo(after, to, unit, amounts[unit]);
    }
  }
  return [...after.keys()].sort().map((id) => ({
    id,
    before: inNumbers(before.get(id) ?? { titles: zero, items: zero, loans: zero }),
    after: inNumbers(after.get(id) ?? { titles: zero, items: zero, loans: zero }),
  }));
}

const units = ["titles", "items", "loans"] as const;

function inNumbers({ titles, items, loans }: Readonly<Record<Unit, Fraction>>): Amounts {
  return { titles: toNumber(titles), items: toNumber(items), loans: toNumber(loans) };
}

function total(pairs: readonly Pair[]): number {
  return pairs.reduce((all, { n }) => all + n, 0);
}

function byAmounts(a: Move, b: Move): number {
  return (
    b.titles - a.titles ||
    b.items - a.items ||
    compareText(a.from ?? "", b.from ?? "") ||
    compareText(a.to ?? "", b.to ?? "")
  );
}

function byPlace(
  a: { readonly file: string; readonly line: number; readonly mapping: string },
  b: { readonly file: string; readonly line: number; readonly mapping: string },
): number {
  return compareText(a.mapping, b.mapping) || compareText(a.file, b.file) || a.line - b.line;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
