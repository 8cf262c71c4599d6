/**
 * `npm run -s examples -- FILE…`: runs worked examples of measures through the product's own functions, those that
 * count things through a real store, and prints `{ file, case, ok, got }` a line.
 */
import { readFileSync } from "node:fs";
import { exampleMeasures } from "../test/support/examples.ts";
import type { Example } from "../test/support/examples.ts";

const files = process.argv.slice(2);
if (files.length === 0) {
  process.stderr.write("examples: name a file of worked examples\n");
  process.exitCode = 2;
}
for (const file of files) {
  const { examples } = JSON.parse(readFileSync(file, "utf8")) as { readonly examples: readonly Example[] };
  for (const example of examples) {
    const run = exampleMeasures[example.measure];
    const got = run === undefined ? "not built yet" : await run(example);
    const ok = run !== undefined && agrees(example.expected, got);
    process.stdout.write(`${JSON.stringify({ file, case: example.id, ok, got })}\n`);
  }
}

/** Numbers within 1e-9, relative, or absolute below 1; everything else exactly. What is got beside it does no harm. */
function agrees(expected: unknown, got: unknown): boolean {
  if (typeof expected === "number")
    return typeof got === "number" && Math.abs(expected - got) <= 1e-9 * Math.max(1, Math.abs(expected));
  if (typeof expected !== "object" || expected === null) return expected === got;
  if (typeof got !== "object" || got === null) return false;
  const fields = got as Readonly<Record<string, unknown>>;
  return Object.entries(expected).every(([name, value]) => agrees(value, fields[name]));
}
