/** Ranges of two departments that claim the same numbers, with neither of them the narrower by lying inside the other. */
import type { CompiledFiles } from "./compiled.ts";
import { compareCloseness } from "./candidate.ts";
import { itemCodes } from "./condition.ts";
import type { Condition } from "./condition.ts";
import { placeText } from "./problem.ts";
import type { Findings } from "./problem.ts";
import type { RulesFile } from "./read.ts";
import type { Policy } from "./rule.ts";
import { writtenRanges } from "./written-ranges.ts";
import type { WrittenRange } from "./written-ranges.ts";

/** Keys of a scheme that two departments claim: `low <= key < high`. */
export interface Overlap {
  readonly scheme: string;
  readonly low: string;
  readonly high: string;
}

interface OverlapAt extends Overlap {
  readonly first: WrittenRange;
  readonly second: WrittenRange;
  readonly isSame: boolean;
}

/** A mapping with more has a pattern that the first of them show. */
const most = 100;

export function overlapsOf(compiled: CompiledFiles, files: readonly RulesFile[]): OverlapAt[] {
  const byStart = writtenRanges(compiled, files).sort((a, b) =>
    a.range.low < b.range.low ? -1 : Number(a.range.low > b.range.low),
  );
  const found: OverlapAt[] = [];
  let open: WrittenRange[] = [];
  for (const own of byStart) {
    open = open.filter(({ range }) => range.high > own.range.low);
    for (const other of open) {
      const overlap = overlapOf(other, own);
      if (overlap !== null) found.push(overlap);
      if (found.length === most) return found;
    }
    open.push(own);
  }
  return found;
}

function overlapOf(a: WrittenRange, b: WrittenRange): OverlapAt | null {
  const { range: first, rule: one } = a;
  const { range: second, rule: two } = b;
  const isSame = first.low === second.low && first.high === second.high;
  const isNested = first.low === second.low || second.high <= first.high;
  if (first.scheme !== second.scheme || one.department === two.department) return null;
  if ((isNested && !isSame) || one.rank !== two.rank || one.priority !== two.priority) return null;
  // Of equal ranges the rule with more keys wins, which is how to make an exception.
  if (isSame && one.condition.keys !== two.condition.keys) return null;
  if (areApart(one.condition, two.condition)) return null;
  const { low } = second;
  const high = first.high < second.high ? first.high : second.high;
  const isTaken = [a, b].some(({ rule, except }) =>
    [...rule.unless, ...except].some((condition) => takes(condition, first.scheme, low, high)),
  );
  return isTaken ? null : { scheme: first.scheme, low, high, first: a, second: b, isSame };
}

/** Whether no copy can meet both: they name other codes of it. */
function areApart(one: Condition, two: Condition): boolean {
  return ([...itemCodes, "language", "materialType"] as const).some((key) => {
    const [own, other] = [one[key], two[key]];
    return own !== null && other !== null && ![...own].some((code) => other.has(code));
  });
}

function takes({ keys, ranges }: Condition, scheme: string, low: string, high: string): boolean {
  const list = ranges.find((own) => own.scheme === scheme)?.list ?? [];
  return keys === 1 && list.some((range) => range.low <= low && high <= range.high);
}

/** `titles`: how many have a number in each of the overlaps; null where nobody counted. */
export function addOverlaps(
  overlaps: readonly OverlapAt[],
  titles: readonly number[] | null,
  { overlap: policy }: Policy,
  findings: Findings,
): void {
  for (const [index, { first, second, isSame }] of overlaps.entries()) {
    const count = titles?.[index];
    const concerned = count === undefined ? "" : `: ${String(count)} ${count === 1 ? "title" : "titles"}`;
    const more = index + 1 === most ? "; further overlaps are not listed" : "";
    const at = second.place();
    const other = `${first.rule.department} at ${placeText(first.place())}`;
    if (isSame) {
      const what = `${second.rule.department} and ${other} both claim ${second.range.text}${concerned}${more}`;
      findings.add(
        at,
        "same-range",
        `${what}; ${sharing[policy]}`,
        "right if it is meant; else take one out",
      );
      continue;
    }
    const order = compareCloseness({ of: "range", range: first.range }, { of: "range", range: second.range });
    const winner = order > 0 ? first : second;
    const who =
      order === 0 ? sharing[policy] : `${winner.rule.department} gets them, whose range is narrower`;
    findings.add(
      at,
      "overlap",
      `${second.range.text} of ${second.rule.department} overlaps ${first.range.text} of ${other}${concerned}${more}; ${who}`,
      "divide them at a number, or say with a priority who shall win",
    );
  }
}

const sharing = {
  split: "they share them",
  all: "each counts them whole",
  first: "the first in file order gets them",
} as const satisfies Record<Policy["overlap"], string>;
