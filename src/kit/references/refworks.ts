import type { MaterialType } from "../../domain/description.ts";
import { oneLine } from "./reference.ts";
import type { Reference } from "./reference.ts";

/** RefWorks knows no type for serials as a whole. */
const types: Readonly<Record<MaterialType, string>> = {
  book: "Book, Whole",
  "e-book": "Book, Whole",
  serial: "Generic",
  "e-journal": "Journal, Electronic",
  score: "Music Score",
  map: "Map",
  video: "Video",
  sound: "Sound Recording",
  thesis: "Dissertation",
  mixed: "Generic",
};

const electronic: ReadonlySet<MaterialType> = new Set(["e-book", "e-journal"]);

/** RefWorks Tagged Format: `RT Book, Whole`, a blank line between records, CR LF, without the preamble of exports. */
export function renderRefworks(references: readonly Reference[]): string {
  return references.map((reference) => `${linesOf(reference).join("\r\n")}\r\n`).join("\r\n");
}

function linesOf(reference: Reference): string[] {
  const { id, kind, title, author, edition, publisher, year, language, callNumber, library, url } = reference;
  // One line for all of them: readers take the last of several.
  const numbers = [...reference.isbn, ...reference.issn];
  const fields: readonly (readonly [tag: string, value: string | null])[] = [
    ["RT", types[kind]],
    ["SR", electronic.has(kind) ? "Electronic(1)" : "Print(0)"],
    ["ID", id],
    ["A1", author],
    ["T1", title],
    ["YR", year === null ? null : String(year)],
    ["ED", edition],
    ["PB", publisher],
    ["SN", numbers.length === 0 ? null : numbers.join(" ")],
    ...reference.subjects.map((subject) => ["K1", subject] as const),
    ["LA", language],
    ["CN", callNumber],
    ["SL", library],
    ["UL", url],
  ];
  return fields.flatMap(([tag, value]) => (value === null ? [] : [`${tag} ${oneLine(value)}`]));
}
