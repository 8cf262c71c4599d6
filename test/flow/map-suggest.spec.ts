/** `map suggest` as an administrator runs it, on a small catalogue from a file. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { MarcField } from "../../src/domain/marc/record.ts";
import { formatIso2709 } from "../../src/kit/marc/index.ts";
import { newInstallation } from "../support/installation.ts";
import type { Installation } from "../support/installation.ts";

const field = (tag: string, ind2: string, ...subfields: [string, string][]): MarcField => ({
  tag,
  ind1: " ",
  ind2,
  subfields,
});

function record(id: string, title: string, callNumber: string | null, ...headings: string[]): Uint8Array {
  return formatIso2709({
    leader: "00000nam a2200000 a 4500",
    fields: [
      { tag: "001", value: id },
      ...(callNumber === null ? [] : [field("050", "4", ["a", callNumber])]),
      field("245", "0", ["a", title]),
      ...headings.map((heading) => {
        const [main = "", ...parts] = heading.split("--");
        return field("650", "0", ["a", main], ...parts.map((part): [string, string] => ["x", part]));
      }),
    ],
  });
}

let installation: Installation;

beforeAll(async () => {
  installation = newInstallation();
  installation.configure({ url: "http://127.0.0.1:9" });
  installation.write(
    "mappings/departments.yaml",
    `departments:
  physics: # the oldest department
    name: Physics
    liaisons: [ada]
    rules:
      - lcc: QC
  history: { name: History, liaisons: [ada], rules: [{ lcc: "D*" }] }
liaisons:
  ada: { name: Ada Example, email: ada@example.edu }
`,
  );
  const classified = Array.from({ length: 60 }, (_, n) =>
    n % 2 === 0
      ? record(`p${n}`, `Of atoms, ${n}`, `QC${170 + n} .A1`, "Nuclear physics--Tables", `Atom ${n}`)
      : record(`h${n}`, `Of wars, ${n}`, `DA${100 + n} .B1`, "Great Britain--History", `War ${n}`),
  );
  const file = installation.write(
    "catalogue.mrc",
    Buffer.concat([
      ...classified,
      record("open1", "Nuclei", null, "Nuclear physics--Congresses"),
      record("open2", "Plasma", null, "Plasma physics"),
      record("open3", "Kings", null, "Great Britain--History--Sources"),
      record("open4", "Cooking", null, "Cooking, French"),
      record("zoo", "Whales", "QL737 .C4", "Whales"),
      record("zoo2", "Insects", "QL463 .I1", "Insects"),
    ]),
  );
  await installation.run(["import", file]);
});

afterAll(() => {
  installation.remove();
});

test("groups the titles without a department by class and heading, the narrowest range that holds them", async () => {
  const { code, stdout } = await installation.run(["--json", "map", "suggest"]);

  const found = JSON.parse(stdout) as { rule: unknown; titles: number }[];
  expect(code).toBe(0);
  expect(found[0]).toMatchObject({ rule: { lcc: ["QL463-QL737"] }, titles: 2 });
  expect(found).toContainEqual(
    expect.objectContaining({ rule: { subject: { lcsh: ["Cooking, French"] } }, titles: 1 }),
  );
});

test("learns whose a heading is, by the heading itself and by its words, and leaves alone what nothing tells", async () => {
  const { stdout } = await installation.run(["--json", "map", "suggest", "--learn", "--confidence", "0.7"]);

  const found = JSON.parse(stdout) as { department: string; rule: unknown }[];
  const pairs = found.map(({ department, rule }) => [department, JSON.stringify(rule)]);
  expect(pairs.sort()).toEqual([
    ["history", JSON.stringify({ subject: { any: ["Great Britain"] } })],
    ["physics", JSON.stringify({ subject: { any: ["Nuclear physics"] } })],
    ["physics", JSON.stringify({ subject: { any: ["Plasma physics"] } })],
  ]);
});

test("writes the proposals only when asked to, keeps comments, and the files check", async () => {
  const file = path.join(installation.folder, "mappings/departments.yaml");
  const before = readFileSync(file, "utf8");

  await installation.run(["map", "suggest", "--learn", "--confidence", "0.7"]);
  const unasked = readFileSync(file, "utf8");
  const written = await installation.run(["map", "suggest", "--learn", "--confidence", "0.7", "--write"]);
  const after = readFileSync(file, "utf8");
  const checked = await installation.run(["map", "check"]);
  const diff = await installation.run(["--json", "map", "diff"]);

  expect(unasked).toBe(before);
  expect(written.code).toBe(0);
  expect(after).toContain("# the oldest department");
  expect(after).toContain("Plasma physics");
  expect(checked.code).toBe(0);
  expect(JSON.parse(diff.stdout)).toMatchObject({ titles: 3 });
});

test("refuses options that say nothing", async () => {
  const [confidence, write, limit] = await Promise.all([
    installation.run(["map", "suggest", "--learn", "--confidence", "80"]),
    installation.run(["map", "suggest", "--write"]),
    installation.run(["map", "suggest", "--limit", "none"]),
  ]);

  expect([confidence.code, write.code, limit.code]).toEqual([2, 2, 2]);
  expect(confidence.stderr).toContain("--confidence 0.9");
});
