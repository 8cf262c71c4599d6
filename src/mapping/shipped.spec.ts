import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { classesBelow, isClass } from "../domain/call-number/index.ts";
import { compileMapping, targetOfCallNumber } from "./index.ts";
import type { Mapping } from "./index.ts";

const folder = path.resolve(import.meta.dirname, "../../mappings");

function shipped(): { readonly mapping: Mapping; readonly warnings: readonly unknown[] } {
  const compiled = compileMapping(
    readdirSync(folder)
      .filter((name) => name.endsWith(".yaml"))
      .map((name) => ({ path: `mappings/${name}`, text: readFileSync(path.join(folder, name), "utf8") })),
  );
  if (!compiled.ok)
    throw new Error(compiled.problems.map(({ where, what }) => `${where} ${what}`).join("\n"));
  return compiled;
}

test("the shipped mapping has no finding, and a liaison for every department", () => {
  const { mapping, warnings } = shipped();

  expect(warnings).toEqual([]);
  expect([...mapping.departments.values()].filter(({ liaisons }) => liaisons.length === 0)).toEqual([]);
});

test("its expectations hold", () => {
  const { cases, failed } = shipped().mapping.runExpectations();

  expect(cases.filter(({ ok }) => !ok)).toEqual([]);
  expect(cases.length).toBeGreaterThan(20);
  expect(failed).toBe(0);
});

test("every class of LCC and NLM, and every Dewey number of three digits, has one owner", () => {
  const { mapping } = shipped();
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("");
  const classes = (scheme: "lcc" | "nlm"): string[] => [
    ...letters.filter((letter) => isClass(scheme, letter)),
    ...letters.flatMap((letter) => classesBelow(scheme, letter)),
  ];
  const lcc = classes("lcc").map((cls) => `${cls}9999 .X1`);
  const nlm = classes("nlm").map((cls) => `${cls} 999 X1`);
  const ddc = Array.from({ length: 1000 }, (_, number) => `${String(number).padStart(3, "0")} ABC`).filter(
    // 040-049 are not in use.
    (number) => !number.startsWith("04"),
  );

  const owners = [...lcc, ...nlm, ...ddc].map((number) => ({
    number,
    to: mapping.assign(targetOfCallNumber(number), null).assignments.map(({ department }) => department),
  }));

  expect(owners.filter(({ to }) => to.length !== 1 || to[0] === "unassigned")).toEqual([]);
});

test.each(
  readdirSync(path.join(folder, "examples"), { withFileTypes: true }).filter((entry) => entry.isDirectory()),
)("the map to start from, $name, gives no false alarm", ({ name }) => {
  const own = path.join(folder, "examples", name);
  const compiled = compileMapping(
    readdirSync(own)
      .filter((file) => file.endsWith(".yaml"))
      .map((file) => ({ path: file, text: readFileSync(path.join(own, file), "utf8") })),
  );

  // Whose liaisons they are is for the library to say.
  expect(
    compiled.ok ? compiled.warnings.filter(({ code }) => code !== "no-liaison") : compiled.problems,
  ).toEqual([]);
});
