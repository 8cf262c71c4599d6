/** Reports spoilt in every way, from outside: what is wrong, where, and what was probably meant. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { rmSync } from "node:fs";
import path from "node:path";
import { newInstallation } from "../support/installation.ts";
import type { Installation } from "../support/installation.ts";

let site: Installation;

beforeAll(() => {
  site = newInstallation();
  const mail = '{ type: file, dir: ., formats: [eml], from: "Library <library@example.edu>" }';
  site.configure({ url: "https://koha.example.edu", mail });
});
afterAll(() => {
  site.remove();
});

const file = (change: string): string =>
  `id: mine\ntitle: Mine\nschedule: "0 7 1 * *"\naudience: library\nsections: [summary]\n${change}\n`;

describe("a report file", () => {
  test.each([
    [
      "an unknown section",
      file("").replace("[summary]", "[summry]"),
      'mine.yaml:5:12: "sections.0": there is no section "summry"; did you mean "summary"?',
    ],
    [
      "an unknown option",
      file("").replace("[summary]", "[{ id: unmet, limt: 3 }]"),
      'the section "unmet" has no option "limt"; did you mean "limit"?',
    ],
    ["an unknown period", file("period: last-moth"), '"last-moth" is no period; did you mean "last-month"?'],
    ["an unknown delivery", file("deliveries: [mial]"), 'there is no delivery "mial"'],
    ["no schedule", file("").replace('"0 7 1 * *"', '"sometimes"'), '"sometimes" is no schedule'],
  ])("with %s is refused", async (_, text, told) => {
    const written = site.write("reports/mine.yaml", text);
    const { code, stderr } = await site.run(["report", "list"]);
    rmSync(written);

    expect([code, stderr]).toEqual([2, expect.stringContaining(told)]);
  });
});

describe("a report that nobody gets", () => {
  test.each([
    [
      "audience: library\ndeliveries: [mail]",
      'report "mine" reaches nobody by "mail"; a liaison gets it who has it under "reports"',
    ],
    [
      "audience: [histroy]\ndeliveries: [mail]",
      'names "histroy", which is no department and no liaison of the mapping; did you mean "history"?',
    ],
    [
      "audience: library",
      'report "mine" goes nowhere: it names no deliveries; "liaison report run mine" makes it',
    ],
  ])("with %j says so", async (audience, told) => {
    const written = site.write("reports/mine.yaml", file("").replace("audience: library", audience));
    const { code, stderr } = await site.run(["send", "--report", "mine", "--dry-run"]);
    rmSync(written);

    expect([code, stderr]).toEqual([0, expect.stringContaining(told)]);
  });
});

describe("a report that is asked for wrongly", () => {
  const physics = ["--department", "physics"];
  test.each([
    [["report", "run", "montly", ...physics], 'did you mean "monthly"?'],
    [["report", "run", "monthly", "--department", "physcis"], 'did you mean "physics"?'],
    [["report", "run", "monthly", ...physics, "--period", "last-moth"], 'did you mean "last-month"?'],
    [["report", "run", "monthly", ...physics, "--period", "2026-13"], "a month is 01 to 12"],
    [["report", "run", "monthly", ...physics, "--period", "2027-03"], '"2027-03" has not begun'],
    [["report", "run", "monthly"], "give one of --department ID"],
    [["query", "checkout"], 'did you mean "checkouts"?'],
  ])("%j is refused with what was meant", async (args, told) => {
    const { code, stderr } = await site.run(args);

    expect([code, stderr]).toEqual([2, expect.stringContaining(told)]);
  });
});

test("a sentence of the library's own with a variable that there is not is refused at its place", async () => {
  const written = site.write("sentences/en.yaml", 'loans: "{text} loans, {chnge}"\n');
  const { code, stderr } = await site.run(["report", "run", "monthly", "--department", "physics"]);
  rmSync(path.dirname(written), { recursive: true });

  expect(code).toBe(2);
  expect(stderr).toContain('"loans" has no value for {chnge}');
  expect(stderr).toContain("en.yaml:1:8");
});

test("an installation that has read nothing says so", async () => {
  const { code, stdout } = await site.run(["report", "run", "monthly", "--department", "physics"]);

  expect(code).toBe(0);
  expect(stdout).toContain("Nothing has been read from the library’s systems yet.");
});
