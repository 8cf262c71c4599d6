import type { NewTitleEntry } from "../model.ts";

/** Who, where and when, in one line: what a feed reader shows beneath the title. */
export function summaryOf(entry: NewTitleEntry): string {
  const { author, publisher, year, edition, callNumber, library, location } = entry;
  const imprint = [publisher, year === null ? null : String(year)].filter((part) => part !== null).join(", ");
  const place = [library, location].filter((part) => part !== null).join(", ");
  return [author, edition, imprint, callNumber, place]
    .filter((part) => part !== null && part !== "")
    .join(" · ");
}
