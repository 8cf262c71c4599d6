/** Cells of a list: what they mean, or null with what is wrong with them. */
import { tryDay } from "../../src/domain/time.ts";
import { isbnOf, issnOf } from "../../src/kit/delimited/identifiers.ts";

/** A cell that says something else than its column is for. */
export interface Defect {
  readonly column: string;
  readonly value: string;
  readonly cure: string;
}

export type Note = (column: string, value: string, cure: string) => void;

export interface Identifier {
  readonly issn: string | null;
  readonly isbn: string | null;
}

/** An ISSN of a serial, an ISBN of a monograph; lists mix them, and the number says which it is. */
export function identifier(text: string, column: string, note: Note): Identifier {
  if (text === "") return { issn: null, isbn: null };
  const issn = issnOf(text);
  if (issn !== null) return { issn, isbn: null };
  const isbn = isbnOf(text);
  if (isbn === null) note(column, text, "give one ISSN (NNNN-NNNX) or ISBN with the right check digit");
  return { issn: null, isbn };
}

/** `1999`, `1999-05`, `1999-05-01`; null for the rest, and for 9999, which some write for "to the present". */
export function coverageDate(text: string, column: string, note: Note): string | null {
  if (text === "" || text.startsWith("9999")) return null;
  const whole = /^\d{4}$/.test(text) ? `${text}-01-01` : /^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text;
  if (tryDay(whole) !== null) return text;
  note(column, text, "write YYYY, YYYY-MM or YYYY-MM-DD; empty means to the present");
  return null;
}

export function publicationType(text: string, note: Note): "serial" | "monograph" | null {
  switch (text.toLowerCase()) {
    case "":
      return null;
    case "serial":
    case "journal":
      return "serial";
    case "monograph":
    case "book":
      return "monograph";
    default:
      note("publication_type", text, "write serial or monograph");
      return null;
  }
}

export function accessType(text: string, note: Note): "free" | "paid" | null {
  switch (text.toUpperCase()) {
    case "":
      return null;
    case "F":
      return "free";
    case "P":
      return "paid";
    default:
      note("access_type", text, "write F (free) or P (paid)");
      return null;
  }
}

/** Kept as it is; what is no embargo is said. */
export function embargo(text: string, note: Note): string | null {
  if (text === "") return null;
  if (!/^[RP]\d+[DMY](;[RP]\d+[DMY])?$/.test(text))
    note("embargo_info", text, "write R10Y or P1Y, two with a semicolon between");
  return text;
}

const depths = ["fulltext", "selected articles", "abstracts"];

export function coverageDepth(text: string, note: Note): string | null {
  if (text === "") return null;
  if (!depths.includes(text.toLowerCase())) note("coverage_depth", text, `write ${depths.join(", ")}`);
  return text.toLowerCase();
}

export function url(text: string, note: Note): string | null {
  if (text === "") return null;
  if (/^https?:\/\/\S+$/i.test(text)) return text;
  note("title_url", text, "write an address that begins with https://");
  return null;
}
