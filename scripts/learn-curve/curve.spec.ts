/** The shape of the curve, not below what docs/explanation/learning-from-headings.md says, less a margin. */
import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { compileMapping, defaultConfidence } from "../../src/mapping/index.ts";
import { describeWithSharedData, sharedData } from "../../test/support/shared-data.ts";
import { oncePerWork, pointOf } from "./curve.ts";
import { readTitles } from "./titles.ts";

describeWithSharedData("headings of the sample catalogues", () => {
  test("reach more than half of the titles kept apart, and four in five rightly", async () => {
    const file = sharedData("maps", "default-departments.rules.yaml");
    const files = [{ path: "departments.yaml", text: readFileSync(file, "utf8") }];
    const compiled = compileMapping(files);
    if (!compiled.ok) throw new Error("the sample map does not compile");
    const titles = await readTitles(sharedData("marc"), compiled.mapping.assign);
    const classified = oncePerWork(titles.filter(({ departments }) => departments.length > 0));
    const alone = oncePerWork(titles.filter(({ departments }) => departments.length === 0));

    const byHand = pointOf(null, 0, classified, alone, files);
    const learnt = pointOf(defaultConfidence, 0, classified, alone, files);

    expect(learnt.reached / learnt.titles).toBeGreaterThan(0.55);
    expect(learnt.right / learnt.reached).toBeGreaterThan(0.77);
    expect(learnt.aloneReached / alone.length).toBeGreaterThan(0.6);
    expect(learnt.reached / byHand.reached).toBeGreaterThan(1.8);
    expect(learnt.right / learnt.reached).toBeGreaterThan(byHand.right / byHand.reached + 0.05);
  });
});
