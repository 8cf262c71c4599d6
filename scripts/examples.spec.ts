import { expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { describeWithSharedData, sharedData } from "../test/support/shared-data.ts";
import { exampleMeasures } from "../test/support/examples.ts";

describeWithSharedData("the worked examples", () => {
  test("agree wherever the measure is built, and say so where it is not", () => {
    const file = sharedData("measures", "worked-examples.json");

    const lines = execFileSync(process.execPath, ["scripts/examples.ts", file], { encoding: "utf8" });

    const results = lines
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { case: string; ok: boolean; got: unknown });
    const built = results.filter(({ got }) => got !== "not built yet");
    expect(built.filter(({ ok }) => !ok)).toEqual([]);
    expect(built.length).toBeGreaterThan(Object.keys(exampleMeasures).length);
    expect(results.filter(({ ok, got }) => ok && got === "not built yet")).toEqual([]);
  });
});
