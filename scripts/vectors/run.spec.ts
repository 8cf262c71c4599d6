import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { describeWithSharedData, sharedData } from "../../test/support/shared-data.ts";
import { runVectorFile } from "./run.ts";

describeWithSharedData("the vectors of call numbers, ranges, schemes and headings", () => {
  test.each(readdirSync(sharedData("vectors")).filter((name) => name.endsWith(".json")))(
    "%s: every case holds",
    (file) => {
      const results = runVectorFile(file, JSON.parse(readFileSync(sharedData("vectors", file), "utf8")));

      expect(results.filter(({ ok }) => !ok)).toEqual([]);
      expect(results.length).toBeGreaterThan(0);
    },
  );
});
