/**
 * What readers ask: who is my liaison, what is new, does the library have it. From the store and the mapping, public
 * data alone: no loans, no figures of the staff, nobody who borrowed. Doors: assistants by HTTP, and MCP.
 */
import type { Instant } from "../domain/time.ts";
import { wordsOf } from "../reports/locale/words.ts";
import type { OwnSentences, Words } from "../reports/locale/words.ts";
import type { Urls } from "../reports/context.ts";
import type { Mapping } from "../mapping/index.ts";
import type { Store } from "../store/index.ts";
import { answerDepartments, answerLiaisons } from "./liaisons.ts";
import { answerHoldings } from "./holdings.ts";
import { answerNewTitles } from "./new-titles.ts";
import type { Answer, DepartmentItem, HoldingItem, LiaisonItem, NewTitleItem } from "./types.ts";

export type { Answer, DepartmentItem, HoldingItem, LiaisonItem, NewTitleItem } from "./types.ts";
export { answerTo } from "./questions.ts";

export interface AnswersOptions {
  readonly store: Store;
  /** In force now. */
  readonly mapping: () => Promise<Mapping>;
  readonly now: () => Instant;
  readonly zone: string;
  /** BCP 47: of the library, and of who does not say theirs. */
  readonly locale: string;
  readonly urls: Urls;
  readonly sentences: OwnSentences;
}

export interface AnswerContext extends Omit<AnswersOptions, "mapping" | "sentences"> {
  readonly mapping: Mapping;
  readonly words: Words;
}

/** `language`: BCP 47 of the text; absent, or one that is not spoken: the library's. */
export interface Answers {
  departments(asked: { q?: string; language?: string }): Promise<Answer<DepartmentItem>>;
  /** `department`: an id, a name, a subject or a call number; absent: all. */
  liaisons(asked: { department?: string; language?: string }): Promise<Answer<LiaisonItem>>;
  /** Arrived within the last 31 days, the newest first. `limit`: 1 to 50. */
  newTitles(asked: { department?: string; limit?: number; language?: string }): Promise<Answer<NewTitleItem>>;
  /** By ISBN or ISSN, else by words of title, author and year. */
  holdings(asked: {
    q?: string;
    isbn?: string;
    issn?: string;
    limit?: number;
    language?: string;
  }): Promise<Answer<HoldingItem>>;
}

export function createAnswers({ mapping, sentences, ...options }: AnswersOptions): Answers {
  const contextFor = async (language: string | undefined): Promise<AnswerContext> => ({
    ...options,
    mapping: await mapping(),
    words: wordsOf(language ?? options.locale, options.locale, sentences),
  });
  return {
    departments: async ({ language, ...asked }) => answerDepartments(await contextFor(language), asked),
    liaisons: async ({ language, ...asked }) => answerLiaisons(await contextFor(language), asked),
    newTitles: async ({ language, ...asked }) => answerNewTitles(await contextFor(language), asked),
    holdings: async ({ language, ...asked }) => answerHoldings(await contextFor(language), asked),
  };
}
