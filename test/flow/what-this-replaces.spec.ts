/** The page that names a command for each report that libraries run: every command of it exists. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { getMeasure } from "../../src/measures/index.ts";

const root = path.resolve(import.meta.dirname, "../..");
const page = readFileSync(path.join(root, "docs/reference/what-this-replaces.md"), "utf8");
const commands = [...page.matchAll(/`((?:query|report run) [^`]+)`/g)].map(([, command = ""]) => command);

test("the page shows commands", () => {
  expect(commands.length).toBeGreaterThan(40);
});

test.each(commands.filter((command) => command.startsWith("query ")))(
  "%s is a figure that can be told so",
  (command) => {
    const [, id = "", ...options] = command.split(" ");
    const measure = getMeasure(id);
    const by = options[options.indexOf("--by") + 1];
    const given = options[options.indexOf("--with") + 1]?.split("=")[0];

    if (options.includes("--by")) expect(measure.by).toContain(by);
    if (options.includes("--with")) expect(measure.parameters).toContain(given);
  },
);

test.each(commands.filter((command) => command.startsWith("report run ")))("%s is a report", (command) => {
  expect(existsSync(path.join(root, "config/reports", `${command.split(" ")[2] ?? ""}.yaml`))).toBe(true);
});
