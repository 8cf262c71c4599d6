/**
 * Dewey numbers: `[prefix] ddd[.d+] [cutter] [rest]`. Segmentation marks are dropped and trailing zeros of the
 * decimals do not count. Numbers are text: 004 is not 4. Shelf marks with fewer than three digits are padded when a
 * cutter follows (`1 .I39`).
 */
import { foldText, textKey } from "./text-key.ts";

export interface DeweyNumber {
  /** Three digits. */
  readonly cls: string;
  readonly decimal: string;
  readonly prefix: string;
  readonly cutter: string;
  readonly rest: string;
}

const form =
  /^(?:(REF|JUV|OVERSIZE|FOLIO|STORAGE|THESIS|[JRXN])\.?\s*)?(\d{1,3})(?!\d)(?:\.(\d+))?\s*(?:\.?\s*([A-Za-z]{1,3}\d+[A-Za-z]*)(?![A-Za-z0-9]))?/i;
const marks = /[/'′’[\]]/g;

/** Null when the text has no such form: `[Fic]`, `B`, `53`. */
export function tryParseDewey(text: string): DeweyNumber | null {
  const plain = text.normalize("NFKC").replace(marks, "").replace(/\s+/g, " ").trim();
  const match = form.exec(plain);
  if (match?.[2] === undefined) return null;
  const [whole, prefix = "", digits, decimal = "", cutter = ""] = match;
  if (digits.length < 3 && cutter === "") return null;
  const rest = plain.slice(whole.length);
  return {
    cls: digits.padStart(3, "0"),
    decimal: decimal.replace(/0+$/, ""),
    prefix: prefix.toUpperCase(),
    cutter: cutter.toUpperCase(),
    rest: rest.replace(/^[\s.,;:]+|[\s.,;:]+$/g, ""),
  };
}

/** `823.914 SMI` is `823.914,SMI`; marks as in `class-number.ts`. */
export function deweyKey({ cls, decimal, cutter, rest }: DeweyNumber): string {
  const text = textKey(rest);
  return (
    deweyDigits(cls, decimal) + (cutter === "" ? "" : cutterKey(cutter)) + (text === "" ? "" : `,${text}`)
  );
}

export function deweyDigits(cls: string, decimal: string): string {
  return decimal === "" ? cls : `${cls}.${decimal}`;
}

function cutterKey(cutter: string): string {
  const work = /(?<=\d)[A-Z]+$/.exec(cutter)?.[0] ?? "";
  return `-${foldText(cutter.slice(0, cutter.length - work.length))}${work === "" ? "" : `/${work}`}`;
}
