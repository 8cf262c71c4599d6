/**
 * MARC-8 to Unicode (MARC 21 Specifications, part 3): ISO 2022 escapes into G0 and G1, marks before their letter.
 * The sets are those of the Library of Congress' code tables, East Asian included.
 */
import { combiningCodes, eastAsianRuns, singleByteRuns } from "./marc8-table.ts";

const escape = 0x1b;
const replacement = "\ufffd";
const asciiSet = "B";
const anselSet = "E";
const eastAsianSet = "1";

interface CharacterSet {
  readonly width: 1 | 3;
  /** By 7-bit code, three bytes as one number. */
  readonly characters: ReadonlyMap<number, string>;
  readonly combining: ReadonlySet<number>;
}

const loaded = new Map<string, CharacterSet>();

/** Text of one value, composed (NFC), and how many codes had no character and became U+FFFD. `bytes` as Latin-1. */
export function decodeMarc8(bytes: string): { readonly text: string; readonly undecoded: number } {
  let [g0, g1] = [asciiSet, anselSet];
  let [text, marks, undecoded, halfMarks] = ["", "", 0, 0];
  for (let at = 0; at < bytes.length;) {
    const byte = bytes.charCodeAt(at);
    if (byte === escape) {
      const designation = designate(bytes, at);
      if (designation !== null) {
        if (designation.side === "g0") g0 = designation.final;
        else g1 = designation.final;
        at += designation.length;
        continue;
      }
    }
    if (byte <= 0x20 || (byte < 0x80 && g0 === asciiSet)) {
      text += String.fromCharCode(byte) + marks;
      marks = "";
      at += 1;
      continue;
    }
    const set = characterSet(byte < 0x80 ? g0 : g1);
    const code = codeAt(bytes, at, set?.width ?? 1);
    const character = set?.characters.get(code.value);
    at += code.length;
    if (character === undefined) {
      text += replacement + marks;
      marks = "";
      undecoded += 1;
    } else if (set?.combining.has(code.value) !== true) {
      text += character + marks;
      marks = "";
    } else if (halfMarks > 0 && (character === "\ufe21" || character === "\ufe23")) {
      halfMarks -= 1; // the second half of a double mark: the first stands for both
    } else {
      if (character === "\u0361" || character === "\u0360") halfMarks += 1;
      marks += character;
    }
  }
  return { text: (text + marks).normalize("NFC"), undecoded };
}

/** `ESC g|b|p|s`, `ESC ( F`, `ESC ) F`, `ESC $ F`, `ESC $ ) F` and their variants; null when it is none of these. */
function designate(
  bytes: string,
  at: number,
): { readonly side: "g0" | "g1"; readonly final: string; readonly length: number } | null {
  const match = /^\u001b(?:([gbps])|\$?([(,)-]?)!?([BE2NQ34S1]))/.exec(bytes.slice(at, at + 5));
  if (match === null) return null;
  const [whole, single, side, final] = match;
  if (single !== undefined) return { side: "g0", final: single === "s" ? asciiSet : single, length: 2 };
  if (side === "" && !whole.includes("$")) return null;
  return { side: side === ")" || side === "-" ? "g1" : "g0", final: final ?? asciiSet, length: whole.length };
}

/** The code in 7 bits; a set of three bytes takes three, unless one of them cannot belong to a code. */
function codeAt(
  bytes: string,
  at: number,
  width: 1 | 3,
): { readonly value: number; readonly length: number } {
  const first = bytes.charCodeAt(at) & 0x7f;
  if (width === 1) return { value: first, length: 1 };
  const [second, third] = [bytes.charCodeAt(at + 1), bytes.charCodeAt(at + 2)];
  const whole = [second, third].every((byte) => (byte & 0x7f) > 0x20);
  return whole
    ? { value: (first << 16) | ((second & 0x7f) << 8) | (third & 0x7f), length: 3 }
    : { value: -1, length: 1 };
}

function characterSet(final: string): CharacterSet | undefined {
  const known = loaded.get(final);
  if (known !== undefined) return known;
  const text =
    final === eastAsianSet ? eastAsianRuns : final === asciiSet ? asciiRuns() : singleByteRuns[final];
  if (text === undefined) return undefined;
  const set: CharacterSet = {
    width: final === eastAsianSet ? 3 : 1,
    characters: characters(text),
    combining: new Set(
      combiningCodes
        .split(" ")
        .filter((code) => code.startsWith(final))
        .map((code) => Number.parseInt(code.slice(1), 16)),
    ),
  };
  loaded.set(final, set);
  return set;
}

function characters(runs: string): Map<number, string> {
  const found = new Map<number, string>();
  for (const run of runs.trim().split("\n")) {
    const blank = run.indexOf(" ");
    let code = Number.parseInt(run.slice(0, blank), 16);
    for (const character of run.slice(blank + 1)) {
      found.set(code, character);
      code += 1;
    }
  }
  return found;
}

/** ASCII in G1 is legal, though nobody does it. */
function asciiRuns(): string {
  return `21 ${Array.from({ length: 94 }, (_, index) => String.fromCharCode(0x21 + index)).join("")}`;
}
