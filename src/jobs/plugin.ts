/** Packs what Koha loads of the folder `koha-plugin` into a .kpz: a zip whose top entry is `Koha/`. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { strFromU8, strToU8, zipSync } from "fflate";
import type { Zippable } from "fflate";
import { DataError } from "../domain/problem.ts";

const mainFile = "Koha/Plugin/Org/KohaLiaison/Liaison.pm";
const versionLine = /^our \$VERSION = '[^']*';$/m;

/** A zip knows no time before it; with one time for all, the same files give the same bytes. */
const epoch = new Date(1980, 0, 1);
const attributes = 0o100644 << 16;

export interface PluginPackage {
  /** Names in the package, in their order. */
  readonly files: readonly string[];
  readonly bytes: Uint8Array;
}

/**
 * `folder`: of the plugin's sources; `version`: of the product, which becomes the plugin's. The same input gives the
 * same bytes on every machine. DataError when the main file says no version.
 */
export function packPlugin(folder: string, version: string): PluginPackage {
  const files = filesUnder(folder, "Koha");
  const entries: Zippable = {};
  for (const name of files) {
    const content = readFileSync(path.join(folder, name));
    entries[name] = [
      name === mainFile ? withVersion(content, version) : new Uint8Array(content),
      { mtime: epoch, level: 9, os: 3, attrs: attributes },
    ];
  }
  return { files, bytes: zipSync(entries) };
}

/** By their names in byte order, with `/` on every system. */
function filesUnder(folder: string, top: string): string[] {
  const found = readdirSync(path.join(folder, top), { withFileTypes: true }).flatMap((entry) => {
    const name = `${top}/${entry.name}`;
    return entry.isDirectory() ? filesUnder(folder, name) : [name];
  });
  return found.sort((a, b) => (a < b ? -1 : 1));
}

function withVersion(content: Uint8Array, version: string): Uint8Array {
  const source = strFromU8(content);
  if (!versionLine.test(source)) {
    throw new DataError({
      code: "PLUGIN_SOURCE",
      what: "the plugin's main file says no version",
      where: mainFile,
      cure: "install koha-liaison anew: its folder koha-plugin is not as it was delivered",
    });
  }
  return strToU8(source.replace(versionLine, `our $VERSION = '${version}';`));
}
