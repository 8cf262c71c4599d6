import { cpSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { strFromU8, unzipSync } from "fflate";
import { runLiaison } from "../../test/support/run-cli.ts";
import { packageFolder, version } from "../version.ts";
import { packPlugin } from "./plugin.ts";

const sources = path.join(packageFolder, "koha-plugin");
const mainFile = "Koha/Plugin/Org/KohaLiaison/Liaison.pm";
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "liaison-plugin-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("the same files give the same bytes, whenever and wherever they lie", () => {
  const copy = path.join(folder, "copy");
  cpSync(sources, copy, { recursive: true });
  utimesSync(path.join(copy, mainFile), 0, 0);

  const [first, second] = [packPlugin(sources, "1.2.3"), packPlugin(copy, "1.2.3")];

  expect(Buffer.compare(first.bytes, second.bytes)).toBe(0);
});

test("its only top entry is Koha/, without tests, and its version is the product's", () => {
  const { files, bytes } = packPlugin(sources, "1.2.3");
  const entries = unzipSync(bytes);

  expect(Object.keys(entries)).toEqual(files);
  expect(files.every((name) => name.startsWith("Koha/Plugin/Org/KohaLiaison/Liaison"))).toBe(true);
  expect(files).toContain("Koha/Plugin/Org/KohaLiaison/Liaison/openapi.json");
  expect(files.filter((name) => name.endsWith(".t"))).toEqual([]);
  expect(strFromU8(entries[mainFile]!)).toContain("our $VERSION = '1.2.3';");
});

test("a main file without a version is refused by name", () => {
  const broken = path.join(folder, "broken");
  cpSync(sources, broken, { recursive: true });
  writeFileSync(path.join(broken, mainFile), "package Koha;\n1;\n");

  expect(() => packPlugin(broken, "1.2.3")).toThrow("the plugin's main file says no version");
});

test("plugin build writes the file and says what it is", async () => {
  const out = path.join(folder, "new", "liaison.kpz");

  const { code, stdout } = await runLiaison(["--json", "plugin", "build", "--out", out]);

  const said: unknown = JSON.parse(stdout);
  expect(code).toBe(0);
  expect(said).toMatchObject({ file: out, version });
});
