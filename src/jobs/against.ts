/** Another mapping to compare with, by what a person calls it. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { readMappings } from "../config/mapping-files.ts";
import { ConfigError } from "../domain/problem.ts";
import { listFilesIn } from "../mapping/index.ts";
import type { Mapping, MappingFile } from "../mapping/index.ts";
import type { Store } from "../store/index.ts";
import { compileOrThrow } from "./rules.ts";

/** The shortest beginning of a version that is taken for one. */
const shortestVersion = 4;

/**
 * A file or a folder of the disk, else a version that was applied (or its beginning), else a revision of the git
 * repository in which the mapping folder is. Throws ConfigError when it is none of them, or does not compile.
 */
export async function otherMapping(
  name: string,
  { store, folder }: { readonly store: Pick<Store, "keptMapping">; readonly folder: string },
): Promise<Mapping> {
  if (existsSync(name))
    return compileOrThrow(statSync(name).isDirectory() ? readMappings(name, listFilesIn) : [readFile(name)]);
  const kept = name.length < shortestVersion ? null : await store.keptMapping(name);
  if (kept !== null) return compileOrThrow(kept.files);
  const files = filesOfRevision(folder, name);
  if (files !== null && files.length > 0) return compileOrThrow(files);
  throw new ConfigError([
    {
      code: "UNKNOWN_MAPPING",
      what: `"${name}" is no file or folder, no mapping that was applied, and no git revision of the mapping folder`,
      where: folder,
      ...(files !== null && { why: "the revision has no mapping files there" }),
      cure: 'name a path, a version of "liaison map history", or a revision such as HEAD~1',
    },
  ]);
}

function readFile(name: string): MappingFile {
  return { path: name, text: readFileSync(name, "utf8") };
}

/** Null when the folder is in no repository, or the repository has no such revision. */
function filesOfRevision(folder: string, revision: string): MappingFile[] | null {
  // What begins with a hyphen would be read as an option.
  if (revision.startsWith("-")) return null;
  try {
    const commit = git(
      folder,
      "rev-parse",
      "--verify",
      "--quiet",
      "--end-of-options",
      `${revision}^{commit}`,
    ).trim();
    const names = git(folder, "ls-tree", "--name-only", "-z", commit, "./").split("\0");
    const read = (name: string): MappingFile => ({
      path: path.join(path.basename(folder), name),
      text: git(folder, "show", `${commit}:./${name}`),
    });
    const files = names
      .filter((name) => /^[^/]+\.ya?ml$/.test(name))
      .sort()
      .map(read);
    return [...files, ...listFilesIn(files).map(read)];
  } catch {
    return null;
  }
}

function git(folder: string, ...args: readonly string[]): string {
  return execFileSync("git", ["-C", folder, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 64 * 1024 * 1024,
  });
}
