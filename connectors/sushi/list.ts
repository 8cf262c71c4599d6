/** What the provider says that it has: the report list, and whether the service runs. */
import { z } from "zod";
import { monthOf, tryDay } from "../../src/domain/time.ts";
import type { Month } from "../../src/domain/time.ts";
import type { SushiAnswer } from "./client.ts";
import type { Span } from "./plan.ts";

const MonthText = z
  .string()
  .nullish()
  .transform((text): Month | null => {
    const day = tryDay(`${(text ?? "").slice(0, 7)}-01`);
    return day === null ? null : monthOf(day);
  });
const Reports = z.array(
  z.object({
    Report_ID: z.string().transform((id) => id.trim().toUpperCase()),
    Release: z.coerce.string().default(""),
    First_Month_Available: MonthText,
    Last_Month_Available: MonthText,
  }),
);

export interface ListedReport {
  readonly id: string;
  readonly available: Span | null;
}

/** Null for an answer that is no report list. */
export function reportsIn({ document }: SushiAnswer): readonly ListedReport[] | null {
  const read = Reports.safeParse(document);
  if (!read.success || read.data.length === 0) return null;
  return read.data.map(({ Report_ID: id, First_Month_Available: from, Last_Month_Available: to }) => ({
    id,
    available: from === null || to === null ? null : { from, to },
  }));
}

const Status = z.object({
  Service_Active: z.union([z.boolean(), z.stringbool()]),
  Note: z.string().nullish(),
  Alerts: z.array(z.object({ Alert: z.string().nullish() })).nullish(),
});

export interface ServiceStatus {
  readonly active: boolean;
  readonly alerts: readonly string[];
}

/** Null for an answer that is none; some give an object instead of a list. */
export function statusIn({ document }: SushiAnswer): ServiceStatus | null {
  const [first] = [document].flat();
  const read = Status.safeParse(first);
  if (!read.success) return null;
  const { Service_Active: active, Note, Alerts } = read.data;
  const alerts = [Note, ...(Alerts ?? []).map(({ Alert }) => Alert)];
  return { active, alerts: alerts.filter((text): text is string => (text ?? "").trim() !== "") };
}
