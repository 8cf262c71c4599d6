import { existsSync } from "node:fs";
import path from "node:path";
import { describe, test } from "@jest/globals";

const root = path.resolve(import.meta.dirname, "../../../shared/data");

/** A path below the shared sample data, which lies beside the checkout and is never part of it. */
export function sharedData(...parts: readonly string[]): string {
  return path.join(root, ...parts);
}

/** A suite over the shared sample data; where they are absent, one skipped test says so by name. */
export function describeWithSharedData(name: string, suite: () => void): void {
  if (existsSync(root)) describe(name, suite);
  else test.skip(`${name} (skipped: the sample data in ../shared/data are absent)`, () => undefined);
}
