import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** The folder of the nearest package.json above: the same from a checkout and from `dist/`. */
function packageFolderAbove(folder: string): string {
  if (existsSync(path.join(folder, "package.json"))) return folder;
  const above = path.dirname(folder);
  if (above === folder) throw new Error("package.json is missing above the program");
  return packageFolderAbove(above);
}

/** Where what the product ships lies: mappings, reports, examples. */
export const packageFolder = packageFolderAbove(import.meta.dirname);

const packageText = readFileSync(path.join(packageFolder, "package.json"), "utf8");

/** Of the product, as in package.json. */
export const version = (JSON.parse(packageText) as { readonly version: string }).version;

export const software = `koha-liaison ${version}`;

/** One for every request to every system. */
export const userAgent = `KohaLiaison/${version}`;
