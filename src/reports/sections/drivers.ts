/** What a change comes from: the one part of the shelves that explains most of it, or nothing. */
import { add, fraction, multiply, toNumber, zero } from "../../domain/weight.ts";
import type { Fraction } from "../../domain/weight.ts";
import type { Period } from "../../domain/period.ts";
import { useSpan } from "../../measures/count.ts";
import { weightIn } from "../../measures/groups.ts";
import { countUseByNumber } from "../../store/queries/measures/class-use.ts";
import type { SectionContext } from "../context.ts";

/** Uses of one class number, before and now. */
export interface NumberChange {
  readonly scheme: string;
  /** The beginning of its shelf key: `QC 0450`, `530.12`. */
  readonly start: string;
  readonly before: number;
  readonly now: number;
}

/** A part is named when it makes so much of the change … */
const mostOfIt = 0.6;
/** … and so many times as much of it as of the uses before, for what everything does has no driver. */
const overItsSize = 1.5;

/**
 * The driver of a change of loans since a period before: `QC 450–467`, `530–539`; null when no part of the shelves
 * explains most of it.
 */
export async function driverOfLoans(context: SectionContext, before: Period): Promise<string | null> {
  const { settings, period } = context;
  const now = await context.figure("checkouts");
  const then = await context.figure("checkouts", before);
  if (typeof now.value !== "number" || typeof then.value !== "number") return null;
  const uses = await usesByNumber(context, period);
  const earlier = await usesByNumber(context, before);
  const changes = [...new Set([...uses.keys(), ...earlier.keys()])].map((key): NumberChange => {
    const [scheme = "", start = ""] = key.split("\t");
    return { scheme, start, before: earlier.get(key) ?? 0, now: uses.get(key) ?? 0 };
  });
  return driverOf(changes, { before: then.value, now: now.value }, settings.minBase.change);
}

async function usesByNumber(context: SectionContext, period: Period): Promise<ReadonlyMap<string, number>> {
  const { reader, setIds, settings, sets, group } = context;
  const { counting } = await context.rows("checkouts", "department");
  const use = { kinds: ["checkout"] as const, ...useSpan(period) };
  const sums = new Map<string, Fraction>();
  for (const row of await countUseByNumber(reader, setIds, use, settings.includeSuppressed)) {
    const vector = sets.get(row.setId);
    if (vector === undefined || vector.excluded) continue;
    const key = `${row.scheme}\t${row.start}`;
    const weight = weightIn(vector.members, group, counting);
    sums.set(key, add(sums.get(key) ?? zero, multiply(weight, fraction(row.count))));
  }
  return new Map([...sums].map(([key, sum]) => [key, toNumber(sum)]));
}

interface Part {
  readonly label: string;
  readonly before: number;
  readonly now: number;
}

/**
 * Of all levels of the schemes the finest at which one part, of at least `minBase` uses, changes in the same direction
 * more than chance would make it, explains most of the whole change, and more of it than its size lets expect.
 */
export function driverOf(
  changes: readonly NumberChange[],
  whole: { readonly before: number; readonly now: number },
  minBase: number,
): string | null {
  const change = whole.now - whole.before;
  for (const level of [2, 1, 0]) {
    const parts = partsAt(changes, level);
    const [first] = parts
      .filter((part) => explains(part, change, whole.before, minBase))
      .sort((a, b) => Math.abs(b.now - b.before) - Math.abs(a.now - a.before));
    if (first !== undefined && parts.length > 1) return first.label;
  }
  return null;
}

function explains({ before, now }: Part, change: number, wholeBefore: number, minBase: number): boolean {
  const own = now - before;
  if (change === 0 || own * change <= 0 || before + now < minBase) return false;
  if (Math.abs(own) < 1.96 * Math.sqrt(before + now)) return false;
  const share = own / change;
  return share >= mostOfIt && share * wholeBefore >= overItsSize * before;
}

function partsAt(changes: readonly NumberChange[], level: number): Part[] {
  const groups = Map.groupBy(
    changes.filter(({ before, now }) => before + now > 0),
    (change) => placeOf(change, level)?.part ?? "",
  );
  groups.delete("");
  return [...groups.values()].map((members) => {
    const numbers = members.flatMap((member) => placeOf(member, level)?.number ?? []);
    const label = placeOf(members[0], level)?.label(Math.min(...numbers), Math.max(...numbers)) ?? "";
    const sum = (of: "before" | "now"): number => members.reduce((total, member) => total + member[of], 0);
    return { label, before: sum("before"), now: sum("now") };
  });
}

interface Place {
  /** What groups it with others. */
  readonly part: string;
  readonly number: number;
  label(low: number, high: number): string;
}

/** Where a number stands at a level; undefined: its scheme has no such level, or none at all. */
function placeOf(change: NumberChange | undefined, level: number): Place | undefined {
  switch (change?.scheme) {
    case "lcc":
    case "nlm":
      return lettersAndNumber(change.start, level);
    case "ddc":
      return threeDigits(change.start, level);
    case "udc": {
      const digits = /^\d{1,3}/.exec(change.start)?.[0].slice(0, level + 1);
      if (digits?.length !== level + 1) return undefined;
      return { part: `udc ${digits}`, number: Number(digits), label: () => digits };
    }
    default:
      return undefined;
  }
}

/** Class letters, and below them the hundreds of its numbers, told as the numbers that are in use: `QC 450–467`. */
function lettersAndNumber(start: string, level: number): Place | undefined {
  const [, letters, digits] = /^([A-Z]{1,3})(?: (\d{4}))?/.exec(start) ?? [];
  if (letters === undefined) return undefined;
  const number = Number(digits ?? Number.NaN);
  if (level === 0) return { part: letters, number, label: () => letters };
  if (level > 1 || Number.isNaN(number)) return undefined;
  return {
    part: `${letters} ${Math.floor(number / 100)}`,
    number,
    label: (low, high) => (low === high ? `${letters} ${low}` : `${letters} ${low}–${high}`),
  };
}

/** Hundreds, tens and ones of Dewey: `500–599`, `530–539`, `537`. */
function threeDigits(start: string, level: number): Place | undefined {
  const digits = /^\d{3}/.exec(start)?.[0];
  if (digits === undefined) return undefined;
  const kept = digits.slice(0, level + 1);
  const label = level === 2 ? kept : `${kept.padEnd(3, "0")}–${kept.padEnd(3, "9")}`;
  return { part: `ddc ${kept}`, number: Number(digits), label: () => label };
}
