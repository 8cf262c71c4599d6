import type { Instant } from "../domain/time.ts";
import type { Mapping } from "../mapping/index.ts";
import type { Urls } from "../reports/context.ts";
import type { OwnSentences, Words } from "../reports/locale/words.ts";
import type { Store } from "../store/index.ts";

export interface AnswersOptions {
  readonly read: Store["read"];
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
