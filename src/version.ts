import { readFileSync } from "node:fs";
import path from "node:path";

/** The nearest package.json above: the same from a checkout and from `dist/`. */
function packageFile(folder: string): string {
  const file = path.join(folder, "package.json");
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const above = path.dirname(folder);
    if (above === folder) throw error;
    return packageFile(above);
  }
}

/** Of the product, as in package.json. */
export const version = (JSON.parse(packageFile(import.meta.dirname)) as { readonly version: string }).version;

export const software = `koha-liaison ${version}`;

/** One for every request to every system. */
export const userAgent = `KohaLiaison/${version}`;
