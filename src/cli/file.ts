import { readFileSync } from "node:fs";
import { ConfigError } from "../domain/problem.ts";

/** Of a workbook that a person named. Throws ConfigError for one that cannot be read. */
export function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigError([
      {
        code: "FILE_UNREADABLE",
        what: "the workbook cannot be read",
        where: file,
        why,
        cure: "check the path",
      },
    ]);
  }
}
