/**
 * Whether a rule proposes a copy for withdrawal, and what protects it. After the formula X/Y/MUSTIE of CREW (Larson
 * 2008/2012, Texas State Library): published more than X years ago, last used more than Y years ago, or a factor that
 * speaks for itself. A candidate is for a person's eyes: nothing is withdrawn.
 */
import { addDays, addYears, daysBetween } from "../domain/time.ts";
import type { CalendarDay } from "../domain/time.ts";
import type { WeedingRule } from "./types.ts";

/** What can protect a copy, beside being new. */
export const protections = [
  "lastCopy",
  "retentionCommitment",
  "reserve",
  "hold",
  "onLoan",
  "specialCollection",
  "localAuthor",
] as const;
export type Protection = (typeof protections)[number];

/** Where the mapping has no rules: mild, and our own. */
export const defaultRule: WeedingRule = {
  ageYears: 15,
  unusedYears: 10,
  factors: [],
  mode: "all",
  graceYears: 3,
  protect: null,
};

export interface CopyFacts {
  /** Null: unknown. */
  readonly publicationYear: number | null;
  readonly acquired: CalendarDay | null;
  /** Null: no use on record; then the day of acquisition counts. */
  readonly lastUse: CalendarDay | null;
  /** Damaged, superseded …: of these, those that the rule names fire. */
  readonly factors: readonly string[];
  readonly protectedBy: readonly Protection[];
}

export interface Verdict {
  readonly candidate: boolean;
  /** `age`, `unused` and factors, in this order. */
  readonly fired: readonly string[];
  readonly protectedBy: readonly ("new" | Protection)[];
  /** Conditions of the rule that could not be told. */
  readonly unknown: readonly ("age" | "unused")[];
  /** Would be one, were it not protected. */
  readonly kept: boolean;
  /** (years unused / Y) + (age / X) + factors: the higher the sooner. */
  readonly score: number;
}

/** Of a copy at the beginning of a day. Years of publication count as years, other dates by their anniversary. */
export function judgeCopy(copy: CopyFacts, rule: WeedingRule, at: CalendarDay): Verdict {
  const { ageYears, unusedYears, mode, graceYears, protect } = rule;
  const { publicationYear, acquired } = copy;
  const lastMoved = copy.lastUse ?? acquired;
  const age = publicationYear === null ? null : snapshotYear(at) - publicationYear;
  const isOld = ageYears !== null && age !== null && age > ageYears;
  const isUnused = unusedYears !== null && lastMoved !== null && isBefore(lastMoved, unusedYears, at);
  const factors = copy.factors.filter((factor) => rule.factors.includes(factor));
  const conditions = [...(ageYears === null ? [] : [isOld]), ...(unusedYears === null ? [] : [isUnused])];
  const byConditions =
    conditions.length > 0 && (mode === "all" ? conditions.every(Boolean) : conditions.some(Boolean));
  const isNew = acquired !== null && !isBeforeOrOn(acquired, graceYears ?? usualGrace, at);
  const protectedBy = [
    ...(isNew ? (["new"] as const) : []),
    ...copy.protectedBy.filter((name) => protect?.includes(name) ?? true),
  ];
  const fires = byConditions || factors.length > 0;
  return {
    candidate: fires && protectedBy.length === 0,
    kept: fires && protectedBy.length > 0,
    fired: [...(isOld ? ["age"] : []), ...(isUnused ? ["unused"] : []), ...factors],
    protectedBy,
    unknown: [
      ...(ageYears !== null && age === null ? (["age"] as const) : []),
      ...(unusedYears !== null && lastMoved === null ? (["unused"] as const) : []),
    ],
    score:
      part(lastMoved === null ? 0 : daysBetween(lastMoved, at) / daysPerYear, unusedYears) +
      part(age ?? 0, ageYears) +
      factors.length,
  };
}

/** The year of the last day before it: a shelf at the end of December is not a year older. */
export function snapshotYear(at: CalendarDay): number {
  return Number(addDays(at, -1).slice(0, 4));
}

const usualGrace = 3;
const daysPerYear = 365.2425;

/** A limit of 0 years divides nothing: the years themselves. */
function part(years: number, limit: number | null): number {
  if (limit === null || years <= 0) return 0;
  return limit === 0 ? years : years / limit;
}

/** More than so many years ago: the anniversary lies before the day. */
function isBefore(day: CalendarDay, years: number, at: CalendarDay): boolean {
  return anniversary(day, years) < at;
}

function isBeforeOrOn(day: CalendarDay, years: number, at: CalendarDay): boolean {
  return anniversary(day, years) <= at;
}

/** Of half years, too: the nearest day. */
function anniversary(day: CalendarDay, years: number): CalendarDay {
  const whole = addYears(day, Math.floor(years));
  const rest = Math.round((years - Math.floor(years)) * daysPerYear);
  if (rest === 0) return whole;
  return new Date(Date.parse(`${whole}T00:00:00Z`) + rest * 86_400_000)
    .toISOString()
    .slice(0, 10) as CalendarDay;
}
