/** What a section of a report is: its options in a report file, its title, and how it is built. */
import { z } from "zod";
import type { SectionContext } from "../context.ts";
import type { Sentence } from "../locale/en.ts";
import type { SectionModel } from "../model.ts";

export interface Section {
  readonly id: string;
  readonly title: Sentence;
  /** Once behind all parts, instead of in each. */
  readonly closing: boolean;
  /** Of its entry in a report file. */
  readonly schema: z.ZodObject<{ id: z.ZodLiteral<string> }>;
  /** Null when it has nothing to say and is left out. */
  build(context: SectionContext, entry: SectionEntry): Promise<SectionModel | null>;
}

/** An entry that passed the schema of its section. */
export interface SectionEntry {
  readonly id: string;
}

/** A section; with an id and a title where they are not the usual ones. */
export type SectionContent = Omit<SectionModel, "id" | "title"> & Partial<Pick<SectionModel, "id" | "title">>;

export function defineSection<Options extends z.ZodRawShape>(spec: {
  readonly id: string;
  readonly title: Sentence;
  readonly closing?: true;
  readonly options: Options;
  build(context: SectionContext, options: z.infer<z.ZodObject<Options>>): Promise<SectionContent | null>;
}): Section {
  const { id, title, closing = false, build } = spec;
  const options = z.object(spec.options);
  return {
    id,
    title,
    closing,
    schema: z.strictObject({ id: z.literal(id), ...spec.options }),
    build: async (context, entry) => {
      const model = await build(context, options.parse(entry));
      return model === null ? null : { id, title: context.words.say(title), ...model };
    },
  };
}
