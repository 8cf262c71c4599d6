/** A mapping spoilt in every way, from outside: a place, a cure, exit code 2, and the mapping in force goes on. */
import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { newInstallation } from "../support/installation.ts";
import type { Installation } from "../support/installation.ts";
import { marcRecord } from "../support/marc-file.ts";

let site: Installation;
let good: string;
let whole: string;

beforeAll(async () => {
  site = newInstallation();
  site.configure({ url: "https://koha.example.edu", top: "web: { listen: 127.0.0.1:0 }" });
  good = site.write("good.mrc", Buffer.concat([marcRecord("1", "QC21 .F4"), marcRecord("2", "D20 .H5")]));
  expect((await site.run(["import", good])).code).toBe(0);
  whole = await site.digest();
});

beforeEach(() => {
  const folder = path.join(site.folder, "mappings");
  for (const name of readdirSync(folder)) rmSync(path.join(folder, name), { recursive: true });
  site.mendMapping();
});

afterAll(() => {
  site.remove();
});

interface Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: string;
  readonly code: string;
  readonly message: string;
  readonly cure: string;
}

async function check(): Promise<{ readonly code: number; readonly errors: readonly Finding[] }> {
  const { code, stdout } = await site.run(["--json", "map", "check"]);
  const found = JSON.parse(stdout) as Finding[];
  return { code, errors: found.filter(({ severity }) => severity === "error") };
}

const rules = (rule: string): string => `departments:\n  p: { name: P, rules: [${rule}] }\n`;
const bomb = `a0: &a0 [x]\n${Array.from({ length: 20 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n}, `.repeat(10)}]\n`).join("")}`;
const megabytes = (count: number): string =>
  `departments:\n  p:\n    name: P\n    rules:\n${'      - { lcc: "QC1-QC9" }\n'.repeat((count * 1024 * 1024) / 27)}`;

const cases: readonly (readonly [string, string | Uint8Array, string, string, string])[] = [
  ["an unquoted Dewey number", rules("{ ddc: 530.10 }"), "unquoted-number", "2:32", '"530.10"'],
  ["a tab", "departments:\n\tp: { name: P }\n", "tab", "2:1", "blanks"],
  ["a key twice", rules("{ lcc: QC, lcc: QD }"), "duplicate-id", "2:36", "keep one"],
  ["a bomb of aliases", bomb, "alias", "2:", "write the value out"],
  ["an anchor", rules("{ lcc: &x QC }"), "alias", "2:", "write the value out"],
  ["10 MB of rules", megabytes(10), "too-big", "1:1", "wider ranges"],
  ["a million brackets", "[".repeat(1_000_000), "too-deep", "1:101", "brackets"],
  [
    "Latin-1",
    Buffer.from("departments:\n  p: { name: Universit\xe4t }\n", "latin1"),
    "not-utf8",
    "2:23",
    "UTF-8",
  ],
  ["UTF-16", Buffer.from("\ufeffdepartments: {}\n", "utf16le"), "not-utf8", "1:1", "UTF-8"],
  ["half a letter at its end", Buffer.from([0x23, 0x20, 0xc3]), "not-utf8", "1:3", "UTF-8"],
  ["a reversed range", rules("{ lcc: QC9-QC1 }"), "reversed", "2:32", "QC1-QC9"],
  ["an empty range", rules("{ lcc: [] }"), "empty-value", "2:32", "take the key out"],
  [
    "an unknown liaison",
    "departments:\n  p: { name: P, liaisons: [adda] }\n",
    "unknown-liaison",
    "2:28",
    '"ada"',
  ],
  [
    "a list that is not there",
    rules("{ record: { file: lists/p.txt } }"),
    "unreadable-file",
    "2:43",
    "lists/p.txt",
  ],
  ["a list elsewhere", rules("{ record: { file: ../../p.txt } }"), "list-outside", "2:43", "below"],
];

