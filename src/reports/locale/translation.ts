import type { Sentence } from "./en.ts";

/** Another language; a sentence that it lacks is said in English. */
export type Translation = Partial<Readonly<Record<Sentence, string>>>;
