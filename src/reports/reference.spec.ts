/** The reference page of reports, held against the schemas. */
import { describe, expect, test } from "@jest/globals";
import { readFileSync, readdirSync } from "node:fs";
import { z } from "zod";
import { ReportDefinition } from "./definition.ts";
import { sections } from "./sections/index.ts";

const page = readFileSync("docs/reference/reports.md", "utf8");
const rowOf = (name: string): string =>
  page.split("\n").find((line) => line.startsWith(`| \`${name}\` |`)) ?? "";

describe("the reference of reports", () => {
  test.each(sections.map(({ id, schema }) => [id, schema] as const))(
    "tells the section %s with its options and their defaults",
    (id, schema) => {
      const described = z.toJSONSchema(schema, { io: "input" }).properties ?? {};
      const options = Object.entries(described).flatMap(([name, option]) =>
        name === "id" || typeof option === "boolean" ? [] : [{ name, ...option }],
      );

      const row = page
        .split("## Sections")[1]
        ?.split("\n")
        .find((line) => line.startsWith(`| \`${id}\` |`));

      expect(row).toBeDefined();
      for (const { name, description, default: usual } of options) {
        const shown = ["number", "string", "boolean"].includes(typeof usual) ? ` (${String(usual)})` : "";
        expect(row).toContain(`\`${name}\`${shown}`);
        expect(row).toContain(description ?? "");
      }
    },
  );

  test.each(readdirSync("config/reports"))("tells the report of %s", (file) => {
    expect(rowOf(file.replace(".yaml", ""))).not.toBe("");
  });

  test.each(Object.keys(ReportDefinition.shape))("tells the key %s of a report file", (key) => {
    expect(rowOf(key)).not.toBe("");
  });
});
