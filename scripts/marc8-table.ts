/**
 * Writes src/kit/marc/marc8-table.ts from the Library of Congress' `codetables.xml` (MARC 21 Specifications for
 * Record Structure, Character Sets, and Exchange Media, part 3): `node scripts/marc8-table.ts codetables.xml`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

interface Code {
  readonly marc: number;
  readonly text: string;
  readonly combining: boolean;
}

const ascii = "42";
const eastAsian = "31";

function element(xml: string, name: string): string {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]?.trim() ?? "";
}

/** `alt` is the standard character beside a private-use one, or the half mark that has no character of its own. */
function code(xml: string): Code {
  const [ucs, alt] = [element(xml, "ucs"), element(xml, "alt")];
  const point = Number.parseInt(ucs === "" ? alt : ucs, 16);
  return {
    marc: Number.parseInt(element(xml, "marc"), 16),
    text: String.fromCodePoint(point),
    combining: element(xml, "isCombining") === "true",
  };
}

/** `hex of the first code, blank, the characters of the codes from there on`, one run a line. */
function runs(codes: readonly Code[]): string[] {
  const lines: string[] = [];
  let next = -1;
  for (const { marc, text } of [...codes].sort((a, b) => a.marc - b.marc)) {
    if (marc === next) lines.push((lines.pop() ?? "") + escaped(text));
    else lines.push(`${marc.toString(16)} ${escaped(text)}`);
    next = marc + 1;
  }
  return lines;
}

/** Marks, controls, format and private characters are written as escapes, so that an editor shows what is there. */
function escaped(text: string): string {
  return text.replace(/[\p{M}\p{C}\p{Z}\\`$\u0590-\u08ff]/gu, (character) =>
    character === " " ? " " : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

function main(source: string): void {
  const sets = readFileSync(source, "utf8")
    .split("<characterSet ")
    .slice(1)
    .map((xml) => ({
      final: String.fromCharCode(Number.parseInt(/ISOcode="(\w+)"/.exec(xml)?.[1] ?? "", 16)),
      iso: /ISOcode="(\w+)"/.exec(xml)?.[1],
      name: /name="([^"]*)"/.exec(xml)?.[1] ?? "",
      codes: [...xml.matchAll(/<code>(.*?)<\/code>/gs)].map((match) => code(match[1] ?? "")),
    }));
  const singles = sets.filter(({ iso }) => iso !== ascii && iso !== eastAsian);
  const asian = sets.find(({ iso }) => iso === eastAsian);
  const combining = singles.flatMap(({ final, codes }) =>
    codes.filter((entry) => entry.combining).map(({ marc }) => `${final}${(marc & 0x7f).toString(16)}`),
  );
  const text = [
    "// Written by scripts/marc8-table.ts from the Library of Congress' codetables.xml: do not edit.",
    "",
    "/** Sets of single bytes by the final byte of their escape; a line is a run: first code in hex, characters. */",
    "export const singleByteRuns: Readonly<Record<string, string>> = {",
    ...singles.map(({ final, name, codes }) =>
      [
        `  // ${name}`,
        `  ${JSON.stringify(final)}: \``,
        ...runs(codes.map((one) => ({ ...one, marc: one.marc & 0x7f }))),
        "`,",
      ].join("\n"),
    ),
    "};",
    "",
    "/** Final byte and 7-bit code in hex of the marks that stand before their letter. */",
    `export const combiningCodes = "${combining.join(" ")}";`,
    "",
    "/** Chinese, Japanese, Korean (EACC, ANSI Z39.64): three bytes each, the same runs. */",
    "export const eastAsianRuns = `",
    ...runs(asian?.codes ?? []),
    "`;",
    "",
  ];
  writeFileSync(path.resolve(import.meta.dirname, "../src/kit/marc/marc8-table.ts"), text.join("\n"));
}

main(process.argv[2] ?? "codetables.xml");
