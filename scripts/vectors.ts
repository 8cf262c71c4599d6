/**
 * `npm run -s vectors -- DIR`: runs files of call-number, range, scheme and heading cases through the product's own
 * functions and prints a JSON line per case: `{ file, case, ok, got }`. Ends with 1 when a case is not ok.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { runVectorFile } from "./vectors/run.ts";

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write("usage: npm run -s vectors -- DIR\n");
  process.exitCode = 2;
} else {
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()) {
    const document: unknown = JSON.parse(readFileSync(path.join(folder, file), "utf8"));
    for (const result of runVectorFile(file, document)) {
      if (!result.ok) process.exitCode = 1;
      process.stdout.write(`${JSON.stringify(result)}\n`);
    }
  }
}
