import { z } from "zod";
import { readWishedTitles } from "../../../store/queries/worklists/wishes.ts";
import type { WishedTitle } from "../../../store/queries/worklists/wishes.ts";
import type { SectionContext } from "../../context.ts";
import type { Sentence } from "../../locale/en.ts";
import type { Cell, Column } from "../../model.ts";
import { isOpen, queuesOf, suggestionsOf } from "../demand.ts";
import { defineSection } from "../section.ts";
import { column, countCell, dataCell, titleCell } from "../titles.ts";
import { borrowedTitles, monthsUpTo, turnawaysByTitle } from "../wants.ts";
import { firstIsbn, linkCell, moneyCell, moneyKind } from "./cells.ts";
import { lostTitles } from "./lost-but-wanted.ts";

const reasons = ["holds", "turnaways", "ill", "suggestion", "lost"] as const;
type Reason = (typeof reasons)[number];

/** One thing that readers asked for, for one reason. */
interface Wish {
  readonly record: string | null;
  readonly title: string | null;
  readonly author: string | null;
  readonly isbn: string | null;
  readonly fund: string | null;
  readonly reason: Reason;
  readonly demand: number;
}

/**
 * Titles that readers asked for and could not get: holds beyond what copies and orders serve, turnaways, interlibrary
 * loans of one title, suggestions that wait, last copies that are lost. Most wanted first, each title once.
 */
export const buy = defineSection({
  id: "buy",
  title: "section.buy",
  options: {
    limit: z.int().min(1).max(5000).default(200).describe("Titles listed"),
    months: z.int().min(1).max(120).default(24).describe("Months of loans, interlibrary loans and uses"),
    illAtLeast: z.int().min(1).default(2).describe("Interlibrary loans of a title that is listed"),
    turnawaysAtLeast: z.int().min(1).default(10).describe("Turnaways in 12 months of one that is listed"),
  },
  build: async (context, options) => {
    const { say } = context.words;
    const wishes = [
      ...(await waitedFor(context)),
      ...(await turnedAway(context, options.turnawaysAtLeast)),
      ...(await borrowedElsewhere(context, options.months, options.illAtLeast)),
      ...(await suggested(context)),
      ...(await lost(context, options.months)),
    ];
    const titles = [...Map.groupBy(wishes, keyOf).values()].sort(
      (a, b) => demandOf(b) - demandOf(a) || (titleOf(a) < titleOf(b) ? -1 : 1),
    );
    if (titles.length === 0) return { blocks: [{ type: "text", text: say("worklist-none") }], empty: true };
    const shown = titles.slice(0, options.limit);
    const known = await readWishedTitles(
      context.reader,
      shown.flatMap((title) => title[0]?.record ?? []),
    );
    const left = titles.length - shown.length;
    return {
      blocks: [
        {
          type: "table",
          id: "buy",
          caption: say("buy-caption", { shown: shown.length }),
          worklist: true,
          columns: columnsOf(context),
          groups: [{ label: null, rows: shown.map((title) => rowOf(context, title, known)) }],
          ...(left > 0 && { more: say("worklist-more", { count: left }) }),
        },
      ],
    };
  },
});

async function waitedFor(context: SectionContext): Promise<Wish[]> {
  return (await queuesOf(context))
    .filter(({ toBuy }) => toBuy > 0)
    .map(({ record, title, author, holds }) => ({
      ...{ record, title, author, isbn: null, fund: null },
      ...{ reason: "holds" as const, demand: holds },
    }));
}

async function turnedAway(context: SectionContext, atLeast: number): Promise<Wish[]> {
  const titles = await turnawaysByTitle(context, monthsUpTo(context.period, 12), atLeast);
  return titles.map(({ record, title, turnaways }) => ({
    ...{ record, title, author: null, isbn: null, fund: null },
    ...{ reason: "turnaways" as const, demand: turnaways },
  }));
}

