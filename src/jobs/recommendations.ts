/** What people recommend in the annual report: a Markdown file for each department beside the report files. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { unassigned } from "../domain/evidence.ts";
import { suggestion } from "../domain/spelling.ts";
import type { Logger } from "../kit/contract.ts";

/** By department, `library` for the whole; a file of no department is named in the log. Empty without a folder. */
export function readRecommendations(
  reportsFolder: string,
  departments: readonly string[],
  log: Logger,
): ReadonlyMap<string, string> {
  const folder = path.join(reportsFolder, "recommendations");
  const found = new Map<string, string>();
  if (!existsSync(folder)) return found;
  const known = [...departments, unassigned, "library"];
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith(".md")) continue;
    const name = file.slice(0, -".md".length);
    if (known.includes(name)) found.set(name, readFileSync(path.join(folder, file), "utf8"));
    else
      log.warn(
        { file: path.join(folder, file), meant: suggestion(name, known) },
        "no department has this name",
      );
  }
  return found;
}
