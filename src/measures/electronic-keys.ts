import { placedTitles } from "./packages.ts";
import type { MeasureContext } from "./types.ts";

/** By title of usage reports, the packages that it is of; a title of two packages is in both rows. */
export async function packagesOf(context: MeasureContext): Promise<ReadonlyMap<number, string[]>> {
  const packages = new Map<number, Set<string>>();
  for (const { package: of, usedAs } of await placedTitles(context)) {
    if (of === null) continue;
    for (const id of usedAs) packages.set(id, (packages.get(id) ?? new Set<string>()).add(of));
  }
  return new Map([...packages].map(([id, names]) => [id, [...names].sort()]));
}
