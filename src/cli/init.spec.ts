import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { runLiaison } from "../../test/support/run-cli.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "liaison-init-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const config = (): string => path.join(folder, "liaison.yaml");
const init = (...flags: string[]): ReturnType<typeof runLiaison> =>
  runLiaison(["--json", "init", folder, ...flags]);
const mapping = (name: string): string => readFileSync(path.join(folder, "mappings", name), "utf8");

test.each([
  [[], "departments.yaml", "  physics:"],
  [["--map", "university"], "departments.yaml", "  physics:"],
  [["--map", "public-library"], "selections.yaml", "  adult-fiction:"],
  [["--map", "medical"], "departments.yaml", "  cardiology:"],
])(
  "%j writes a configuration and a map that check without an error or a warning",
  async (flags, name, line) => {
    const { code, stdout } = await init(...flags);

    expect(code).toBe(0);
    expect(readdirSync(path.join(folder, "mappings")).sort()).toEqual(
      [name, "schema.json", "tests.yaml"].sort(),
    );
    expect((JSON.parse(stdout) as { written: string[] }).written).toContain(
      path.join(folder, "mappings", name),
    );
    expect(mapping(name)).toContain(`\n${line}\n`);
    expect(mapping(name).split("\n")[0]).toBe("# yaml-language-server: $schema=./schema.json");
    const checked = await runLiaison(["--config", config(), "--json", "map", "check"], {
      env: { KOHA_SECRET: "secret" },
    });
    expect(checked.code).toBe(0);
    expect(checked.stdout).not.toMatch(/"severity": ?"(error|warning)"/);
  },
);

test("a folder that has rules already keeps them, and gets no others beside them", async () => {
  mkdirSync(path.join(folder, "mappings"));
  writeFileSync(path.join(folder, "mappings", "own.yaml"), "departments: { physics: { name: P } }\n");

  const { code } = await init("--map", "medical");

  expect(code).toBe(0);
  expect(readdirSync(path.join(folder, "mappings")).sort()).toEqual(["own.yaml", "schema.json"]);
});

test("an unknown map is a usage error that names those there are", async () => {
  const { code, stdout } = await init("--map", "school");

  expect(code).toBe(2);
  expect(stdout).toContain("university, public-library, medical");
});
