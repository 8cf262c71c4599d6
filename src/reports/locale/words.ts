/** How a language writes numbers, money, days and lists. Digits are ours, rounded once; signs are the locale's. */
import { minorDigits } from "../../domain/money.ts";
import type { Period } from "../../domain/period.ts";
import { lastDay } from "../../domain/period.ts";
import type { CalendarDay, Instant } from "../../domain/time.ts";
import { dayIn, firstDay } from "../../domain/time.ts";
import type { Month } from "../../domain/time.ts";
import { figureDigits, moneyText } from "../../measures/display.ts";
import { numberText } from "../../measures/rounding.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import type { Sentence } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { sayerOf } from "./say.ts";
import type { Sayer } from "./say.ts";
import type { Translation } from "./translation.ts";

/** What a library says otherwise, by language; a language that is not translated begins with English. */
export type OwnSentences = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** The languages that are translated, English first. */
const catalogues: Readonly<Record<string, Translation>> = { en, de, fr, es };

/** How a sentence is said in every language, and as the library says it: to read back what a report wrote. */
export function wordingsOf(sentence: Sentence, own: OwnSentences): ReadonlySet<string> {
  const all: readonly Readonly<Record<string, string>>[] = [...Object.values(catalogues), ...own.values()];
  return new Set(all.flatMap((catalogue) => catalogue[sentence]?.trim().toLowerCase() ?? []));
}

export interface Words extends Sayer {
  readonly language: string;
  number(value: number, digits: number): string;
  /** Whole, or one digit when it is fractional. */
  count(value: number): string;
  percent(value: number, digits?: number): string;
  /** From minor units. */
  money(minor: number, currency: string): string;
  day(day: CalendarDay): string;
  /** The day of a moment in the library's zone. */
  moment(instant: Instant, zone: string): string;
  month(month: Month): string;
  /** `Oct 2026`. */
  shortMonth(month: Month): string;
  /** `Oct`. */
  monthName(month: Month): string;
  period(period: Period): string;
  list(words: readonly string[]): string;
}

/**
 * Words of a language, numbers and dates as the locale writes them when it is of that language. A language without a
 * catalogue gets English.
 */
export function wordsOf(language: string, locale: string, own: OwnSentences = new Map()): Words {
  const base = language.split("-")[0] ?? "en";
  const isKnown = catalogues[base] !== undefined || own.has(base);
  const spoken = isKnown ? language : "en";
  const style = locale.split("-")[0] === spoken.split("-")[0] ? locale : spoken;
  const sayer = sayerOf({ ...en, ...catalogues[base], ...own.get(isKnown ? base : "en") }, spoken);
  const days = new Intl.DateTimeFormat(style, {
    timeZone: "UTC",
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  const months = new Intl.DateTimeFormat(style, { timeZone: "UTC", month: "long", year: "numeric" });
  const shortMonths = new Intl.DateTimeFormat(style, { timeZone: "UTC", month: "short", year: "numeric" });
  const monthNames = new Intl.DateTimeFormat(style, { timeZone: "UTC", month: "short" });
  const lists = new Intl.ListFormat(style, { type: "conjunction" });

  const number = (value: number, digits: number): string => {
    const format = new Intl.NumberFormat(style, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    return format.format(decimal(numberText(value, digits)));
  };
  const at = (day: CalendarDay): Date => new Date(`${day}T00:00:00Z`);
  const day = (on: CalendarDay): string => days.format(at(on));
  const month = (of: Month): string => months.format(at(firstDay(of)));
  return {
    ...sayer,
    language: spoken,
    number,
    count: (value) => number(value, figureDigits("items", 0, value)),
    percent: (value, digits = 0) =>
      new Intl.NumberFormat(style, {
        style: "unit",
        unit: "percent",
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).format(decimal(numberText(value, digits))),
    money: (minor, currency) => {
      const digits = minorDigits(currency);
      const format = { style: "currency", currency, minimumFractionDigits: digits } as const;
      return new Intl.NumberFormat(style, format).format(decimal(moneyText(minor, currency)));
    },
    day,
    moment: (instant, zone) => day(dayIn(instant, zone)),
    month,
    monthName: (of) => monthNames.format(at(firstDay(of))),
    shortMonth: (of) => shortMonths.format(at(firstDay(of))),
    period: (period) => {
      switch (period.kind) {
        case "month":
          return months.format(at(period.from));
        case "quarter":
          return sayer.say("quarter", { quarter: period.word.slice(-1), year: period.word.slice(0, 4) });
        case "year":
          return period.word;
        case "academic-year":
          return sayer.say("academic-year", { word: period.word });
        case "range":
          return sayer.say("range", { from: day(period.from), to: day(lastDay(period)) });
      }
    },
    list: (words) => lists.format(words),
  };
}

/** Intl takes exact decimal texts; ours are. */
function decimal(text: string): `${number}` {
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new RangeError(`"${text}" is no decimal`);
  return text as `${number}`;
}
