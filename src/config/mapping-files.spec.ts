import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import fc from "fast-check";
import { ConfigError } from "../domain/problem.ts";
import { readMappings } from "./mapping-files.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "liaison-mappings-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const none = (): readonly string[] => [];

function write(name: string, content: string | Uint8Array): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), content);
}

test("the YAML files come in name order, then the lists that are named in them, and nothing else", () => {
  write("b.yml", "b");
  write("a.yaml", "a");
  write("notes.txt", "x");
  write("lists/p.txt", "biblio:1");
  write("below/c.yaml", "c");

  const read = readMappings(folder, (files) =>
    files
      .map(({ text }) => text)
      .concat("lists/p.txt")
      .slice(2),
  );

  expect(read.map(({ path: file, text }) => [path.relative(folder, file), text])).toEqual([
    ["a.yaml", "a"],
    ["b.yml", "b"],
    ["lists/p.txt", "biblio:1"],
  ]);
});

test("a byte order mark is no part of the text", () => {
  write("a.yaml", "\uFEFFdepartments:");

  expect(readMappings(folder, none)[0]).toMatchObject({ text: "departments:" });
});

test("the first byte that is no UTF-8 is told by place, line and column", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), fc.string(), (before, after) => {
      // A Latin-1 letter with an ASCII letter behind it is no UTF-8 anywhere.
      write("a.yaml", Buffer.concat([Buffer.from(before), Buffer.from([0xe9]), Buffer.from(`a${after}`)]));
      const lines = before.split("\n");

      const [file] = readMappings(folder, none);

      fc.pre(!before.startsWith("\uFEFF"));
      expect(file?.fault).toMatchObject({
        code: "not-utf8",
        line: lines.length,
        column: (lines.at(-1) ?? "").length + 1,
      });
      expect(file?.fault?.what).toContain(`0xE9 at position ${String(Buffer.byteLength(before))}`);
    }),
  );
});

test("any bytes are a text, or have a fault", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 30 }), (bytes) => {
      write("a.yaml", bytes);

      const [file] = readMappings(folder, none);

      const isRight = Buffer.from(`${file?.text ?? ""}`).equals(Buffer.from(bytes));
      const hasMark = Buffer.from(`\uFEFF${file?.text ?? ""}`).equals(Buffer.from(bytes));
      expect(isRight || hasMark).toBe(file?.fault === undefined);
    }),
  );
});

test("files above the limit together are not read", () => {
  const half = "#".repeat(1.2 * 1024 * 1024);
  write("a.yaml", half);
  write("b.yaml", half);

  const [first, second] = readMappings(folder, none);

  expect([first?.fault, second?.fault?.code]).toEqual([undefined, "too-big"]);
  expect(second?.fault?.what).toContain("2.4 MB");
});

test("a list that is not there, and a folder in its place, are faults of it", () => {
  mkdirSync(path.join(folder, "l.txt"));

  const read = readMappings(folder, () => ["l.txt", "m.txt"]);

  expect(read.map(({ fault }) => fault?.what)).toEqual([
    "this is a folder, not a file",
    "there is no such file",
  ]);
});

test.each([
  ["is not there", "absent", "NO_MAPPINGS"],
  ["is a file", "a.yaml", "MAPPINGS_UNREADABLE"],
])("a folder that %s is refused", (_, name, code) => {
  write("a.yaml", "");

  expect(() => readMappings(path.join(folder, name), none)).toThrow(ConfigError);
  expect(() => readMappings(path.join(folder, name), none)).toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ code }) }),
  );
});
