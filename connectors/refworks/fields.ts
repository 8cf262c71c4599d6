/** A reference of a format of tags and lines, with the line it begins on; and what it says, whatever its tags. */
import type { Citation } from "../../src/domain/fact.ts";
import { doiIn, isbnsIn, issnsIn, yearIn } from "./numbers.ts";

export interface Tagged {
  readonly line: number;
  /** As it stands in the file. */
  readonly raw: string;
  /** By tag, in the order of the file. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  /** What was wrong with its form and could be mended. */
  readonly repairs: readonly string[];
}

/** Which tags say it, the first that is there before the others. */
export interface TagNames {
  readonly type: string;
  readonly title: readonly string[];
  readonly authors: readonly string[];
  readonly container: readonly string[];
  readonly year: readonly string[];
  readonly publisher: readonly string[];
  readonly numbers: readonly string[];
  readonly doi: readonly string[];
  readonly url: readonly string[];
}

/** Null: without a title there is nothing to look for. */
export function citationOf({ fields }: Tagged, names: TagNames): Citation | null {
  const all = (tags: readonly string[]): string[] =>
    tags.flatMap((tag) => fields.get(tag) ?? []).flatMap((text) => (plain(text) === "" ? [] : [plain(text)]));
  const first = (tags: readonly string[]): string | null => all(tags)[0] ?? null;
  const title = first(names.title);
  if (title === null) return null;
  const numbers = all(names.numbers);
  const container = all(names.container).find((text) => text !== title) ?? null;
  return {
    type: first([names.type]) ?? "",
    title,
    authors: authorsOf(names.authors.map((tag) => all([tag])).find((list) => list.length > 0) ?? []),
    year: yearIn(all(names.year)),
    container,
    publisher: first(names.publisher),
    isbn: isbnsIn(numbers),
    issn: issnsIn(numbers),
    doi: doiIn([...all(names.doi), ...all(names.url)]),
    url: first(names.url),
  };
}

/** Some programs write all authors into one field. */
function authorsOf(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.split(/\s*;\s*/)).filter((text) => text !== "");
}

/** Without the tags that some databases leave in titles. */
function plain(text: string): string {
  return text
    .replaceAll(/<\/?[A-Za-z][^<>]*>/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}
