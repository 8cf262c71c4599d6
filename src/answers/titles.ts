import { titleUrl } from "../reports/context.ts";
import type { AnswerContext } from "./context.ts";
import type { TitleItem } from "./types.ts";

interface Title {
  readonly record: string;
  readonly title: string;
  readonly author: string | null;
  readonly year: number | null;
  readonly language: string | null;
  readonly materialType: string;
}

export function titleItem({ urls, words }: AnswerContext, title: Title): TitleItem {
  const url = titleUrl(urls, title.record);
  return {
    title: title.title === "" ? words.say("untitled") : title.title,
    ...(title.author !== null && { author: title.author }),
    ...(title.year !== null && { year: title.year }),
    ...(title.language !== null && { language: title.language }),
    materialType: title.materialType,
    ...(url !== null && { url }),
  };
}

/** “Gravitation” (Misner, Charles W., 1973) */
export function titleText({ title, author, year }: TitleItem): string {
  const by = [author, year === undefined ? undefined : String(year)].filter((part) => part !== undefined);
  return by.length === 0 ? `“${title}”` : `“${title}” (${by.join(", ")})`;
}
