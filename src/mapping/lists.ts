/** Lists of titles in files of their own: `record: { file: lists/physics.txt }`, an id a line, `#` for remarks. */
import path from "node:path";
import { createFindings } from "./problem.ts";
import type { Findings, Place } from "./problem.ts";
import { isYaml } from "./read.ts";
import type { MappingFile } from "./read.ts";
import { recordIdAt } from "./record-id.ts";
import { readYaml } from "./yaml-file.ts";

/** The ids of the list that a rule at a place names; faults of the list are found once. */
export type Lists = (name: string, at: Place, findings: Findings) => readonly string[];

/** The list files that the rules name, by paths relative to the folder, each once; not those outside of it. */
export function listFilesIn(files: readonly MappingFile[]): string[] {
  const names = files.filter(isYaml).flatMap(({ path: file, text }) => {
    // Few mappings name one: the others are not read twice.
    if (!/\bfile\b/.test(text)) return [];
    return namesIn(readYaml(file, text, createFindings())?.value);
  });
  return [...new Set(names.map((name) => path.normalize(name)).filter(isInside))];
}

function namesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, below]: readonly [string, unknown]) =>
    key === "record" ? filesIn(below) : namesIn(below),
  );
}

function filesIn(record: unknown): string[] {
  if (Array.isArray(record)) return record.flatMap(filesIn);
  const named: unknown =
    typeof record === "object" && record !== null && "file" in record ? record.file : null;
  return typeof named === "string" && named !== "" ? [named] : [];
}

function isInside(name: string): boolean {
  return !path.isAbsolute(name) && name !== "." && name.split(/[\\/]/)[0] !== "..";
}

export function createLists(files: readonly MappingFile[]): Lists {
  const byPath = new Map(files.filter((file) => !isYaml(file)).map((file) => [file.path, file]));
  const known = new Map<string, readonly string[]>();
  return (name, at, findings) => {
    const normal = path.normalize(name);
    if (!isInside(normal)) {
      findings.add(
        at,
        "list-outside",
        `"${name}" lies outside of the mapping folder`,
        "put it below: lists/physics.txt",
      );
      return [];
    }
    const where = path.join(path.dirname(at.file), normal);
    const file = byPath.get(where);
    if (file === undefined || file.fault?.code === "unreadable-file") {
      const why = file?.fault?.what ?? "a list does not end in .yaml";
      findings.add(
        at,
        "unreadable-file",
        `the list "${name}": ${why}`,
        `put it at ${where}, an id a line, for this user to read`,
      );
      return [];
    }
    const ids = known.get(where) ?? idsOf(file, findings);
    if (ids.length === 0 && file.fault === undefined && !known.has(where))
      findings.add(at, "empty-list", `the list "${name}" names no title`, "write one id a line: biblio:123");
    known.set(where, ids);
    return ids;
  };
}

function idsOf({ path: file, text, fault }: MappingFile, findings: Findings): string[] {
  if (fault !== undefined) {
    findings.add({ file, ...fault }, fault.code, fault.what, fault.cure);
    return [];
  }
  return text.split(/\r?\n/).flatMap((line, index) => {
    const entry = line.replace(/(?:^|\s)#.*$/, "").trim();
    if (entry === "") return [];
    const column = line.length - line.trimStart().length + 1;
    const id = recordIdAt(entry, { file, line: index + 1, column }, findings);
    return id === null ? [] : [id];
  });
}
