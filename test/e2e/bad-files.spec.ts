/** Files that a person wrote or brought: configuration, mapping, MARC. What is said, the exit code, nothing lost. */
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { marcRecord } from "../support/marc-file.ts";
import { newInstallation } from "../support/installation.ts";
import type { Installation, Settings } from "../support/installation.ts";

let site: Installation;
let whole: string;

const settings: Settings = { url: "https://koha.example.edu" };

beforeAll(async () => {
  site = newInstallation();
  site.configure(settings);
  const good = site.write(
    "good.mrc",
    Buffer.concat([marcRecord("1", "QC21 .F4"), marcRecord("2", "D20 .H5")]),
  );
  expect((await site.run(["import", good])).code).toBe(0);
  whole = await site.digest();
  expect(JSON.parse(whole)).toMatchObject({ tables: { record: { rows: 2 } } });
});

beforeEach(() => {
  site.configure(settings);
  site.mendMapping();
});

afterAll(() => {
  site.remove();
});

describe("a configuration", () => {
  const cases: readonly (readonly [string, Partial<Settings>, string, string])[] = [
    ["with an unknown time zone", { timezone: "Europe/Atlantis" }, ":1:45: ", "such as Europe/Berlin"],
    [
      "with an unknown key",
      { top: "mapings: rules/" },
      ':10:1: unknown key "mapings"',
      'did you mean "mappings"?',
    ],
    [
      "with an unknown key that resembles none",
      { top: "colour: red" },
      ':10:1: unknown key "colour"',
      "known here: library, store",
    ],
    [
      "with a secret in clear",
      { auth: "{ clientId: demo, clientSecret: hunter2 }" },
      ':7:43: "sources.koha.auth.clientSecret" holds a secret in clear',
      "write { env: NAME } or { file: PATH }",
    ],
    [
      "with no web address",
      { url: "koha" },
      ':6:10: "sources.koha.url": Invalid URL',
      "Address of the staff interface",
    ],
    [
      "with a store of another kind, whose password is not repeated",
      { store: "postgres://liaison:hunter2@db/liaison" },
      ':2:8: "store": this is no store address that this version knows',
      "sqlite:PATH, for example sqlite:data/liaison.db",
    ],
    [
      "with a connector that is not there",
      { mail: "{ type: emial }" },
      ':9:17: there is no connector "emial"',
      '"email"?',
    ],
    ["that is no YAML", { top: "web: [" }, ":1: ", "mend the YAML here"],
  ];

  test.each(cases)("%s is refused with 2, its place and the cure", async (_, change, place, cure) => {
    site.configure({ ...settings, ...change });

    const { code, stdout, stderr } = await site.run(["status"]);

    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(`${site.config}${place.startsWith(":1: ") ? "" : place}`);
    expect(stderr).toMatch(/liaison\.yaml:\d+:\d+: /);
    expect(stderr).toContain(cure);
    expect(stderr).not.toMatch(/hunter2|\n\s+at /);
    site.configure(settings);
    expect(await site.digest()).toBe(whole);
  });

  test("that is not there is told with how to make one", async () => {
    const { code, stderr } = await site.run(["--config", path.join(site.folder, "none.yaml"), "status"]);

    expect(code).toBe(2);
    expect(stderr).toMatch(/no configuration file[^]*none\.yaml[^]*liaison init/);
  });
});

describe("a mapping", () => {
  const rules = (text: string): string => `departments:\n  physics: { name: Physics, ${text} }\n`;
  const cases: readonly (readonly [string, string, string, string])[] = [
    [
      "with a typo in a key",
      "departmnts: {}\n",
      ':1:1: error: unknown key "departmnts"',
      'did you mean "departments"?',
    ],
    [
      "with a typo in a range",
      rules("rules: [{ lcc: QC350-QC1 }]"),
      '2:44: error: the end of "QC350-QC1" stands before its start',
      "QC1-QC350",
    ],
    ["that is empty", "", ":1:1: error: the file holds nothing", "write departments: in it"],
    [
      "with a liaison who is not there",
      `${rules("liaisons: [adda], rules: [{ lcc: QC }]")}liaisons: { ada: { name: Ada, email: a@b.edu } }\n`,
      'there is no liaison "adda"',
      '"ada"',
    ],
    ["that is no YAML", "departments: [\n", ":2:1: error: ", "close what was opened"],
  ];

  test.each(cases)(
    "%s is refused with 2, its place and the cure, and moves nothing",
    async (_, text, what, cure) => {
      site.write("mappings/departments.yaml", text);

      const checked = await site.run(["map", "check"]);
      const applied = await site.run(["map", "apply", "--yes"]);
      const diff = await site.run(["--json", "map", "diff"]);

      expect([checked.stdout, checked.code, applied.code, diff.code]).toEqual([checked.stdout, 2, 2, 2]);
      expect(checked.stdout).toContain(what);
      expect(checked.stdout).toMatch(/mappings\/departments\.yaml:\d+:\d+: error: /);
      expect(checked.stdout).toContain(cure);
      expect(applied.stderr).toContain(cure);
      expect(applied.stderr).not.toMatch(/\n\s+at |unforeseen/);
      expect(JSON.parse(diff.stdout)).toHaveProperty("problems");
      expect(await site.digest()).toBe(whole);
    },
  );

  test("with a slip of the pen stops no pull: the one in force goes on", async () => {
    site.write("mappings/departments.yaml", "departmnts: {}\n");

    const { code } = await site.run(["import", path.join(site.folder, "good.mrc")]);

    expect(code).toBe(0);
    expect(await site.digest()).toBe(whole);
  });

  test("with a liaison without address is refused, with the place and the cure", async () => {
    site.write(
      "mappings/departments.yaml",
      "departments:\n  physics: { name: Physics, liaisons: [ada], rules: [{ lcc: QC }] }\nliaisons:\n  ada: { name: Ada }\n",
    );

    const { code, stdout } = await site.run(["map", "check"]);

    expect(code).toBe(2);
    expect(stdout).toMatch(/departments\.yaml:4:8: error: .*email/);
  });
});

