import { describe, expect, test } from "@jest/globals";
import { readFileSync, readdirSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { ReportDefinition } from "./definition.ts";

const folder = "config/reports";

describe("a report file", () => {
  test.each(readdirSync(folder))("%s is valid, and named after its report", (file) => {
    const definition = ReportDefinition.parse(parse(readFileSync(`${folder}/${file}`, "utf8")));

    expect(file).toBe(`${definition.id}.yaml`);
    expect(definition.sections.at(-1)?.id).toBe("provenance");
  });

  test("takes a section by its name alone, with its defaults", () => {
    const definition = ReportDefinition.parse({
      id: "mine",
      title: "Mine",
      schedule: "0 7 1 * *",
      audience: "library",
      sections: ["actions"],
    });

    expect(definition.sections).toEqual([{ id: "actions", limit: 5 }]);
    expect(definition.period).toBe("last-month");
  });

  test.each([
    [{ sections: ["summry"] }, "sections"],
    [{ sections: [{ id: "top-used", limit: 0 }] }, "sections"],
    [{ colour: "red" }, "colour"],
    [{ id: "My report" }, "id"],
  ])("%j is refused at its place", (change, place) => {
    const given = {
      id: "mine",
      title: "Mine",
      schedule: "0 7 1 * *",
      audience: "library",
      sections: ["summary"],
    };

    const { error } = ReportDefinition.safeParse({ ...given, ...change });

    expect(JSON.stringify(error?.issues)).toContain(place);
  });

  test("describes itself for editors", () => {
    expect(() => z.toJSONSchema(ReportDefinition, { io: "input" })).not.toThrow();
  });
});
