import { z } from "zod";
import { judgedCopies } from "../../../measures/weeding-candidate.ts";
import type { JudgedCopy } from "../../../measures/weeding-candidate.ts";
import { defaultRule } from "../../../measures/weeding-judge.ts";
import type { SectionContext } from "../../context.ts";
import type { Cell } from "../../model.ts";
import { measureContextOf } from "../measure-context.ts";
import { defineSection } from "../section.ts";
import { copyTable, usesEver } from "./copy-table.ts";
import type { Choice } from "./copy-table.ts";

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
    const judged: { readonly position: number; readonly found: JudgedCopy }[] = [];
    let all = 0;
    if (measure !== null) {
      for await (const found of judgedCopies(measure)) {
        if (measure.shares(found.copy.setId) === null) continue;
        if (!found.verdict.candidate && !withProtected) continue;
        all++;
        if (order === "score" || judged.length < limit) judged.push({ position: all, found });
        if (judged.length >= 4 * limit + 1000) keepSurest(judged, limit);
      }
    }
    if (measure === null || all === 0)
      return { blocks: [{ type: "text", text: say("weeding-none") }, ...notesOf(context)], empty: true };
    if (order === "score") keepSurest(judged, limit);
    const choices = judged
      .sort((a, b) => a.position - b.position)
      .map(({ found }) => choiceOf(context, found));
    const left = all - choices.length;
    const list = await copyTable(context, {
      id: "weeding",
      caption: say("weeding-caption", { shown: choices.length }),
      at: measure.at,
      choices,
      order,
      judged: true,
      ...(left > 0 && { more: say("weeding-more", { count: left }) }),
    });
    return { blocks: [list, ...notesOf(context)] };
  },
});

function keepSurest(
  judged: { readonly position: number; readonly found: JudgedCopy }[],
  limit: number,
): void {
  judged.sort((a, b) => b.found.verdict.score - a.found.verdict.score || a.position - b.position);
  judged.splice(limit);
}

function choiceOf(context: SectionContext, judged: JudgedCopy): Choice {
  const { fired, protectedBy, score } = judged.verdict;
  const { say } = context.words;
  return {
    id: judged.copy.id,
    score,
    reasons: (copy) => listCell(fired, reasonsOf(context, judged, usesEver(copy) ?? 0)),
    protectedBy: listCell(
      protectedBy,
      protectedBy.map((by) => say(`protection.${by}`)),
    ),
  };
}

/** Words of the mapping for machines, sentences for people. */
function listCell(values: readonly string[], texts: readonly string[]): Cell {
  return { value: values.length === 0 ? null : values.join("|"), text: texts.join("; ") };
}

function notesOf({ words, mapping }: SectionContext): { readonly type: "note"; readonly text: string }[] {
  const { say } = words;
  const { ageYears, unusedYears } = defaultRule;
  const rules =
    mapping.weeding === undefined
      ? [say("weeding-rules-default", { ageYears: ageYears ?? 0, unusedYears: unusedYears ?? 0 })]
      : [];
  return [...rules, say("weeding-note")].map((text) => ({ type: "note", text }));
}

/** `uses`: how often it was used at all. A source may count uses of which it has forgotten the day. */
function reasonsOf(
  { words }: SectionContext,
  { copy, rule, lastUse, verdict }: JudgedCopy,
  uses: number,
): string[] {
  const { say } = words;
  const here = copy.acquiredOn === null ? "–" : words.day(copy.acquiredOn);
  const unused =
    lastUse !== null
      ? say("weeding.unused", { day: words.day(lastUse) })
      : say(uses > 0 ? "weeding.no-day" : "weeding.never-used", { day: here });
  return verdict.fired.map((reason) => {
    switch (reason) {
      case "age":
        return say("weeding.age", { year: String(copy.publicationYear ?? ""), years: rule.ageYears ?? 0 });
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
