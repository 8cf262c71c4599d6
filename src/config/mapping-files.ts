/** The files of the mapping folder as texts; what is no readable text comes with its fault and its place instead. */
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { ConfigError } from "../domain/problem.ts";
import { shownPath } from "./shown-path.ts";

export interface FileFault {
  readonly code: "unreadable-file" | "not-utf8" | "too-big";
  readonly what: string;
  readonly cure: string;
  readonly line: number;
  readonly column: number;
}

export interface MappingText {
  /** As an administrator would write it. */
  readonly path: string;
  readonly text: string;
  readonly fault?: FileFault;
}

const megabyte = 1024 * 1024;
/** A department has about 1 kB of rules: room for two thousand. To read so many takes 8 s and 400 MB of memory. */
const mostRules = 2 * megabyte;
/** About half a million ids. */
const mostIds = 8 * megabyte;

/**
 * The YAML files of the folder in name order, then the list files that `listsIn` finds named in them, by paths relative
 * to the folder. Throws ConfigError when the folder is not there.
 */
export function readMappings(
  folder: string,
  listsIn: (files: readonly MappingText[]) => readonly string[],
): readonly MappingText[] {
  const names = namesIn(folder).filter((name) => /\.ya?ml$/.test(name));
  const files = readAll(folder, names.sort(), mostRules);
  return [...files, ...readAll(folder, listsIn(files), mostIds)];
}

/** All of them together no larger than the limit. */
function readAll(folder: string, names: readonly string[], limit: number): MappingText[] {
  const prefix = shownPath(folder);
  let size = 0;
  return names.map((name) => {
    const file = path.join(folder, name);
    const shown = path.join(prefix, name);
    try {
      size += statSync(file).size;
      if (size > limit) return { path: shown, text: "", fault: tooBig(size, limit) };
      return readText(file, shown);
    } catch (error) {
      return { path: shown, text: "", fault: unreadable(error) };
    }
  });
}

function namesIn(folder: string): string[] {
  const problem = (code: string, what: string, cure: string): ConfigError =>
    new ConfigError([{ code, what, where: folder, cure }]);
  const cure = 'make it, or name another as "mappings" in the configuration';
  if (!existsSync(folder)) throw problem("NO_MAPPINGS", "the folder of the mapping files is not there", cure);
  try {
    return readdirSync(folder);
  } catch {
    throw problem(
      "MAPPINGS_UNREADABLE",
      "the folder of the mapping files cannot be read",
      "check that it is a folder, and that this user may read it",
    );
  }
}

function readText(file: string, shown: string): MappingText {
  const bytes = readFileSync(file);
  const fault = encodingFault(bytes);
  return fault === null ? { path: shown, text: textOf(bytes) } : { path: shown, text: "", fault };
}

function tooBig(size: number, limit: number): FileFault {
  const shown = (bytes: number): string => `${(bytes / megabyte).toFixed(1)} MB`;
  return {
    code: "too-big",
    what: `with this file, the files of its kind have ${shown(size)}; they may have ${shown(limit)} together`,
    cure: "give wider ranges instead of many narrow ones, and long lists of titles as list files: record: { file: x.txt }",
    line: 1,
    column: 1,
  };
}

function unreadable(error: unknown): FileFault {
  const code = (error as { readonly code?: unknown }).code;
  const why =
    code === "ENOENT"
      ? "there is no such file"
      : code === "EACCES" || code === "EPERM"
        ? "this user may not read the file"
        : code === "EISDIR"
          ? "this is a folder, not a file"
          : `the file cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  const cure = code === "ENOENT" ? "check the path" : "check the path, and that this user may read it";
  return { code: "unreadable-file", what: why, cure, line: 1, column: 1 };
}

const replacement = Buffer.from("\ufffd");
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Without the byte order mark that some editors write. */
function textOf(bytes: Uint8Array): string {
  return utf8.decode(bytes);
}

function encodingFault(bytes: Buffer): FileFault | null {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const at = isUtf16 ? 0 : firstBadByte(bytes);
  if (at === null) return null;
  const before = bytes.subarray(0, at).toString("utf8").split("\n");
  const value = (bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, "0");
  return {
    code: "not-utf8",
    what: isUtf16
      ? "the file is UTF-16, and must be UTF-8"
      : `the byte 0x${value} at position ${String(at)} is no UTF-8; the file may be Latin-1 or Windows-1252`,
    cure: 'save the file as "UTF-8" in the editor',
    line: before.length,
    column: (before.at(-1) ?? "").length + 1,
  };
}

/** Index of the first byte that is no UTF-8, or null. */
function firstBadByte(bytes: Buffer): number | null {
  try {
    textOf(bytes);
    return null;
  } catch {
    // What the lenient decoder keeps is right up to the first replacement that the bytes themselves do not hold.
    const lenient = bytes.toString("utf8");
    let byte = 0;
    for (const char of lenient) {
      if (char === "\ufffd" && !bytes.subarray(byte, byte + 3).equals(replacement)) return byte;
      byte += Buffer.byteLength(char);
    }
    return byte;
  }
}
