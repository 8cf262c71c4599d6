/** The reference page: its examples are a mapping, and no key is left out. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { compileMapping } from "./index.ts";
import type { MappingFile } from "./index.ts";
import { knownKeys } from "./schema.ts";

const page = readFileSync(
  path.resolve(import.meta.dirname, "../../docs/reference/mapping-language.md"),
  "utf8",
);
const examples = [...page.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text = ""]) => text);
const list = (name: string): MappingFile => ({ path: `lists/${name}.txt`, text: "biblio:1\n" });

test("its examples are one mapping without errors and warnings, and what it expects holds", () => {
  const files = examples.map((text, index) => ({ path: `${String(index)}.yaml`, text }));
  const compiled = compileMapping([...files, list("physics"), list("gifts")]);

  expect(compiled.ok ? [] : compiled.problems).toEqual([]);
  if (!compiled.ok) return;
  expect(compiled.warnings.filter(({ severity }) => severity !== "information")).toEqual([]);
  const { cases, passed } = compiled.mapping.runExpectations();
  expect(cases.filter(({ ok }) => !ok)).toEqual([]);
  expect(passed).toBe(4);
});

test("it names every key of the language", () => {
  const places = [
    [],
    ["policy"],
    ["weeding", 0],
    ["liaisons", "ada"],
    ["departments", "physics"],
    ["departments", "physics", "rules", 0],
    ["departments", "physics", "rules", 0, "record"],
  ];
  const keys = new Set([...places.flatMap((at) => knownKeys(at, false)), ...knownKeys([], true)]);

  expect([...keys].filter((key) => !new RegExp(`[\`{ ]${key}[\`:]`).test(page))).toEqual([]);
});
