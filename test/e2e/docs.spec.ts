/** Every command that the README shows, on what the demo leaves. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { liaison } from "../support/cli.ts";
import { runLiaison } from "../support/run-cli.ts";

const readme = readFileSync(path.resolve(import.meta.dirname, "../../README.md"), "utf8");
const shown = [...readme.matchAll(/^npm run -s liaison -- (.+)$/gm)].map(([, command = ""]) => command);
/** The demo's Koha ends with the demo. Both are tried against the double in `bad-source.spec.ts`. */
const needKoha = shown.filter((command) => /^(doctor|sync)\b/.test(command));

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "liaison-docs-"));
  const { code, stderr } = await liaison(["demo", "--no-serve"], { cwd: folder });
  expect([stderr, code]).toEqual([stderr, 0]);
}, 180_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("the README shows commands, on the demo and for an installation", () => {
  expect(shown.filter((command) => command.startsWith("--config demo-output/")).length).toBeGreaterThan(1);
  expect(shown.some((command) => command.startsWith("init "))).toBe(true);
  expect(needKoha.map((command) => command.split(" ")[0])).toEqual(["doctor", "sync"]);
});

test.each(shown.filter((command) => !needKoha.includes(command)))("liaison %s runs", async (command) => {
  const typed = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
  const named = typed.indexOf("--config");
  if (named !== -1) typed.splice(named, 2);
  const args = typed.map((arg) => arg.replace("/etc/koha-liaison", path.join(folder, "etc")));
  const config = path.join(folder, "demo-output", "liaison.yaml");

  const { code, stdout, stderr } = await runLiaison([
    "--config",
    config,
    "--now",
    "2026-11-02T13:00:00Z",
    ...args,
  ]);

  expect([stderr, code]).toEqual([stderr, 0]);
  expect(stdout).not.toBe("");
});

test.skip.each(needKoha)("needs a real Koha: liaison %s", () => undefined);
