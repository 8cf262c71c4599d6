import { z } from "zod";
import { addMonths, monthOf } from "../../domain/time.ts";
import type { CalendarDay } from "../../domain/time.ts";
import { judgedCopies } from "../../measures/weeding-candidate.ts";
import type { JudgedCopy } from "../../measures/weeding-candidate.ts";
import { defaultRule } from "../../measures/weeding-judge.ts";
import { readWorklistFacts } from "../../store/queries/measures/worklist-facts.ts";
import type { WorklistFacts } from "../../store/queries/measures/worklist-facts.ts";
import type { SectionContext } from "../context.ts";
import type { Cell, Column } from "../model.ts";
import { measureContextOf } from "./measure-context.ts";
import { defineSection } from "./section.ts";
import { column, countCell, dataCell, titleCell, yearCell } from "./titles.ts";

/** Months of use that a worklist calls recent. */
const recentMonths = 60;

/** What a person may decide at the shelf. */
export const decisions = ["keep", "withdraw", "store", "repair", "replace", "promote"] as const;

/**
 * Copies that the weeding rules of the mapping propose, in the order of a walk along the shelf, a group for each place.
 * The protected are left out, or shown with what protects them. It proposes; nothing is written to the catalogue.
 */
export const weeding = defineSection({
  id: "weeding",
  title: "section.weeding",
  options: {
    limit: z.int().min(1).max(20_000).default(500).describe("Copies listed"),
    order: z.enum(["shelf", "score"]).default("shelf").describe("Along the shelf, or the surest first"),
    protected: z.boolean().default(false).describe("Also those that something protects"),
  },
  build: async (context, { limit, order, protected: withProtected }) => {
    const { say } = context.words;
    const measure = await measureContextOf(context, ["items", "records", "checkouts"]);
    const judged: JudgedCopy[] = [];
    let left = 0;
    if (measure !== null) {
      for await (const copy of judgedCopies(measure)) {
        if (!copy.verdict.candidate && !withProtected) continue;
        if (order === "shelf" && judged.length >= limit) left++;
        else judged.push(copy);
      }
    }
    if (order === "score") {
      judged.sort((a, b) => b.verdict.score - a.verdict.score || a.copy.id - b.copy.id);
      left += judged.splice(limit).length;
    }
    if (judged.length === 0)
      return { blocks: [{ type: "text", text: say("weeding-none") }, ...notesOf(context)], empty: true };
    const since = addMonths(monthOf(context.period.end), -recentMonths);
    const facts = await readWorklistFacts(
      context.reader,
      judged.map(({ copy }) => copy.id),
      since,
    );
    const rows = judged.map((copy, n) => ({
      place: placeOf(copy),
      row: rowOf(context, copy, facts.get(copy.copy.id), n + 1),
    }));
    return {
      blocks: [
        {
          type: "table",
          id: "weeding",
          caption: say("weeding-caption", { shown: judged.length }),
          columns: columnsOf(context),
          groups: [...Map.groupBy(rows, ({ place }) => place)].map(([label, copies]) => ({
            label,
            rows: copies.map(({ row }) => row),
          })),
          worklist: true,
          ...(left > 0 && { more: say("weeding-more", { count: left }) }),
        },
        ...notesOf(context),
      ],
    };
  },
});

function notesOf({ words, mapping }: SectionContext): { readonly type: "note"; readonly text: string }[] {
  const { say } = words;
  const { ageYears, unusedYears } = defaultRule;
  const rules =
    mapping.weeding === undefined
      ? [say("weeding-rules-default", { ageYears: ageYears ?? 0, unusedYears: unusedYears ?? 0 })]
      : [];
  return [...rules, say("weeding-note")].map((text) => ({ type: "note", text }));
}

function placeOf({ copy }: JudgedCopy): string {
  return [copy.library, copy.location].filter((part) => part !== null && part !== "").join(" · ");
}

function columnsOf(context: SectionContext): Column[] {
  const { say } = context.words;
  const choices = decisions.map((decision) => say(`decision.${decision}`));
  const data = (shown: Column): Column => ({ ...shown, dataOnly: true });
  const day = (shown: Column): Column => ({ ...shown, kind: "day" });
  return [
    data({ ...column(context, "decision"), choices }),
    data(column(context, "note")),
    data(column(context, "number", "end")),
    column(context, "callNumber"),
    column(context, "title"),
    data(column(context, "author")),
    column(context, "year", "end"),
    data(column(context, "edition")),
    data(column(context, "library")),
    data(column(context, "location")),
    data(column(context, "collection")),
    column(context, "barcode", "start", true),
    data(column(context, "copies", "end")),
    day(column(context, "lastUse")),
    data(column(context, "usesRecent", "end")),
    data(column(context, "usesEver", "end")),
    data(column(context, "inHouse", "end")),
    data(day(column(context, "acquired"))),
    data({ ...column(context, "price", "end"), kind: { currency: context.settings.currency } }),
    column(context, "reasons"),
    data(column(context, "protectedBy")),
    data(column(context, "holds", "end")),
    data(column(context, "link")),
  ];
}

function rowOf(
  context: SectionContext,
  judged: JudgedCopy,
  facts: WorklistFacts | undefined,
  number: number,
): Cell[] {
  const { copy, lastUse, verdict } = judged;
  const { words, settings } = context;
  const empty: Cell = { value: null, text: "" };
  const price = facts?.priceMinor ?? null;
  const link = context.titleUrl(copy.record);
  return [
    empty,
    empty,
    { value: number, text: String(number) },
    dataCell(copy.callNumber),
    titleCell(context, copy),
    dataCell(copy.author),
    yearCell(copy.publicationYear),
    dataCell(facts?.edition ?? null),
    dataCell(copy.library),
    dataCell(copy.location),
    dataCell(copy.collection),
    dataCell(copy.barcode),
    countCell(context, copy.copies),
    dayCell(context, lastUse),
    countCell(context, facts?.usesSince ?? 0),
    countCell(context, facts?.usesEver ?? 0),
    countCell(context, facts?.inHouse ?? 0),
    dayCell(context, copy.acquiredOn),
    price === null ? empty : { value: price, text: words.money(price, settings.currency) },
    { value: verdict.fired.join("|"), text: reasonsOf(context, judged).join("; ") },
    {
      value: verdict.protectedBy.join("|"),
      text: verdict.protectedBy.map((by) => words.say(`protection.${by}`)).join("; "),
    },
    countCell(context, facts?.openHolds ?? 0),
    { value: link, text: link ?? "" },
  ];
}

function dayCell({ words }: SectionContext, day: CalendarDay | null): Cell {
  return { value: day, text: day === null ? "" : words.day(day) };
}

function reasonsOf({ words }: SectionContext, { copy, rule, lastUse, verdict }: JudgedCopy): string[] {
  const { say } = words;
  const { acquiredOn } = copy;
  const unused =
    lastUse !== null || acquiredOn === null
      ? say("weeding.unused", { day: lastUse === null ? "–" : words.day(lastUse) })
      : say("weeding.never-used", { day: words.day(acquiredOn) });
  return verdict.fired.map((reason) => {
    switch (reason) {
      case "age":
        return say("weeding.age", { year: copy.publicationYear ?? 0, years: rule.ageYears ?? 0 });
      case "unused":
        return unused;
      case "damaged":
        return say("weeding.damaged");
      case "superseded":
        return say("weeding.superseded");
      default:
        return reason;
    }
  });
}
