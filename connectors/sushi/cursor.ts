/** What is known of each month of one report, and whether the provider wants to be left alone. */
import { z } from "zod";
import type { Json } from "../../src/domain/json.ts";
import type { Instant } from "../../src/domain/time.ts";

const MonthState = z.object({
  /** partial: told, but not all of it. waiting: not told yet. gone: the provider has it no longer. */
  state: z.enum(["told", "partial", "waiting", "gone"]),
  askedAt: z.string(),
});
export type MonthState = z.infer<typeof MonthState>;

const Wait = z.object({
  code: z.int(),
  until: z.string(),
  tries: z.int(),
  since: z.string(),
  what: z.string(),
  /** A report that is being made is asked for again in the same words. */
  span: z.object({ from: z.int(), to: z.int() }).nullable(),
});
export type Wait = z.infer<typeof Wait>;

const Refusal = z.object({
  /** By what the provider knew us then. */
  identity: z.string(),
  at: z.string(),
  /** It does not have this report. */
  off: z.boolean(),
  problem: z.object({
    code: z.string(),
    what: z.string(),
    where: z.string(),
    why: z.string(),
    cure: z.string(),
  }),
});

const Cursor = z.object({
  months: z.record(z.string(), MonthState),
  /** Platforms that this report has told of. */
  platforms: z.array(z.string()),
  /** Months of one request, lowered when answers are too long for the provider or for us. */
  most: z.union([z.literal(12), z.literal(3), z.literal(1)]),
  wait: Wait.nullable(),
  refusal: Refusal.nullable(),
});

export interface State {
  readonly months: Map<number, MonthState>;
  readonly platforms: Set<string>;
  most: 12 | 3 | 1;
  wait: Wait | null;
  refusal: z.infer<typeof Refusal> | null;
}

export function readCursor(cursor: Json): State {
  if (cursor === null)
    return { months: new Map(), platforms: new Set(), most: 12, wait: null, refusal: null };
  const { months, platforms, ...rest } = Cursor.parse(cursor);
  return {
    ...rest,
    months: new Map(Object.entries(months).map(([month, state]) => [Number(month), state])),
    platforms: new Set(platforms),
  };
}

export function writeCursor({ months, platforms, ...rest }: State): Json {
  const sorted = [...months].sort(([a], [b]) => a - b);
  return Cursor.parse({
    ...rest,
    months: Object.fromEntries(sorted.map(([month, state]) => [String(month), state])),
    platforms: [...platforms].sort(),
  });
}

/** Whole milliseconds between two moments. */
export function elapsedMs(from: string, to: Instant): number {
  return Date.parse(to) - Date.parse(from);
}
