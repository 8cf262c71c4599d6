/** An administrator changes whose is what: looks, applies, looks back, and explains it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { editWorkbook, testWithOpenpyxl } from "../support/openpyxl.ts";
import { newInstallation } from "../support/installation.ts";
import type { Installation } from "../support/installation.ts";
import { marcRecord } from "../support/marc-file.ts";

let site: Installation;
const json = async (...args: string[]): Promise<unknown> => {
  const { stdout, stderr } = await site.run(["--json", ...args]);
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout);
};
const mappingText = (): string => readFileSync(path.join(site.folder, "mappings/departments.yaml"), "utf8");

beforeAll(async () => {
  site = newInstallation();
  site.configure({ url: "https://koha.example.edu" });
  const records = [marcRecord("1", "QC21 .F4"), marcRecord("2", "QC880 .W4"), marcRecord("3", "D20 .H5")];
  await site.run(["import", site.write("records.mrc", Buffer.concat(records))]);
});
afterAll(() => {
  site.remove();
});

test("a change shows what it moves before it moves it, and is kept with what it moved", async () => {
  site.write(
    "mappings/departments.yaml",
    `# ours
departments:
  physics: { name: Physics, rules: [{ lcc: QC }] }
  meteorology: { name: Meteorology, rules: [{ lcc: QC851-QC999 }] } # new
  history: { name: History, rules: [{ lcc: "D*" }] }
`,
  );

  const diff = (await json("map", "diff")) as { titles: number; moves: object[] };
  expect(diff).toMatchObject({ titles: 1, moves: [{ from: "physics", to: "meteorology", titles: 1 }] });
  expect(await json("map", "history")).toHaveLength(1);

  const applied = await json("map", "apply", "--yes");
  expect(applied).toMatchObject({ titles: 1, moves: [{ from: "physics", to: "meteorology", titles: 1 }] });
  expect(await json("map", "history")).toMatchObject([
    { active: true, summary: { titlesMoved: 1, moves: [{ from: "physics", to: "meteorology" }] } },
    { active: false, from: null },
  ]);
  expect((await site.run(["map", "history", "no such"])).code).toBe(2);
});

test("an earlier mapping can be compared with", async () => {
  const [, first] = (await json("map", "history")) as { version: string }[];

  expect(await json("map", "diff", "--against", first?.version ?? "")).toMatchObject({
    from: first?.version,
    moves: [{ from: "physics", to: "meteorology" }],
  });
});

test("a call number, a title and nonsense are explained", async () => {
  expect(await json("map", "explain", "record:2")).toMatchObject({
    decision: [{ department: "meteorology", fraction: "1", rule: { line: 4 } }],
    lost: [{ department: "physics" }],
  });
  expect((await site.run(["map", "explain", "QC880"])).stdout).toContain(
    "QC880 (read as a number of the Library of Congress Classification)",
  );
  expect((await site.run(["map", "explain", "physics of clouds"])).stdout).toContain(
    "read as no call number",
  );
});

test("the records of a file are explained without loading them", async () => {
  const file = site.write(
    "new.mrc",
    Buffer.concat([marcRecord("8", "QC900 .A1"), marcRecord("9", "QC1 .A1")]),
  );
  const before = await site.digest();

  expect(await json("map", "explain", "--marc", file)).toMatchObject([
    { target: "record:8", decision: [{ department: "meteorology" }] },
    { target: "record:9", decision: [{ department: "physics" }] },
  ]);
  expect((await site.run(["map", "explain", "--marc", file])).stdout).toMatch(/record:8\n {2}meteorology 1 /);
  expect(await site.digest()).toBe(before);
  expect((await site.run(["map", "explain"])).code).toBe(2);
});

testWithOpenpyxl("a colleague edits the workbook, and the comments of the files stay", async () => {
  const file = path.join(site.folder, "rules.xlsx");
  await site.run(["map", "export", file]);
  editWorkbook(
    file,
    `sheet = book["Rules"]
head = [cell.value for cell in sheet[1]]
sheet.append([{"file": "departments.yaml", "department": "history", "list": "rules", "lcc": "E*\\nF*"}.get(name) for name in head])`,
  );

  expect(await json("map", "import", file)).toMatchObject({ written: ["departments.yaml"], titles: 0 });
  expect(mappingText()).toContain("# ours");
  expect(mappingText()).toContain('history: { name: History, rules: [{ lcc: "D*" }, { lcc: [E*, F*] }] }');
  expect(await json("map", "import", file)).toMatchObject({ written: [] });
});
