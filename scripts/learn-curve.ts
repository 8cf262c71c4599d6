/**
 * `npm run -s learn-curve -- DIR [FILE]`: how far rules learnt from headings reach, and how often they are right.
 * DIR holds MARC files in any format (a `MANIFEST.json` names those to read), FILE is a mapping,
 * `mappings/departments.yaml` when absent. Five times, four fifths of the works with a department by their call
 * number are learnt from, and the proposals decide, through the engine, for the last fifth with its call numbers
 * hidden, and for the titles that have headings alone. See docs/explanation/learning-from-headings.md.
 */
import { readFileSync } from "node:fs";
import { curveOf } from "./learn-curve/curve.ts";
import { readTitles } from "./learn-curve/titles.ts";
import { compileMapping } from "../src/mapping/index.ts";

const [folder, mappingFile = "mappings/departments.yaml"] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write("usage: npm run -s learn-curve -- DIR [MAPPING.yaml]\n");
  process.exitCode = 2;
} else {
  const files = [{ path: mappingFile, text: readFileSync(mappingFile, "utf8") }];
  const compiled = compileMapping(files);
  if (!compiled.ok)
    throw new Error(compiled.problems.map(({ what, where }) => `${where}: ${what}`).join("\n"));
  for (const line of curveOf(await readTitles(folder, compiled.mapping.assign), files))
    process.stdout.write(`${line}\n`);
}
