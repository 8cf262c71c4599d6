import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";

const connectors = path.resolve(import.meta.dirname, "../../connectors");
const rules = [
  "config-checked",
  "deletes-seen",
  "fixtures-from-real-system",
  "limits-documented",
  "live-tested",
  "patron-free",
  "permissions-listed",
  "resumable",
];
const folders = readdirSync(connectors, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "demo")
  .map(({ name }) => name);

test.each(folders)("connector %s says what it is and how good, rule by rule", (name) => {
  const grades = parse(readFileSync(path.join(connectors, name, "quality.yaml"), "utf8")) as Record<
    string,
    string
  >;

  expect(existsSync(path.join(connectors, name, "readme.md"))).toBe(true);
  expect(Object.keys(grades).sort()).toEqual(rules);
  for (const [rule, grade] of Object.entries(grades)) {
    expect([
      rule,
      grade === "done" || grade === "todo" || /^exempt: \S/.test(grade) || rule === "live-tested",
    ]).toEqual([rule, true]);
  }
});
