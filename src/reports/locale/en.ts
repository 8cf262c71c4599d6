/**
 * Every sentence of a report in English. Another language is another file of this shape. Numbers, days and money come
 * as texts, with the count beside them where the sentence depends on it.
 */
import type { Datum, Rich } from "../model.ts";
import { rich } from "./rich.ts";

const rules = new Intl.PluralRules("en");
const plural = (count: number, one: string, other: string): string =>
  rules.select(count) === "one" && Number.isInteger(count) ? one : other;

const kinds: Readonly<Record<string, string>> = {
  biblios: "titles",
  records: "titles",
  items: "copies",
  checkouts: "loans",
  holds: "holds",
  funds: "funds",
  orders: "orders",
  suggestions: "suggestions",
  "ill-requests": "interlibrary loans",
  libraries: "libraries",
  "item-types": "item types",
  "authorised-values": "codes",
  "deleted-biblios": "deleted titles",
};

/** Flows that a report tells and may have to correct. */
const measureNames: Readonly<Record<string, string>> = {
  checkouts: "loans",
  renewals: "renewals",
  "in-house-uses": "uses in the house",
  "total-use": "uses",
  "items-added": "copies added",
  "items-withdrawn": "copies withdrawn",
  "suggestions-received": "suggestions",
  "ill-requests": "interlibrary loans",
  "electronic-requests": "requests of e-resources",
  turnaways: "turnaways",
};

