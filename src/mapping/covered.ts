/** Ranges that never decide, because narrower ranges of others take every number of them. */
import type { Range } from "../domain/call-number/index.ts";
import type { CompiledFiles } from "./compiled.ts";
import type { Findings } from "./problem.ts";
import { placeText } from "./problem.ts";
import type { RulesFile } from "./read.ts";
import type { Rule } from "./rule.ts";
import { writtenRanges } from "./written-ranges.ts";

interface Claim {
  readonly range: Range;
  readonly rule: Rule;
}

/** Of rules with call numbers alone: other keys, `unless` and `except` make it uncertain that the narrower wins. */
export function addCovered(compiled: CompiledFiles, files: readonly RulesFile[], findings: Findings): void {
  const plain = compiled.rules.flatMap(({ rules, except }) =>
    except.length > 0
      ? []
      : rules.filter(({ condition, unless }) => condition.keys === 1 && unless.length === 0),
  );
  const claims = plain
    .flatMap((rule) =>
      rule.condition.ranges.flatMap(({ list }) => list.map((range): Claim => ({ range, rule }))),
    )
    .sort((a, b) => (a.range.low < b.range.low ? -1 : Number(a.range.low > b.range.low)));
  for (const { range, rule, place } of writtenRanges(compiled, files)) {
    if (rule.condition.keys > 1) continue;
    const takers = coverOf({ range, rule }, claims);
    const [first] = takers;
    if (first === undefined) continue;
    const names = [...new Set(takers.map(({ rule: { department } }) => department))];
    findings.add(
      place(),
      "unreachable-rule",
      `narrower ranges of ${names.slice(0, 4).join(", ")}${names.length > 4 ? ", …" : ""} take every number of ${range.text}, from ${placeText(first.rule.at)} on`,
      "take it out, or give the rule a priority",
    );
  }
}

/** The narrower claims of others that together leave nothing of the range; none when they leave something. */
function coverOf({ range, rule }: Claim, claims: readonly Claim[]): Claim[] {
  const used: Claim[] = [];
  let covered = range.low;
  for (let at = firstFrom(claims, range.low); at < claims.length; at++) {
    const claim = claims[at];
    if (claim === undefined || claim.range.low >= range.high) break;
    const { range: inner, rule: other } = claim;
    const isInner =
      inner.scheme === range.scheme &&
      inner.high <= range.high &&
      (inner.low !== range.low || inner.high !== range.high) &&
      other.department !== rule.department &&
      other.priority === rule.priority;
    if (!isInner || inner.high <= covered) continue;
    if (inner.low > covered && !follows(covered, inner.low)) return [];
    used.push(claim);
    covered = inner.high;
  }
  return covered >= range.high || follows(covered, range.high) ? used : [];
}

function firstFrom(claims: readonly Claim[], low: string): number {
  let from = 0;
  let to = claims.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((claims[middle]?.range.low ?? "") < low) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Whether no key lies between the end of one range and the start of the next: QC99 and QC100, 539 and 540. */
function follows(end: string, start: string): boolean {
  const [, last, lastDigits] = /^([A-Z]{1,3} )?(\d{3,4})[/:]$/.exec(end) ?? [];
  const [, next, nextDigits] = /^([A-Z]{1,3} )?(\d{3,4})$/.exec(start) ?? [];
  return lastDigits !== undefined && last === next && Number(lastDigits) + 1 === Number(nextDigits);
}
