/** A count beside others: a year before, the time before, the whole library, other departments. Small bases get none. */
import { z } from "zod";
import { yearBefore } from "../../domain/period.ts";
import type { Period } from "../../domain/period.ts";
import { addDays, addMonths, addYears, daysBetween, firstDay, monthOf } from "../../domain/time.ts";
import { unassigned } from "../../domain/evidence.ts";
import type { Parameters, SectionContext } from "../context.ts";
import { changeOf } from "./figures.ts";
import type { ChangeInWords } from "./figures.ts";

const comparisons = ["last-year", "previous", "library", "peers"] as const;
type Comparison = (typeof comparisons)[number];

/** Option of a section. Other departments are compared only where the administrator asks for it. */
export const compareOption = z
  .array(z.enum(comparisons))
  .default(["last-year"])
  .describe(
    "Beside each count: the same time a year before, the time just before, its part of the library, other departments",
  );

/** Fewer departments than these would show one of them. */
const fewestPeers = 3;

/** Null when there is nothing to compare with. The direction is that of the first comparison in time. */
export async function comparedWith(
  context: SectionContext,
  measure: string,
  kinds: readonly Comparison[],
  parameters: Parameters = {},
): Promise<ChangeInWords | null> {
  const found: ChangeInWords[] = [];
  for (const kind of kinds) {
    const compared = await compare(context, measure, kind, parameters);
    if (compared !== null) found.push(compared);
  }
  if (found.length === 0) return null;
  const direction = found.find((one) => one.direction !== undefined)?.direction;
  return {
    text: found.map(({ text }) => text).join("; "),
    ...(direction !== undefined && { direction }),
  };
}

async function compare(
  context: SectionContext,
  measure: string,
  kind: Comparison,
  parameters: Parameters,
): Promise<ChangeInWords | null> {
  switch (kind) {
    case "last-year":
      return changeOf(context, measure, yearBefore(context.period), parameters);
    case "previous":
      return changeOf(context, measure, timeBefore(context.period), parameters);
    case "library":
      return partOfLibrary(context, measure, parameters);
    case "peers":
      return besidePeers(context, measure, parameters);
  }
}

async function partOfLibrary(
  context: SectionContext,
  measure: string,
  parameters: Parameters,
): Promise<ChangeInWords | null> {
  const { words, department, settings } = context;
  if (department === null) return null;
  const own = (await context.figure(measure, context.period, parameters)).value;
  const all = (await context.of(null).figure(measure, context.period, parameters)).value;
  if (typeof own !== "number" || typeof all !== "number" || all < settings.minBase.percent) return null;
  const percent = words.percent((100 * own) / all);
  return { text: words.say("of-library", { percent, count: words.count(all) }) };
}

async function besidePeers(
  context: SectionContext,
  measure: string,
  parameters: Parameters,
): Promise<ChangeInWords | null> {
  const { words, department, settings } = context;
  if (department === null || department === unassigned) return null;
  const { rows } = await context.of(null).rows(measure, "department", context.period, parameters);
  const counts = rows
    .filter((row) => row.department !== department && row.department !== unassigned)
    .flatMap(({ value }) => (typeof value === "number" && value >= settings.minBase.percent ? [value] : []))
    .sort((a, b) => a - b);
  const [low, high] = [counts[Math.floor((counts.length - 1) / 2)], counts[Math.floor(counts.length / 2)]];
  if (counts.length < fewestPeers || low === undefined || high === undefined) return null;
  const middle = words.count((low + high) / 2);
  return { text: words.say("beside-peers", { departments: counts.length, middle }) };
}

/** As long, and just before: the month, quarter or year before, or as many days. */
function timeBefore(period: Period): Period {
  const { kind, from, end } = period;
  switch (kind) {
    case "month": {
      const start = firstDay(addMonths(monthOf(from), -1));
      return { kind, word: start.slice(0, 7), from: start, end: from };
    }
    case "quarter": {
      const start = firstDay(addMonths(monthOf(from), -3));
      const number = Math.floor((Number(start.slice(5, 7)) - 1) / 3) + 1;
      return { kind, word: `${start.slice(0, 4)}-Q${number}`, from: start, end: from };
    }
    case "year":
    case "academic-year":
      return yearBefore(period);
    case "range": {
      const start = addYears(from, 1) === end ? addYears(from, -1) : addDays(from, -daysBetween(from, end));
      return { kind, word: `${start}..${addDays(from, -1)}`, from: start, end: from };
    }
  }
}
