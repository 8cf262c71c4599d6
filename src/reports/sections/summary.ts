import { yearBefore } from "../../domain/period.ts";
import { reachOf } from "../../measures/reach.ts";
import { readStreams } from "../../store/queries/measures/streams.ts";
import type { SectionContext } from "../context.ts";
import { driverOfLoans } from "./drivers.ts";
import { changeOf } from "./figures.ts";
import type { ContextFigure } from "./figures.ts";
import { holdsReadOn } from "./demand.ts";
import { concernOf, fundsOf } from "./money.ts";
import { defineSection } from "./section.ts";
import type { SectionContent } from "./section.ts";
import { turnawaysByTitle } from "./wants.ts";

/** Things worth knowing that are told; what follows is in the sections below. */
const mostSentences = 3;
const mostWords = 60;
/** Fewer readers turned away in the period are told in their own section alone. */
const manyTurnaways = 10;

/**
 * Two or three whole sentences, at most 60 words: loans with direction, size and what drove it, then the first that
 * hold of: who waits, a fund in trouble, readers turned away, e-resources with direction, what came.
 */
export const summary = defineSection({
  id: "summary",
  title: "section.summary",
  options: {},
  build,
});

async function build(context: SectionContext): Promise<SectionContent> {
  const { words, period } = context;
  const loans = await context.figure("checkouts");
  const news = [
    ...(await waiting(context)),
    ...(await money(context)),
    ...(await turnedAway(context)),
    ...(await electronicUse(context)),
    ...(await arrivals(context)),
  ];
  const isQuiet = news.length === 0 && (loans.value === 0 || loans.value === null);
  if (isQuiet && loans.value === 0)
    return {
      blocks: [{ type: "text", text: words.say(period.kind === "month" ? "quiet" : "quiet-period") }],
      empty: true,
    };
  const told = await loansTold(context, loans);
  // That loans are unknown is worth less than what is known.
  const sentences = typeof loans.value === "number" ? [told, ...news] : [...news.slice(0, 2), told];
  const [first = told, ...more] = sentences;
  let text = first;
  for (const sentence of more.slice(0, mostSentences - 1))
    if (wordsIn(`${text} ${sentence}`) <= mostWords) text = `${text} ${sentence}`;
  return { blocks: [{ type: "text", text }], ...(isQuiet && { empty: true }) };
}

function wordsIn(text: string): number {
  return text.split(/\s+/).length;
}

async function loansTold(context: SectionContext, loans: ContextFigure): Promise<string> {
  const { words, period } = context;
  const { say } = words;
  if (typeof loans.value !== "number") return say(...(await whyNoLoans(context)));
  if (loans.value === 0) return say("no-loans", { period: words.period(period) });
  const change = await changeOf(context, "checkouts");
  const moved = change?.direction === "up" || change?.direction === "down";
  const driver = moved ? await driverOfLoans(context, yearBefore(period)) : null;
  return say("loans", {
    count: loans.value,
    text: counted(context, loans, loans.value),
    change: change?.text ?? "none",
    driver: driver ?? "none",
  });
}

/** Nothing was read at all, or loans are known from a later day on, or no source tells them. */
async function whyNoLoans({
  reader,
  period,
  settings,
  words,
}: SectionContext): Promise<Parameters<SectionContext["words"]["say"]>> {
  const { delivered, completeFrom } = await reachOf(reader, ["checkouts"], period, settings.zone);
  if (delivered && completeFrom !== null && completeFrom >= period.end)
    return ["loans-from", { day: words.day(completeFrom) }];
  const streams = await readStreams(reader);
  return [streams.every(({ asOf }) => asOf === null) ? "nothing-read" : "no-loan-data"];
}

function counted({ words }: SectionContext, { reason, coverage }: ContextFigure, value: number): string {
  const text = words.count(value);
  if (reason === "not-closed") return words.say("so-far", { text });
  return coverage < 100 ? capital(words.say("at-least", { text })) : text;
}

async function waiting(context: SectionContext): Promise<string[]> {
  const { words } = context;
  const { numerator: holds = 0, denominator: copies = 0 } = await context.figure("holds-per-copy");
  if (holds === 0 || (await holdsReadOn(context)) !== null) return [];
  const [holdsText, copiesText] = [words.count(holds), words.count(copies)];
  return [words.say("waiting", { holds, holdsText, copies, copiesText })];
}

/** The fund in the most trouble: overdrawn, else running out, else not used. */
async function money(context: SectionContext): Promise<string[]> {
  const { words, settings } = context;
  const funds = await fundsOf(context);
  const amount = (minor: number): string => words.money(minor, settings.currency);
  const find = (wanted: ReturnType<typeof concernOf>) => funds.find((fund) => concernOf(fund) === wanted);
  const [over, low, unused] = [find("overdrawn"), find("low"), find("unused")];
  if (over !== undefined)
    return [words.say("summary-over", { fund: over.name, over: amount(-over.available) })];
  if (low !== undefined)
    return [
      words.say("summary-low", {
        fund: low.name,
        left: amount(low.available),
        percent: words.percent(100 - low.elapsed),
      }),
    ];
  if (unused === undefined) return [];
  const { name, available, elapsed } = unused;
  return [
    words.say("summary-unused", { fund: name, left: amount(available), percent: words.percent(elapsed) }),
  ];
}

/** The journal that most readers could not open. */
async function turnedAway(context: SectionContext): Promise<string[]> {
  const [first] = await turnawaysByTitle(context, context.period, manyTurnaways);
  if (first === undefined) return [];
  return [
    context.words.say("summary-turnaways", {
      count: context.words.count(first.turnaways),
      title: first.title ?? context.words.say("untitled"),
    }),
  ];
}

/** Only what changed is worth a sentence. */
async function electronicUse(context: SectionContext): Promise<string[]> {
  const { reader, period, settings, words } = context;
  const { delivered } = await reachOf(reader, ["usage"], period, settings.zone);
  if (!delivered) return [];
  const { value } = await context.figure("electronic-requests");
  const change = await changeOf(context, "electronic-requests");
  if (typeof value !== "number" || change === null) return [];
  if (change.direction !== "up" && change.direction !== "down") return [];
  return [words.say("summary-requests", { count: words.count(value), change: change.text })];
}

async function arrivals(context: SectionContext): Promise<string[]> {
  const { value } = await context.figure("items-added");
  if (typeof value !== "number" || value === 0) return [];
  return [context.words.say("arrived", { count: value, text: context.words.count(value) })];
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