export const en = {
  // Frame
  quarter: (quarter: string, year: string) => `quarter ${quarter} of ${year}`,
  academicYear: (word: string) => `academic year ${word}`,
  range: (from: string, to: string) => `${from} to ${to}`,
  library: "The whole library",
  unassigned: "Nobody’s titles",
  subjects: (count: number) => `Your ${count} subjects`,
  andMore: (name: string, count: number) => `${name} and ${count} more`,
  subjectLine: (name: string, period: string, calls: number) =>
    calls === 0
      ? `${name}: ${period}, nothing to do`
      : `${name}: ${period}, ${calls} ${plural(calls, "thing", "things")} to do`,
  titleLine: (name: string, title: string, period: string) => `${name}: ${title}, ${period}`,
  openPage: "Open this report as a page",
  madeBy: (software: string) => `Made by ${software}.`,
  contents: "In this report",
  shortened: "Shortened to fit into a mail. The plain text of this mail and the page have the whole list.",
  failed: "This part could not be made. The rest of the report is complete.",

  // Figures
  soFar: (text: string) => `${text} so far`,
  atLeast: (text: string) => `at least ${text}`,
  notAvailable: "not available",
  nothingToDivide: "–",
  tooFew: "–",
  hidden: "hidden",
  labels: {
    checkouts: "Loans",
    inHouseUses: "Uses in the house",
    itemsAdded: "Copies added",
    openHolds: "Open holds",
    suggestions: "Suggestions received",
    moneyLeft: "Money left",
  },

  // Changes on the same period a year before
  aboutTheSame: (before: string) => `about the same as in ${before}`,
  more: (percent: string, before: string, count: string) => `${percent} more than in ${before} (${count})`,
  fewer: (percent: string, before: string, count: string) => `${percent} fewer than in ${before} (${count})`,
  beforeWas: (count: number, text: string, before: string) => `${count === 0 ? "none" : text} in ${before}`,
  noComparison: (before: string) => `${before} is not on record`,
  ofAllocated: (percent: string) => `${percent} of what was allocated`,

  // In short
  summary: "In short",
  loans: (count: number, text: string, change: string | null) =>
    `${text} ${plural(count, "loan", "loans")}${change === null ? "" : `, ${change}`}.`,
  noLoans: (period: string) => `No loans in ${period}.`,
  waiting: (holds: number, holdsText: string, copies: number, copiesText: string) =>
    copies === 0
      ? `${holdsText} ${plural(holds, "reader waits", "readers wait")}, and there is no copy to lend.`
      : `${holdsText} ${plural(holds, "reader waits", "readers wait")}; ${copiesText} ${plural(copies, "copy", "copies")} can be lent.`,
  arrived: (count: number, text: string) => `${text} ${plural(count, "copy was", "copies were")} added.`,
  quiet: "A quiet month: no loans, nobody waits, and nothing new arrived.",
  quietPeriod: "A quiet time: no loans, nobody waits, and nothing new arrived.",
  noLoanData: "Loans are not available.",

  // To do
  actions: "To do",
  nothingWaits: "Nothing waits for you.",
  buy: (copies: number, title: Datum): Rich =>
    rich`Buy ${copies} ${plural(copies, "copy", "copies")} of ${title}`,
  buyWhy: (holds: number, copies: number, onOrder: number): Rich => {
    const wait = `${holds} ${plural(holds, "reader waits", "readers wait")}`;
    const ordered = onOrder === 0 ? "" : `; ${onOrder} on order`;
    if (copies === 0) return [`${wait}, and there is no copy to lend${ordered}.`];
    return [`${wait}; ${copies} ${plural(copies, "copy", "copies")} can be lent${ordered}.`];
  },
  buyMore: (titles: number): Rich =>
    rich`Look at ${titles} more ${plural(titles, "title", "titles")} with a long queue`,
  buyMoreWhy: (holds: number): Rich =>
    rich`${holds} ${plural(holds, "reader waits", "readers wait")} for them.`,
  answerSuggestions: (count: number): Rich =>
    rich`Answer ${count} ${plural(count, "suggestion", "suggestions")}`,
  answerWhy: (days: number, title: Datum | null): Rich => {
    const waits = `${days} ${plural(days, "day", "days")}`;
    return title === null ? [`The oldest waits ${waits}.`] : rich`The oldest waits ${waits}: ${title}`;
  },
  fundLow: (fund: Datum): Rich => rich`Watch the fund ${fund}`,
  fundLowWhy: (left: string, allocated: string): Rich => [`${left} of ${allocated} are left.`],
  fundOver: (over: string, allocated: string): Rich => [
    `It is overdrawn by ${over}; allocated were ${allocated}.`,
  ],
  fundUnused: (fund: Datum): Rich => rich`Use the fund ${fund}`,
  fundUnusedWhy: (left: string, percent: string): Rich => [
    `${left} are left, and ${percent} of the fiscal year is gone.`,
  ],
  overdue: (count: number): Rich => rich`Ask about ${count} ${plural(count, "order", "orders")}`,
  overdueWhy: (days: number): Rich => [`Ordered more than ${days} days ago, and not here yet.`],
  unowned: (count: number): Rich =>
    rich`Look at ${count} ${plural(count, "title", "titles")} that nobody owns`,
  unownedWhy: (title: Datum): Rich => rich`The subject headings look like yours. The closest is ${title}`,
  seeTitle: "See it in the catalogue",

  // At a glance
  headline: "At a glance",
  loansByMonth: "Loans by month",
  month: "Month",
  loansHead: "Loans",
  chartAlt: (high: string, highMonth: string, low: string, lowMonth: string) =>
    `Loans by month, highest ${high} in ${highMonth}, lowest ${low} in ${lowMonth}.`,
  chartFlat: (count: string) => `Loans by month, ${count} in every month.`,
  chartEmpty: "No loans by month are on record.",

  // Lists of titles
  newTitles: "New in your subject",
  newTitlesOfLibrary: "New titles",
  newTitlesCaption: (shown: number, all: number) =>
    shown === all ? `${all} new ${plural(all, "title", "titles")}` : `${shown} of ${all} new titles`,
  newTitlesMore: (count: string) => `All ${count} are in the list of new titles.`,
  topUsed: "What readers use",
  topUsedCaption: (atLeast: number) => `Most borrowed titles, from ${atLeast} loans on`,
  unmet: "What readers wait for",
  unmetCaption: "Titles with the longest queues",
  unmetNone: "No unmet demand is on record.",
  unmetMore: (count: number) => `${count} more ${plural(count, "title has", "titles have")} open holds.`,
  suggestionsCaption: "Suggestions that wait for an answer",
  noClass: "Without a call number",
  columns: {
    title: "Title",
    author: "Author",
    year: "Year",
    callNumber: "Call number",
    class: "Class",
    loans: "Loans",
    holds: "Holds",
    copies: "Copies",
    onOrder: "On order",
    arrived: "Arrived",
    material: "Kind",
    suggestedOn: "Suggested",
    fund: "Fund",
    allocated: "Allocated",
    spent: "Spent",
    promised: "Promised",
    left: "Left",
    pace: "Pace",
  },
  onOrderShort: (count: number) => `${count} on order`,
  untitled: "[no title]",

  // Money
  funds: "Money",
  fundsCaption: "Funds, with what is spent and promised",
  pace: {
    behind: (committed: string, elapsed: string) =>
      `behind the year: ${committed} committed, ${elapsed} gone`,
    ahead: (committed: string, elapsed: string) =>
      `ahead of the year: ${committed} committed, ${elapsed} gone`,
    even: (committed: string, elapsed: string) =>
      `in step with the year: ${committed} committed, ${elapsed} gone`,
  },
  fundsAsOf: (day: string) => `As on ${day}, without freight and invoice adjustments.`,

  // About these figures
  provenance: "About these figures",
  readOn: (day: string, what: string) => `As of ${day}: ${what}.`,
  streamName: (stream: string) => kinds[stream] ?? stream,
  notDelivered: (what: string) => `Not available: ${what}.`,
  coveredFrom: (what: string, day: string) => `${what} are known from ${day} on.`,
  waitingInputs: (count: number, what: string) =>
    `Of the ${what}, ${count} could not be read from the source and ${plural(count, "is", "are")} missing here.`,
  excluded: (count: string) => `${count} copies are left out of all figures by the mapping.`,
  mappedBy: (version: string) => `Titles belong to subjects by mapping version ${version}.`,
  notMapped: "No mapping has been applied yet.",
  fractional: "A title that belongs to several subjects counts for each with its share.",
  whole:
    "A title that belongs to several subjects counts whole for each; the figures of subjects overlap and cannot be added.",
  first: "A title that several subjects claim counts for the first of them.",
  definitions: "How every figure is defined",
  definedIn:
    "Figures are defined in the measures page of the manual; the collection office can show what is behind each.",
  askWhom: (library: string) => `Questions? Write to the collection office of ${library}.`,
  correction: (department: string | null, measure: string, period: string, now: string, before: string) =>
    `${department === null ? "" : `${department}, `}${measure} in ${period}: ${now}, reported as ${before}.`,
  measureName: (id: string) => measureNames[id] ?? id,
  remapped:
    "The mapping has changed since earlier reports; their figures are counted anew and not listed here.",
  running: (day: string) => `The period is not over, or not yet read to its end: figures are as on ${day}.`,
  noUseKind: "Uses in the house are not recorded here.",
};

/** What every language has to say. */
export type Messages = typeof en;