async function borrowedElsewhere(context: SectionContext, months: number, atLeast: number): Promise<Wish[]> {
  const titles = await borrowedTitles(context, monthsUpTo(context.period, months), atLeast);
  return titles.map(({ record, title, requests }) => ({
    ...{ record, title, author: null, isbn: null, fund: null },
    ...{ reason: "ill" as const, demand: requests },
  }));
}

async function suggested(context: SectionContext): Promise<Wish[]> {
  return (await suggestionsOf(context))
    .filter((row) => isOpen(row, context))
    .map(({ record, title, author, isbn, fund }) => ({
      ...{ record, title, author, isbn, fund },
      ...{ reason: "suggestion" as const, demand: 1 },
    }));
}

/** Demand: who waits; else the loans that it had. */
async function lost(context: SectionContext, months: number): Promise<Wish[]> {
  return (await lostTitles(context, months))
    .filter(({ onOrder }) => onOrder === 0)
    .map(({ record, title, author, isbn, holds, uses }) => ({
      ...{ record, title, author, isbn: firstIsbn(isbn), fund: null },
      ...{ reason: "lost" as const, demand: holds > 0 ? holds : uses },
    }));
}

/** Of one record, or where none is known of one title in whatever capitals. */
function keyOf({ record, title }: Wish): string {
  return record === null ? `title ${(title ?? "").toLowerCase()}` : `record ${record}`;
}

/** Who waits for a lost title is not counted twice. */
function demandOf(wishes: readonly Wish[]): number {
  const isWaitedFor = wishes.some(({ reason }) => reason === "holds");
  return wishes.reduce((sum, { reason, demand }) => sum + (reason === "lost" && isWaitedFor ? 0 : demand), 0);
}

function titleOf(wishes: readonly Wish[]): string {
  return wishes.find(({ title }) => title !== null)?.title ?? "";
}

function columnsOf(context: SectionContext): Column[] {
  return [
    column(context, "title"),
    column(context, "author", "start", true),
    { ...column(context, "isbn"), dataOnly: true },
    column(context, "reasons"),
    column(context, "demand", "end"),
    { ...column(context, "price", "end"), ...moneyKind(context.settings.currency) },
    { ...column(context, "fund"), dataOnly: true },
    { ...column(context, "link"), dataOnly: true },
  ];
}

function rowOf(
  context: SectionContext,
  wishes: readonly Wish[],
  known: ReadonlyMap<string, WishedTitle>,
): Cell[] {
  const record = wishes[0]?.record ?? null;
  const title = record === null ? undefined : known.get(record);
  const found = <K extends "author" | "isbn" | "fund">(name: K): string | null =>
    wishes.find((wish) => wish[name] !== null)?.[name] ?? null;
  const shown = { record: record ?? "", title: title?.title ?? titleOf(wishes), language: title?.language };
  const byReason = reasons.flatMap((reason) => {
    const demand = wishes
      .filter((wish) => wish.reason === reason)
      .reduce((sum, wish) => sum + wish.demand, 0);
    return demand > 0 || wishes.some((wish) => wish.reason === reason) ? [{ reason, demand }] : [];
  });
  const isbn = found("isbn") ?? (title === undefined ? null : firstIsbn(title.isbn));
  return [
    titleCell(context, { ...shown, author: null, language: shown.language ?? null }),
    dataCell(found("author") ?? title?.author ?? null),
    dataCell(isbn),
    {
      value: byReason.map(({ reason }) => reason).join("|"),
      text: byReason
        .map(({ reason, demand }) =>
          context.words.say(`want.${reason}` satisfies Sentence, { count: demand }),
        )
        .join("; "),
    },
    countCell(context, demandOf(wishes)),
    moneyCell(context, title?.priceMinor ?? null),
    dataCell(found("fund") ?? title?.fund ?? null),
    linkCell(record === null ? null : context.titleUrl(record)),
  ];
}
