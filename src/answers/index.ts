/**
 * What readers ask: who is my liaison, what is new, does the library have it. From the store and the mapping, public
 * data alone: no loans, no figures of the staff, nobody who borrowed. Doors: assistants by HTTP, and MCP.
 */
import { wordsOf } from "../reports/locale/words.ts";
import { answerDepartments, answerLiaisons } from "./liaisons.ts";
import { answerHoldings } from "./holdings.ts";
import { answerNewTitles } from "./new-titles.ts";
import type { AnswerContext, AnswersOptions } from "./context.ts";
import type { Answers } from "./types.ts";

export type { Answers } from "./types.ts";
export { given } from "./given.ts";
export { openApiDocument } from "./openapi.ts";
export { watsonSkill } from "./watson-skill.ts";
export { answerTo } from "./questions.ts";

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
