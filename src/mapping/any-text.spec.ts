/** Whatever a file holds, there is a mapping or there are findings, each with a place in the files and a cure. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { compileMapping } from "./index.ts";

const page = readFileSync(
  path.resolve(import.meta.dirname, "../../docs/reference/mapping-language.md"),
  "utf8",
);
const good = /^```yaml\n([^]*?)^```$/m.exec(page)?.[1] ?? "";

function expectSound(text: string): void {
  const compiled = compileMapping([{ path: "a.yaml", text }]);
  const found = compiled.ok ? compiled.warnings : compiled.problems;
  const lines = text.split("\n");

  if (!compiled.ok) expect(found.length).toBeGreaterThan(0);
  for (const { file, line, column, what, cure } of found) {
    expect(file).toBe("a.yaml");
    expect(line).toBeGreaterThan(0);
    expect(line).toBeLessThanOrEqual(lines.length + 1);
    expect(column).toBeGreaterThan(0);
    expect(`${what} ${cure ?? ""}`).not.toMatch(/Invalid input|expected \w+, received|undefined|\[object/);
    expect(cure ?? "").not.toBe("");
  }
}

test("any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
      expectSound(text);
    }),
  );
});

test("any value", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      expectSound(JSON.stringify(value));
      expectSound(JSON.stringify({ departments: { p: { name: "P", rules: value } } }));
      expectSound(
        JSON.stringify({ departments: { p: { name: "P", rules: [{ lcc: value, share: value }] } } }),
      );
      expectSound(JSON.stringify({ liaisons: value, exclude: value, weeding: value, policy: value }));
      expectSound(JSON.stringify([value, { callNumber: value, departments: value }]));
    }),
  );
});

test("a good mapping with something put in, taken out or doubled", () => {
  const piece = fc.constantFrom(
    "",
    "\t",
    "[",
    "}",
    ":",
    "- ",
    "&a ",
    "*a",
    "!x ",
    '"',
    "#",
    "\n",
    "---\n",
    "~",
    "530",
    "QC",
  );
  fc.assert(
    fc.property(fc.nat(good.length), fc.nat(12), piece, (at, length, put) => {
      expectSound(good.slice(0, at) + put + good.slice(at + length));
      expectSound(good.slice(0, at) + good.slice(Math.max(0, at - length)));
    }),
  );
});
