/** Puts values into the sentences of a language (ICU MessageFormat, by intl-messageformat). */
import { IntlMessageFormat } from "intl-messageformat";
import type { Datum, Rich } from "../model.ts";
import type { Catalogue, Sentence } from "./en.ts";
import { en } from "./en.ts";

/** Counts choose the form of a sentence and are written whole; everything else comes as text. */
export type Values = Readonly<Record<string, string | number>>;
export type RichValues = Readonly<Record<string, string | number | Datum>>;

export interface Sayer {
  /** Throws when the sentence names a variable that has no value. */
  say(sentence: Sentence, values?: Values): string;
  /** With catalogue data in it, which keep their own language and direction. */
  rich(sentence: Sentence, values: RichValues): Rich;
}

export function sayerOf(catalogue: Catalogue, language: string): Sayer {
  const formats = new Map<Sentence, IntlMessageFormat>();
  const formatOf = (sentence: Sentence): IntlMessageFormat => {
    let format = formats.get(sentence);
    if (format === undefined) {
      format = new IntlMessageFormat(catalogue[sentence], language, undefined, { ignoreTag: true });
      formats.set(sentence, format);
    }
    return format;
  };
  const rich = (sentence: Sentence, values: RichValues): Rich => {
    const said: unknown = formatOf(sentence).format<Datum>({ ...values });
    return (Array.isArray(said) ? said : [said]) as (string | Datum)[]; // texts, and the data that were put in
  };
  return {
    say: (sentence, values = {}) => rich(sentence, values).join(""),
    rich,
  };
}

/** Whether there is a sentence of this name, such as `stream.items`. */
export function isSentence(name: string): name is Sentence {
  return name in en;
}
