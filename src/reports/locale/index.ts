export { en } from "./en.ts";
export { isSentence } from "./say.ts";
export { variablesOf } from "./variables.ts";
export { wordingsOf } from "./words.ts";
export type { OwnSentences } from "./words.ts";
