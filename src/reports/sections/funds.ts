import { lastDay } from "../../domain/period.ts";
import { dayIn } from "../../domain/time.ts";
import type { Instant } from "../../domain/time.ts";
import type { SectionContext } from "../context.ts";
import type { Cell } from "../model.ts";
import { fundsOf } from "./money.ts";
import type { FundState } from "./money.ts";
import { column, dataCell } from "./titles.ts";
import { defineSection } from "./section.ts";
import type { SectionContent } from "./section.ts";

/** Points of difference between money and time within which a fund keeps step with the year. */
const inStep = 10;

/** One row a fund, with its pace in words. Left out when the department has none. */
export const funds = defineSection({
  id: "funds",
  title: "section.funds",
  options: {},
  build,
});

async function build(context: SectionContext): Promise<SectionContent | null> {
  const { words, settings } = context;
  const { say } = words;
  const states = await fundsOf(context);
  if (states.length === 0) return null;
  const { asOf } = await context.figure("fund-balance");
  const money = (minor: number): Cell => ({ value: minor, text: words.money(minor, settings.currency) });
  const rows = states.map((fund) => [
    dataCell(fund.name),
    { value: fund.committed, text: paceOf(context, fund) },
    money(fund.allocated),
    money(fund.spent),
    money(fund.encumbered),
    money(fund.available),
  ]);
  return {
    blocks: [
      {
        type: "table",
        id: "funds",
        caption: say("funds-caption"),
        columns: [
          column(context, "fund"),
          column(context, "pace", "start", true),
          column(context, "allocated", "end"),
          column(context, "spent", "end"),
          column(context, "promised", "end"),
          column(context, "left", "end"),
        ],
        groups: [{ label: null, rows }],
      },
      ...(asOf === null
        ? []
        : [{ type: "note", text: say("funds-as-of", { day: asOn(context, asOf) }) } as const]),
    ],
  };
}

/** Money is told as it stood at the end of the period, or for a running one when it was read. */
function asOn({ words, settings, period }: SectionContext, asOf: Instant): string {
  return dayIn(asOf, settings.zone) < period.end
    ? words.moment(asOf, settings.zone)
    : words.day(lastDay(period));
}

function paceOf({ words }: SectionContext, { committed, elapsed }: FundState): string {
  if (committed === null) return "";
  const pace =
    committed < elapsed - inStep ? "pace.behind" : committed > elapsed + inStep ? "pace.ahead" : "pace.even";
  return words.say(pace, { committed: words.percent(committed), elapsed: words.percent(elapsed) });
}