describe("a MARC file", () => {
  const page = "<!DOCTYPE html><html><body>Log in</body></html>";
  const cases: readonly (readonly [string, string, string | Uint8Array])[] = [
    ["that is a text", "notes.mrc", "This is no MARC file.\n".repeat(20)],
    [
      "that is a picture",
      "cover.mrc",
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, ...Array(300).fill(7)]),
    ],
    ["that is a login page", "catalogue.xml", page],
  ];

  test.each(cases)("%s is put aside with 3, its reason and the cure", async (_, name, content) => {
    const file = site.write(name, content);

    const imported = await site.run(["import", file]);
    const list = JSON.parse((await site.run(["--json", "quarantine", "list"])).stdout) as {
      id: number;
      reason: string;
    }[];
    const newest = list.at(-1);
    const shown = await site.run(["quarantine", "show", String(newest?.id)]);

    expect([imported.code, newest?.reason]).toEqual([3, "not-marc"]);
    expect(imported.stderr).toContain('1 put aside: see why with "liaison quarantine list"');
    expect(shown.stdout).toContain(`from     ${file}`);
    expect(shown.stdout).toContain("cure     give a file of MARC records: ISO 2709, MARCXML or MARC-in-JSON");
    expect(await site.digest()).toBe(whole);
  });

  test("with rubbish between its records loses none of them, and counts a warning", async () => {
    const file = site.write(
      "mixed.mrc",
      Buffer.concat([marcRecord("1", "QC21 .F4"), Buffer.from("\nrubbish\n"), marcRecord("2", "D20 .H5")]),
    );

    const { code, stdout } = await site.run(["--json", "import", file]);

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      files: [{ seen: 2, unchanged: 2, repaired: 1, warnings: 1 }],
    });
    expect(await site.digest()).toBe(whole);
  });

  test("without any record is no silent success", async () => {
    const { code, stdout } = await site.run(["import", site.write("empty.mrc", "")]);

    expect(code).toBe(0);
    expect(stdout).toContain("the file holds no record");
  });

  test.each([
    ["that is not there", "absent.mrc", "there is no such file", "check the path"],
    ["that is a folder", "mappings", "this is a folder", "name one file"],
  ])("%s is told with 1", async (_, name, what, cure) => {
    const { code, stdout } = await site.run(["import", path.join(site.folder, name)]);

    expect(code).toBe(1);
    expect(stdout).toContain(`${name}: ${what} (${cure})`);
  });
});

describe("usage", () => {
  test.each([
    [["snyc"], "did you mean sync?"],
    [["query", "checkout"], 'did you mean "checkouts"?'],
    [["query", "checkouts", "--department", "fysics"], 'did you mean "physics"?'],
    [["query", "checkouts", "--period", "2026-13"], "is no period"],
    [["sync", "--source", "kohaa"], 'did you mean "koha"?'],
    [["report", "run", "montly", "--all"], "monthly"],
    [["callnumber", "range", "QA76-QA1"], "write QA1-QA76"],
    [["import", "--format", "excel", "x"], "Allowed choices are marc, marcxml, mij"],
  ])("%j ends with 2 and the cure, with --json as one document", async (args, cure) => {
    const shown = await site.run(args);
    const document = await site.run(["--json", ...args]);

    expect([shown.stderr, shown.stdout, shown.code]).toEqual([shown.stderr, "", 2]);
    expect(shown.stderr).toContain(cure);
    expect(JSON.parse(document.stdout)).toHaveProperty("code");
  });
});
