/**
 * The heading-to-department table: counts over titles whose department is known by their call number. How it
 * estimates, and what was measured: docs/explanation/learning-from-headings.md.
 */
import { cluesOf, entriesOf } from "./entry.ts";
import type { LearnHeading } from "./entry.ts";
import { createTally } from "./tally.ts";

export interface LearnTitle {
  /** Of the same text for editions of a work: they count once, and are kept apart together. */
  readonly work: string;
  readonly headings: readonly LearnHeading[];
  /** By its call number; at least one. */
  readonly departments: readonly string[];
}

export interface Estimate {
  readonly department: string;
  /** How likely a title with the entry is the department's, between 0 and 1. */
  readonly confidence: number;
  /** Classified titles with the entry, and how many of them are the department's; 0 of 0: known by its words alone. */
  readonly seen: number;
  readonly agreed: number;
}

export interface HeadingTable {
  add(title: LearnTitle): void;
  /** Null while nothing was learnt. */
  estimate(key: string): Estimate | null;
  readonly titles: number;
}

/** Titles that the words count for, beside those with the very entry. */
const wordTitles = 2;
/** Titles of the library's common mixture that a clue counts beside its own. */
const commonTitles = 4;
/** Of n clues each counts n^-1/2: they repeat each other. */
const clueExponent = 0.5;

export function createHeadingTable(): HeadingTable {
  const departments: string[] = [];
  const numbers = new Map<string, number>();
  const totals: number[] = [];
  const entries = createTally();
  const clues = createTally();
  const works = new Set<string>();
  const logs = new Map<string, Float64Array>();
  let shares: Float64Array | null = null;

  function numberOf(department: string): number {
    const known = numbers.get(department);
    if (known !== undefined) return known;
    numbers.set(department, departments.length);
    totals.push(0);
    return departments.push(department) - 1;
  }

  /** The share of each department, half a title added so that none is impossible. */
  function common(): Float64Array {
    if (shares !== null) return shares;
    const sum = totals.reduce((all, total) => all + total, 0) + totals.length / 2;
    shares = Float64Array.from(totals, (total) => (total + 0.5) / sum);
    return shares;
  }

  /** By how much a clue raises each department above its common share, as logarithms; null for an unknown clue. */
  function liftOf(clue: string): Float64Array | null {
    const known = logs.get(clue);
    if (known !== undefined) return known;
    const counts = clues.of(clue);
    if (counts === null) return null;
    const usual = common();
    const total = [...counts.byDepartment.values()].reduce((all, count) => all + count, 0);
    const lift = usual.map((share, department) => {
      const own = counts.byDepartment.get(department) ?? 0;
      return Math.log((own + commonTitles * share) / ((total + commonTitles) * share));
    });
    if (logs.size < mostKeptLifts) logs.set(clue, lift);
    return lift;
  }

  function byWords(key: string): Float64Array {
    const lifts = cluesOf(key).flatMap((clue) => liftOf(clue) ?? []);
    const usual = common();
    const weight = lifts.length ** -clueExponent;
    const scores = usual.map((share, department) =>
      lifts.reduce((score, lift) => score + weight * (lift[department] ?? 0), Math.log(share)),
    );
    const most = Math.max(...scores);
    const raised = scores.map((score) => Math.exp(score - most));
    const sum = raised.reduce((all, value) => all + value, 0);
    return raised.map((value) => value / sum);
  }

  return {
    get titles() {
      return works.size;
    },
    add: ({ work, headings, departments: names }) => {
      if (works.has(work)) return;
      works.add(work);
      const own = names.map(numberOf);
      for (const number of own) totals[number] = (totals[number] ?? 0) + 1 / own.length;
      shares = null;
      logs.clear();
      const seen = new Set<string>();
      for (const { key } of entriesOf(headings)) entries.add(key, own);
      for (const { key } of headings) for (const clue of cluesOf(key)) seen.add(clue);
      for (const clue of seen) clues.add(clue, own);
    },
    estimate: (key) => {
      if (works.size === 0) return null;
      const counts = entries.of(key);
      const seen = counts?.titles ?? 0;
      let best: Estimate | null = null;
      for (const [number, guess] of byWords(key).entries()) {
        const agreed = counts?.byDepartment.get(number) ?? 0;
        const confidence = (agreed + wordTitles * guess) / (seen + wordTitles);
        const department = departments[number];
        if (department === undefined || (best !== null && confidence <= best.confidence)) continue;
        best = { department, confidence, seen, agreed };
      }
      return best;
    },
  };
}

/** Words are few and come again; beyond this many they are counted anew each time. */
const mostKeptLifts = 50_000;
