import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import ts from "typescript";
import { en } from "./en.ts";
import type { Sentence } from "./en.ts";
import { de } from "./de.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { sayerOf } from "./say.ts";
import { variablesOf } from "./variables.ts";
import { wordsOf } from "./words.ts";

interface Call {
  readonly place: string;
  readonly sentence: Sentence;
  /** Null: they come as a variable. */
  readonly given: ReadonlySet<string> | null;
}

/** Every `say("…", { … })` and `rich("…", { … })` of the sections. */
function callsIn(file: string): Call[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const calls: Call[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /(?:^|\.)(?:say|rich)$/.test(node.expression.getText())) {
      const [name, values] = node.arguments;
      if (name !== undefined && ts.isStringLiteral(name)) {
        const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        const given =
          values === undefined
            ? new Set<string>()
            : ts.isObjectLiteralExpression(values)
              ? new Set(values.properties.map((property) => property.name?.getText() ?? ""))
              : null;
        calls.push({ place: `${file}:${line}`, sentence: name.text as Sentence, given });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return calls;
}

const calls = globSync("src/reports/**/*.ts")
  .filter((file) => !file.endsWith(".spec.ts"))
  .flatMap(callsIn);

describe("the sentences of reports", () => {
  test("are called with the variables that they name, and no others", () => {
    expect(calls.length).toBeGreaterThan(50);
    const wrong = calls.flatMap(({ place, sentence, given }) => {
      const named = [...variablesOf(en[sentence])].sort().join(", ");
      return given === null || [...given].sort().join(", ") === named
        ? []
        : [`${place}: ${sentence} names ${named}`];
    });

    expect(wrong).toEqual([]);
  });

  test.each(Object.entries({ de, fr, es }))("name the same variables in %s", (_, catalogue) => {
    const different = Object.entries(catalogue).flatMap(([sentence, text]) => {
      const [theirs, ours] = [text, en[sentence as Sentence]].map((one) =>
        [...variablesOf(one)].sort().join(", "),
      );
      return ours === theirs ? [] : [`${sentence}: ${theirs} instead of ${ours}`];
    });

    expect(different).toEqual([]);
  });

  test.each([
    ["de", "1 Sache zu tun", "2 Sachen zu tun"],
    ["fr", "1 chose à faire", "2 choses à faire"],
    ["es", "1 cosa por hacer", "2 cosas por hacer"],
  ])("know the plurals of %s", (language, one, two) => {
    const { say } = wordsOf(language, "en-GB");
    const line = (calls: number): string => say("subject-line", { name: "P", period: "X", calls });

    expect([line(1), line(2)]).toEqual([expect.stringContaining(one), expect.stringContaining(two)]);
  });

  test("refuse to be said without one of their variables", () => {
    expect(() => sayerOf(en, "en").say("at-least")).toThrow(/text/);
  });

  test("keep catalogue data apart from their own words", () => {
    expect(sayerOf(en, "en").rich("buy", { copies: 2, title: { data: "ספר", lang: "he" } })).toEqual([
      "Buy 2 copies of ",
      { data: "ספר", lang: "he" },
    ]);
  });
});
