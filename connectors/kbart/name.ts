/** What the name of a list tells (NISO RP-9): `Provider_Region_Package_2026-01-31.txt`. */
import path from "node:path";
import type { UsualPackage } from "../../src/kit/kbart/index.ts";

/** `file`: a path, the path of an address, or `-` for standard input, which is the source's. */
export function packageOf(file: string, sourceId: string): UsualPackage {
  if (file === "-") return { id: sourceId, vendor: null };
  const name = path.basename(file).replace(/\.(txt|tsv|csv|kbart)$/i, "");
  const id = name.replace(/_\d{4}-\d{2}-\d{2}$/, "");
  const [provider, , of] = id.split("_");
  return { id, vendor: of === undefined ? null : (provider ?? null) };
}
