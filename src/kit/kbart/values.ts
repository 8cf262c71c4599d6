/** Cells of a list: what they mean, or null with what is wrong with them. */
import { tryDay } from "../../domain/time.ts";
import { isbnOf, issnOf } from "../delimited/identifiers.ts";

/** `what` absent: the value is none of its column. */
export interface Fault {
  readonly code: string;
  readonly column: string;
  readonly value: string;
  readonly cure: string;
  readonly what?: string;
  readonly mended?: boolean;
}

export type Note = (fault: Fault) => void;

export interface Identifier {
  readonly issn: string | null;
  readonly isbn: string | null;
}

/** An ISSN of a serial, an ISBN of a monograph; lists mix them, and the number says which it is. */
export function identifier(text: string, column: string, note: Note): Identifier {
  if (text === "") return { issn: null, isbn: null };
  const issn = issnOf(text);
  if (issn !== null) {
    if (issn !== text)
      note({
        code: "kbart-hyphen",
        column,
        value: text,
        what: `${column} "${text}" is read as ${issn}`,
        cure: `write ${issn}`,
        mended: true,
      });
    return { issn, isbn: null };
  }
  const isbn = isbnOf(text);
  if (isbn === null)
    note({
      code: "kbart-identifier",
      column,
      value: text,
      cure: "give one ISSN (NNNN-NNNX) or ISBN with the right check digit",
    });
  else if (!/^[\dXx\s–-]+$/.test(text))
    note({
      code: "kbart-identifier",
      column,
      value: text,
      what: `${column} "${text}" is read as ${isbn}`,
      cure: `write ${isbn}`,
      mended: true,
    });
  return { issn: null, isbn };
}

/** `1999`, `1999-05`, `1999-05-01`; null for the rest, and for 9999, which some write for "to the present". */
export function coverageDate(text: string, column: string, note: Note): string | null {
  if (text === "" || text.startsWith("9999")) return null;
  const whole = /^\d{4}$/.test(text) ? `${text}-01-01` : /^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text;
  if (tryDay(whole) !== null) return text;
  const cure = "write YYYY, YYYY-MM or YYYY-MM-DD; empty means to the present";
  note({ code: "kbart-date", column, value: text, cure });
  return null;
}

const types: Readonly<Record<string, "serial" | "monograph">> = {
  serial: "serial",
  journal: "serial",
  periodical: "serial",
  monograph: "monograph",
  book: "monograph",
  ebook: "monograph",
};

export function publicationType(text: string, note: Note): "serial" | "monograph" | null {
  const column = "publication_type";
  const type = types[text.toLowerCase()] ?? null;
  if (text === type) return type;
  const cure = `write ${type ?? "serial or monograph"}`;
  const what = `publication_type ${text === "" ? "is empty" : `"${text}" is read as ${type ?? ""}`}`;
  const known = type !== null || text === "";
  note({
    code: text.toLowerCase() === type ? "kbart-case" : "kbart-type",
    column,
    value: text,
    cure,
    ...(known && { what }),
    mended: type !== null,
  });
  return type;
}

export function accessType(text: string, note: Note): "free" | "paid" | null {
  const type = { F: "free", P: "paid" }[text.toUpperCase()] as "free" | "paid" | undefined;
  if (type === undefined && text !== "")
    note({ code: "kbart-access", column: "access_type", value: text, cure: "write F (free) or P (paid)" });
  return type ?? null;
}

/** Kept as it is; what is no embargo is said. */
export function embargo(text: string, note: Note): string | null {
  if (text === "") return null;
  if (!/^[RP]\d+[DMY](;[RP]\d+[DMY])?$/.test(text)) {
    const cure = "write R10Y or P1Y, two with a semicolon between";
    note({ code: "kbart-embargo", column: "embargo_info", value: text, cure });
  }
  return text;
}

const depths = ["fulltext", "selected articles", "abstracts"];

export function coverageDepth(text: string, note: Note): string | null {
  if (text === "") return null;
  if (!depths.includes(text.toLowerCase()))
    note({ code: "kbart-depth", column: "coverage_depth", value: text, cure: `write ${depths.join(", ")}` });
  return text.toLowerCase();
}

export function url(text: string, note: Note): string | null {
  if (/^https?:\/\/\S+$/i.test(text)) return text;
  const column = "title_url";
  const cure = "write an address that begins with https://";
  if (text === "") note({ code: "kbart-no-url", column, value: text, what: "title_url is empty", cure });
  else note({ code: "kbart-url", column, value: text, cure });
  return null;
}
