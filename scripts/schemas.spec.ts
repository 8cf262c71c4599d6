import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { generated } from "./schemas.ts";

test("the generated schemas and the example are up to date (npm run schemas)", async () => {
  for (const [name, content] of await generated()) {
    expect([name, readFileSync(path.resolve(import.meta.dirname, "..", name), "utf8") === content]).toEqual([
      name,
      true,
    ]);
  }
});
