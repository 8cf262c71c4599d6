/**
 * Reads one MARCXML record as nearly every program writes it, several times as fast as an XML parser can. It knows
 * only what it is sure of: at anything else it gives up, and the parser reads the record from its beginning. What it
 * does read is what the parser would read; xml-plain.spec.ts holds the two against each other.
 */
import type { MarcField, MarcRecord } from "../../domain/marc/record.ts";
import { hasControls } from "./text.ts";

const leaderLength = 24;
const [less, ampersand, quote, apostrophe] = [0x3c, 0x26, 0x22, 0x27];

interface Scan {
  readonly text: string;
  /** Of the elements, with its colon; empty for none. */
  readonly prefix: string;
  at: number;
}

/**
 * `text`: from behind the start tag of the record to its end, whose prefix is `prefix` (`marc:`, or empty). Null for
 * what the parser must see: anything but a leader and fields with values in their usual attributes.
 */
export function tryReadPlainRecord(written: string, prefix: string): MarcRecord | null {
  if (hasControls(written)) return null;
  // XML 1.0, section 2.11; "]]>" is an error in text (section 2.4).
  const text = written.includes("\r") ? written.replace(/\r\n?/g, "\n") : written;
  if (text.includes("]]>")) return null;
  const scan: Scan = { text, prefix, at: 0 };
  if (!take(scan, `<${prefix}leader>`)) return null;
  const leader = readValue(scan, `</${prefix}leader>`);
  if (leader?.length !== leaderLength) return null;
  const fields: MarcField[] = [];
  const [control, data, end] = [`<${prefix}controlfield`, `<${prefix}datafield`, `</${prefix}record>`];
  while (!take(scan, end)) {
    const field = take(scan, data) ? readData(scan) : take(scan, control) ? readControl(scan) : null;
    if (field === null) return null;
    fields.push(field);
  }
  return scan.at === text.length ? { leader, fields } : null;
}

/** Behind white space; where it does not stand, `scan` stays. */
function take(scan: Scan, expected: string): boolean {
  const { text } = scan;
  let at = scan.at;
  for (let unit = text.charCodeAt(at); unit === 0x20 || unit === 0x0a || unit === 0x09;)
    unit = text.charCodeAt(++at);
  if (!text.startsWith(expected, at)) return false;
  scan.at = at + expected.length;
  return true;
}

function readControl(scan: Scan): MarcField | null {
  const tag = readTag(scan);
  if (tag === null || !takeHere(scan, ">")) return null;
  const value = readValue(scan, `</${scan.prefix}controlfield>`);
  return value === null ? null : { tag, value };
}

function readData(scan: Scan): MarcField | null {
  const { prefix } = scan;
  // Some write the tag last.
  let tag = readTag(scan);
  const ind1 = readCharacter(scan, " ind1=");
  const ind2 = ind1 === null ? null : readCharacter(scan, " ind2=");
  tag ??= readTag(scan);
  if (tag === null || ind1 === null || ind2 === null || !takeHere(scan, ">")) return null;
  const [start, end] = [`<${prefix}subfield`, `</${prefix}subfield>`];
  const subfields: [string, string][] = [];
  while (take(scan, start)) {
    const code = readCharacter(scan, " code=");
    if (code === null || !takeHere(scan, ">")) return null;
    const value = readValue(scan, end);
    if (value === null) return null;
    subfields.push([code, value]);
  }
  return subfields.length > 0 && take(scan, `</${prefix}datafield>`) ? { tag, ind1, ind2, subfields } : null;
}

function takeHere(scan: Scan, expected: string): boolean {
  if (!scan.text.startsWith(expected, scan.at)) return false;
  scan.at += expected.length;
  return true;
}

const digitTags = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, "0"));

/** The attribute ` tag="245"`. */
function readTag(scan: Scan): string | null {
  const { text, at } = scan;
  if (!text.startsWith(" tag=", at)) return null;
  const [from, mark] = [at + 6, text.charCodeAt(at + 5)];
  if ((mark !== quote && mark !== apostrophe) || text.charCodeAt(from + 3) !== mark) return null;
  let number = 0;
  for (let index = from; index < from + 3; index += 1) {
    const digit = text.charCodeAt(index) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return null;
    number = number * 10 + digit;
  }
  scan.at = from + 4;
  return digitTags[number] ?? null;
}

/** An attribute of one character that stands for itself. */
function readCharacter(scan: Scan, name: string): string | null {
  if (!takeHere(scan, name)) return null;
  const { text, at } = scan;
  const [mark, unit] = [text.charCodeAt(at), text.charCodeAt(at + 1)];
  const stands = unit >= 0x20 && unit < 0x7f && unit !== mark && unit !== less && unit !== ampersand;
  if ((mark !== quote && mark !== apostrophe) || !stands || text.charCodeAt(at + 2) !== mark) return null;
  scan.at = at + 3;
  return text.charAt(at + 1);
}

/** Text that is not empty, and the end tag. */
function readValue(scan: Scan, end: string): string | null {
  const { text, at } = scan;
  const to = text.indexOf("<", at);
  if (to <= at || !text.startsWith(end, to)) return null;
  scan.at = to + end.length;
  const value = text.slice(at, to);
  return value.includes("&") ? tryUnescape(value) : value;
}

const entities: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&apos;": "'",
};

/** Null where `&` begins anything but what XML declares by itself, or a character that needs no thought. */
function tryUnescape(value: string): string | null {
  let isKnown = true;
  const text = value.replace(/&(?:amp|lt|gt|quot|apos|#\d{2,4});|&/g, (entity) => {
    const point = entity.startsWith("&#") ? Number(entity.slice(2, -1)) : 0;
    const character = point >= 0x20 ? String.fromCharCode(point) : entities[entity];
    isKnown &&= character !== undefined;
    return character ?? "";
  });
  return isKnown ? text : null;
}
