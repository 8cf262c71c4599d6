import type { Block } from "../../model.ts";
import { defineSection } from "../section.ts";
import { paragraphsOf } from "./text.ts";

/**
 * What people recommend, kept from year to year: a file for each department with a heading for each period
 * (`## 2025/26`). Told are the text of this period and that of the last one before it, so that a reader sees what
 * became of it. Where nothing is written yet, the section says where to write.
 */
export const recommendations = defineSection({
  id: "recommendations",
  title: "section.recommendations",
  options: {},
  build: (context) => {
    const { words, period, recommendations: kept } = context;
    const name = context.department ?? "library";
    const written = writtenIn(kept.get(name) ?? "");
    const own = written.get(wordOf(period.word));
    const earlier = earlierThan(written, wordOf(period.word));
    const blocks: Block[] = [
      ...(own === undefined
        ? [
            {
              type: "note" as const,
              text: words.say("recommend-where", { file: `${name}.md`, heading: `## ${period.word}` }),
            },
          ]
        : paragraphsOf(own)),
      ...(earlier === null
        ? []
        : [
            { type: "note" as const, text: words.say("recommended-before", { period: earlier.word }) },
            ...paragraphsOf(earlier.text),
          ]),
    ];
    return Promise.resolve({ blocks, ...(own === undefined && { empty: true as const }) });
  },
});

/** Texts by period, as they are headed; what stands before the first heading is for the eyes of the writer. */
export function writtenIn(file: string): ReadonlyMap<string, string> {
  const [, ...parts] = `\n${file}`.split(/\n##[ \t]+/);
  return new Map(
    parts.flatMap((part): [string, string][] => {
      const [heading = "", ...lines] = part.split("\n");
      const text = lines.join("\n").trim();
      return text === "" ? [] : [[wordOf(heading), text]];
    }),
  );
}

/** `2025-26` is `2025/26` here: no month is meant in a heading of years. */
function wordOf(heading: string): string {
  return heading
    .trim()
    .replace(/^(\d{4})-(\d\d)$/, (all, year: string, next: string) =>
      Number(next) === (Number(year) + 1) % 100 ? `${year}/${next}` : all,
    );
}

function earlierThan(
  written: ReadonlyMap<string, string>,
  word: string,
): { word: string; text: string } | null {
  const [last] = [...written].filter(([other]) => other < word).sort(([a], [b]) => (a < b ? 1 : -1));
  return last === undefined ? null : { word: last[0], text: last[1] };
}
