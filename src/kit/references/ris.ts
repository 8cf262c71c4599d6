import type { MaterialType } from "../../domain/description.ts";
import { oneLine } from "./reference.ts";
import type { Reference } from "./reference.ts";

/** A journal as a whole is a serial: JFULL has no publisher, and EJOUR is an article. */
const types: Readonly<Record<MaterialType, string>> = {
  book: "BOOK",
  "e-book": "EBOOK",
  serial: "SER",
  "e-journal": "SER",
  score: "MUSIC",
  map: "MAP",
  video: "VIDEO",
  sound: "SOUND",
  thesis: "THES",
  mixed: "GEN",
};

/** RIS (Research Information Systems, 2011 tags): `TY  - BOOK` to `ER  - `, CR LF. Nothing for no references. */
export function renderRis(references: readonly Reference[]): string {
  return references.map((reference) => `${linesOf(reference).join("\r\n")}\r\n`).join("\r\n");
}

function linesOf(reference: Reference): string[] {
  const { id, kind, title, author, edition, publisher, year, language, callNumber, library, url } = reference;
  const fields: readonly (readonly [tag: string, value: string | null])[] = [
    ["TY", types[kind]],
    ["ID", id],
    ["TI", title],
    ["AU", author],
    ["PY", year === null ? null : String(year)],
    ["ET", edition],
    ["PB", publisher],
    ...[...reference.isbn, ...reference.issn].map((number) => ["SN", number] as const),
    ...reference.subjects.map((subject) => ["KW", subject] as const),
    ["LA", language],
    ["CN", callNumber],
    ["DP", library],
    ["UR", url],
  ];
  return [
    ...fields.flatMap(([tag, value]) => (value === null ? [] : [`${tag}  - ${oneLine(value)}`])),
    "ER  - ",
  ];
}
