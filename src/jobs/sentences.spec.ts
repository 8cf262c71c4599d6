import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { wordsOf } from "../reports/locale/words.ts";
import { readSentences } from "./sentences.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "liaison-sentences-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const write = (name: string, text: string): void => {
  writeFileSync(path.join(folder, name), text);
};

describe("a library's own sentences", () => {
  test("stand where the product's would", () => {
    write("en.yaml", 'no-loans: "Nothing was borrowed in {period}."\n');

    const { say } = wordsOf("en-GB", "en-GB", readSentences(folder));

    expect(say("no-loans", { period: "May" })).toBe("Nothing was borrowed in May.");
    expect(say("untitled")).toBe("[no title]");
  });

  test("can be of a language that the product does not speak, with its plurals", () => {
    write(
      "pl.yaml",
      'buy-more: "Jeszcze {titles, plural, one {# tytuł} few {# tytuły} other {# tytułów}}"\n',
    );

    const { say, language } = wordsOf("pl", "en-GB", readSentences(folder));

    expect([language, say("buy-more", { titles: 3 }), say("untitled")]).toEqual([
      "pl",
      "Jeszcze 3 tytuły",
      "[no title]",
    ]);
  });

  test("are none without a folder", () => {
    expect(readSentences(path.join(folder, "none")).size).toBe(0);
  });

  test.each([
    ["no-lons: x", /en\.yaml:1:10.*no report says a sentence "no-lons" \(did you mean "no-loans"\?\)/],
    [
      'no-loans: "In {month}"',
      /en\.yaml:1:11.*"no-loans" has no value for \{month\} \(it knows \{period\}\)/,
    ],
    ['no-loans: "In {period"', /en\.yaml:1:11.*"no-loans" cannot be read/],
    ["no-loans: 3", /"no-loans" must be a text/],
    ["no-loans: [", /en\.yaml:2:1: Flow sequence/],
  ])("%s is refused at its place", (text, message) => {
    write("en.yaml", `${text}\n`);

    expect(() => readSentences(folder)).toThrow(message);
  });
});
