import { existsSync } from "node:fs";
import path from "node:path";

/** A path below the shared sample data; throws, naming it, when they are absent. */
export function sharedPath(...parts: readonly string[]): string {
  const file = path.resolve(import.meta.dirname, "../../../shared/data", ...parts);
  if (!existsSync(file))
    throw new Error(`this bench needs ${path.join("../shared/data", ...parts)}, which is not there`);
  return file;
}
