import type { SectionContext } from "../context.ts";
import type { SectionModel } from "../model.ts";
import { changeOf } from "./figures.ts";

/** Two or three whole sentences, at most 60 words: loans with direction and size, who waits, what came. */
export async function summary(context: SectionContext): Promise<SectionModel> {
  const { words, period } = context;
  const { messages } = words;
  const sentences: string[] = [];
  const loans = await context.figure("checkouts");
  const holds = await context.figure("holds-per-copy");
  const added = await context.figure("items-added");
  const nothing = [loans.value, holds.value, added.value].every((value) => value === 0 || value === null);

  if (typeof loans.value !== "number") sentences.push(messages.noLoanData);
  else if (nothing) sentences.push(period.kind === "month" ? messages.quiet : messages.quietPeriod);
  else if (loans.value === 0) sentences.push(messages.noLoans(words.period(period)));
  else {
    const change = await changeOf(context, "checkouts");
    const count = words.count(loans.value);
    const text =
      loans.reason === "not-closed"
        ? messages.soFar(count)
        : loans.coverage < 100
          ? capital(messages.atLeast(count))
          : count;
    sentences.push(messages.loans(loans.value, text, change?.text ?? null));
  }
  const { numerator = 0, denominator = 0 } = holds;
  if (numerator > 0) {
    sentences.push(
      messages.waiting(numerator, words.count(numerator), denominator, words.count(denominator)),
    );
  }
  if (typeof added.value === "number" && added.value > 0) {
    sentences.push(messages.arrived(added.value, words.count(added.value)));
  }
  return {
    id: "summary",
    title: messages.summary,
    blocks: [{ type: "text", text: sentences.join(" ") }],
    ...(nothing && { empty: true }),
  };
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