describe("a mapping file with", () => {
  test.each(cases)("%s", async (_, content, code, place, cure) => {
    site.write("mappings/more.yaml", content);

    const checked = await check();
    const applied = await site.run(["map", "apply", "--yes"]);
    const imported = await site.run(["import", good]);

    const places = checked.errors.map(
      (found) => `${found.code} ${path.basename(found.file)}:${found.line}:${found.column}`,
    );
    expect([checked.code, applied.code]).toEqual([2, 2]);
    expect(places).toEqual(expect.arrayContaining([expect.stringContaining(`${code} more.yaml:${place}`)]));
    expect(checked.errors.map((found) => found.cure).join("\n")).toContain(cure);
    expect(applied.stderr).not.toMatch(/\n\s+at |unforeseen|Invalid input|expected string/);
    expect(imported.code).toBe(0);
    expect(await site.digest()).toBe(whole);
  });

  test.each([
    ["a byte order mark", `\uFEFF${rules('{ ddc: "530-539" }')}`],
    ["a quoted Dewey number", rules('{ ddc: ["530.10", "004"] }')],
  ])("%s is a good one", async (_, content) => {
    site.write("mappings/more.yaml", content);

    expect(await check()).toEqual({ code: 0, errors: [] });
  });
});

test("a folder that is named like a file is told", async () => {
  mkdirSync(path.join(site.folder, "mappings", "more.yaml"));

  const { code, errors } = await check();

  expect([code, errors[0]?.code, errors[0]?.message]).toEqual([
    2,
    "unreadable-file",
    "this is a folder, not a file",
  ]);
});

describe("a list of titles", () => {
  const named = rules("{ record: { file: lists/p.txt } }");

  test.each([
    ["in Latin-1", Buffer.from("biblio:1\nbiblio:2 # f\xfcr P\n", "latin1"), "not-utf8 p.txt:2:13"],
    ["with a line that names nothing", "biblio:1\nQC21\n", "bad-record p.txt:2:1"],
    ["without a title", "# later\n", "empty-list more.yaml:2:43"],
  ])("%s is told", async (_, content, expected) => {
    site.write("mappings/more.yaml", named);
    site.write("mappings/lists/p.txt", content);

    const { code, errors } = await check();

    expect(code).toBe(2);
    expect(
      errors.map((found) => `${found.code} ${path.basename(found.file)}:${found.line}:${found.column}`),
    ).toEqual([expected]);
  });

  test("decides, is part of the version, and needs no file once it is applied", async () => {
    site.write("mappings/more.yaml", named);
    site.write("mappings/lists/p.txt", "biblio:2 # a gift\r\n\r\n");
    const applied = await site.run(["--json", "map", "apply", "--yes"]);
    const changes = JSON.parse(applied.stdout) as { from: string; to: string; titles: number };
    rmSync(path.join(site.folder, "mappings", "lists"), { recursive: true });

    const explained = await site.run(["--json", "map", "explain", "record:2"]);
    const imported = await site.run(["import", good]);
    const again = await check();

    expect(changes.titles).toBe(1);
    expect(changes.to).not.toBe(changes.from);
    expect(JSON.parse(explained.stdout)).toMatchObject({
      decision: [{ department: "p", evidence: { kind: "record", text: "biblio:2" } }],
    });
    expect([imported.code, again.code, again.errors[0]?.code]).toEqual([0, 2, "unreadable-file"]);

    site.write("mappings/lists/p.txt", "biblio:1\n");
    const other = JSON.parse((await site.run(["--json", "map", "diff"])).stdout) as typeof changes;
    expect(other.from).toBe(changes.to);
    expect(other.to).not.toBe(changes.to);

    rmSync(path.join(site.folder, "mappings", "more.yaml"));
    expect((await site.run(["map", "apply", "--yes"])).code).toBe(0);
    expect(await site.digest()).toBe(whole);
  });
});

test("a daemon that is told to read again keeps the old mapping, says why, and serves on", async () => {
  const main = path.resolve(import.meta.dirname, "../../src/main.ts");
  const daemon = spawn(process.execPath, [main, "--config", site.config, "serve"], {
    env: { ...process.env, NODE_OPTIONS: "", KOHA_SECRET: "x" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  try {
    let said = "";
    const until = (words: string): Promise<void> =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (said.includes(words)) resolve();
        };
        daemon.stderr.on("data", look);
        daemon.on("exit", () => {
          reject(new Error(said));
        });
        look();
      });
    daemon.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    await until("reports on");

    site.write("mappings/more.yaml", rules("{ ddc: 530 }"));
    daemon.kill("SIGHUP");
    await until("the old one goes on");

    const address = /reports on (\S+),/.exec(said)?.[1] ?? "";
    expect(said).toContain("more.yaml:2:32");
    expect(said).toContain("in quotes");
    expect((await fetch(address)).status).toBe(200);
    expect(daemon.exitCode).toBeNull();
  } finally {
    daemon.kill("SIGTERM");
    if (daemon.exitCode === null) await new Promise((resolve) => daemon.on("exit", resolve));
  }
});
