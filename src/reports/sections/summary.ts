import type { SectionContext } from "../context.ts";
import { changeOf } from "./figures.ts";
import { defineSection } from "./section.ts";
import type { SectionContent } from "./section.ts";

/** Two or three whole sentences, at most 60 words: loans with direction and size, who waits, what came. */
export const summary = defineSection({
  id: "summary",
  title: "section.summary",
  options: {},
  build,
});

async function build(context: SectionContext): Promise<SectionContent> {
  const { words, period } = context;
  const { say } = words;
  const sentences: string[] = [];
  const loans = await context.figure("checkouts");
  const holds = await context.figure("holds-per-copy");
  const added = await context.figure("items-added");
  const nothing = [loans.value, holds.value, added.value].every((value) => value === 0 || value === null);

  if (typeof loans.value !== "number") sentences.push(say("no-loan-data"));
  else if (nothing) sentences.push(say(period.kind === "month" ? "quiet" : "quiet-period"));
  else if (loans.value === 0) sentences.push(say("no-loans", { period: words.period(period) }));
  else {
    const change = await changeOf(context, "checkouts");
    const count = words.count(loans.value);
    const text =
      loans.reason === "not-closed"
        ? say("so-far", { text: count })
        : loans.coverage < 100
          ? capital(say("at-least", { text: count }))
          : count;
    sentences.push(say("loans", { count: loans.value, text, change: change?.text ?? "none" }));
  }
  const { numerator = 0, denominator = 0 } = holds;
  if (numerator > 0) {
    sentences.push(
      say("waiting", {
        holds: numerator,
        holdsText: words.count(numerator),
        copies: denominator,
        copiesText: words.count(denominator),
      }),
    );
  }
  if (typeof added.value === "number" && added.value > 0) {
    sentences.push(say("arrived", { count: added.value, text: words.count(added.value) }));
  }
  return {
    blocks: [{ type: "text", text: sentences.join(" ") }],
    ...(nothing && { empty: true }),
  };
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
