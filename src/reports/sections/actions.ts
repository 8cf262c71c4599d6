import { z } from "zod";
import { addDays, dayIn } from "../../domain/time.ts";
import { countOverdueOrders } from "../../store/queries/measures/money.ts";
import { readUnownedLike } from "../../store/queries/measures/unowned.ts";
import type { SectionContext } from "../context.ts";
import { datum } from "../locale/rich.ts";
import type { ListBlock } from "../model.ts";
import { daysOpen, isOpen, queuesOf, suggestionsOf } from "./demand.ts";
import { defineSection } from "./section.ts";
import { concernOf, fundsOf, ownersByFund, ownsFund } from "./money.ts";

type Action = ListBlock["items"][number];

/** Titles with a queue that are named one by one; the rest is one entry. */
const namedQueues = 2;
/** Orders that are not here after so many days are asked about. */
const overdueDays = 90;
/** What to do, most urgent first: readers who wait, wishes without an answer, money, orders, titles that nobody owns. */
export const actions = defineSection({
  id: "actions",
  title: "section.actions",
  options: { limit: z.int().min(1).max(20).default(5).describe("Most urgent calls to action") },
  build: async (context, { limit }) => {
    const items = [
      ...(await queueActions(context)),
      ...(await suggestionActions(context)),
      ...(await fundActions(context)),
      ...(await orderActions(context)),
      ...(await unownedActions(context)),
    ].slice(0, limit);
    if (items.length === 0)
      return { blocks: [{ type: "text", text: context.words.say("nothing-waits") }], empty: true };
    return { blocks: [{ type: "list", id: "actions", items }] };
  },
});

async function queueActions(context: SectionContext): Promise<Action[]> {
  const { say, rich } = context.words;
  const queues = (await queuesOf(context)).filter(({ toBuy }) => toBuy > 0);
  const named = queues
    .slice(0, namedQueues)
    .map(({ record, title, holds, copies, onOrder, toBuy }): Action => {
      const href = context.titleUrl(record);
      return {
        what: rich("buy", { copies: toBuy, title: datum(title ?? say("untitled")) }),
        why: rich("buy-why", { holds, copies, onOrder }),
        ...(href !== null && { link: { href, label: say("see-title") } }),
      };
    });
  const rest = queues.slice(namedQueues);
  if (rest.length === 0) return named;
  const holds = rest.reduce((sum, queue) => sum + queue.holds, 0);
  return [
    ...named,
    { what: rich("buy-more", { titles: rest.length }), why: rich("buy-more-why", { holds }) },
  ];
}

async function suggestionActions(context: SectionContext): Promise<Action[]> {
  const { rich } = context.words;
  const open = (await suggestionsOf(context)).filter((row) => isOpen(row, context));
  const [oldest] = open;
  if (oldest === undefined) return [];
  const title = oldest.title === null ? null : datum(oldest.title);
  const days = daysOpen(oldest, context);
  return [
    {
      what: rich("answer-suggestions", { count: open.length }),
      why: title === null ? rich("answer-why", { days }) : rich("answer-why-title", { days, title }),
    },
  ];
}

async function fundActions(context: SectionContext): Promise<Action[]> {
  const { words, settings } = context;
  const { rich } = words;
  const money = (minor: number): string => words.money(minor, settings.currency);
  const concerned = (await fundsOf(context)).map((fund) => ({ ...fund, concern: concernOf(fund) }));
  const urgent = concerned.filter(({ concern }) => concern === "overdrawn" || concern === "low");
  const unused = concerned.filter(({ concern }) => concern === "unused");
  return [...urgent, ...unused].map(({ name, concern, allocated, available, elapsed }): Action => {
    const fund = datum(name);
    const left = money(available);
    switch (concern) {
      case "overdrawn":
        return {
          what: rich("fund-low", { fund }),
          why: rich("fund-over-why", { over: money(-available), allocated: money(allocated) }),
        };
      case "low":
        return {
          what: rich("fund-low", { fund }),
          why: rich("fund-low-why", { left, allocated: money(allocated) }),
        };
      default:
        return {
          what: rich("fund-unused", { fund }),
          why: rich("fund-unused-why", { left, percent: words.percent(elapsed) }),
        };
    }
  });
}

async function orderActions(context: SectionContext): Promise<Action[]> {
  const { now, settings, words } = context;
  const before = addDays(dayIn(now, settings.zone), -overdueDays);
  const owners = await ownersByFund(context);
  const late = (await countOverdueOrders(context.reader, before))
    .filter(({ fundCode }) => ownsFund(context, owners, fundCode))
    .reduce((sum, { count }) => sum + count, 0);
  if (late === 0) return [];
  return [
    {
      what: words.rich("overdue", { count: late }),
      why: words.rich("overdue-why", { days: overdueDays }),
    },
  ];
}

/** Only for a department: the library as a whole owns what nobody owns. */
async function unownedActions(context: SectionContext): Promise<Action[]> {
  const { department, setIds, words, reader } = context;
  if (department === null || department === "unassigned" || setIds === null) return [];
  const { count, closest } = await readUnownedLike(reader, setIds);
  if (closest === null) return [];
  const href = context.titleUrl(closest.record);
  return [
    {
      what: words.rich("unowned", { count }),
      why: words.rich("unowned-why", { title: datum(closest.title) }),
      ...(href !== null && { link: { href, label: words.say("see-title") } }),
    },
  ];
}
