/** Packages with their titles, the platform that they are used on, and what of the usage is theirs. */
import { add, divide, fraction, zero } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import { readETitles, readTitleLinks } from "../store/queries/measures/e-resources.ts";
import type { ETitle } from "../store/queries/measures/e-resources.ts";
import type { MeasureContext, Shares } from "./types.ts";

export interface PlacedTitle extends ETitle {
  /** Where it is used, in small letters; null: nobody has told, and no report names a title of its package. */
  readonly place: string | null;
  /** Titles of usage reports on that platform that it is. */
  readonly usedAs: readonly number[];
}

/**
 * E-titles with the platform that they are used on: as told, else the one whose reports name most titles of the
 * package (of equals the first by name).
 */
export async function placedTitles({ reader, settings }: MeasureContext): Promise<PlacedTitle[]> {
  const titles = await readETitles(reader, settings.includeSuppressed);
  const links = Map.groupBy(await readTitleLinks(reader), ({ eTitleId }) => eTitleId);
  const places = new Map<string, Map<string, number>>();
  for (const { id, package: of, platform } of titles) {
    if (platform !== null) continue;
    const counts = places.get(of ?? "") ?? new Map<string, number>();
    for (const place of new Set((links.get(id) ?? []).map((link) => link.platform.toLowerCase())))
      counts.set(place, (counts.get(place) ?? 0) + 1);
    places.set(of ?? "", counts);
  }
  const usual = new Map(
    [...places].map(([of, counts]) => [
      of,
      [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0] ?? null,
    ]),
  );
  return titles.map((title) => {
    const place = title.platform?.toLowerCase() ?? usual.get(title.package ?? "") ?? null;
    const usedAs = (links.get(title.id) ?? [])
      .filter(({ platform }) => platform.toLowerCase() === place)
      .map(({ usageTitleId }) => usageTitleId);
    return { ...title, place, usedAs };
  });
}

/** Titles alike share a package; those that the mapping excludes have no part in it. Null: all are excluded. */
export function sharesOfTitles(titles: readonly ETitle[], context: MeasureContext): Shares | null {
  const counted = titles.flatMap(({ setId }) => context.shares(setId) ?? []);
  if (counted.length === 0) return null;
  const shares = new Map<string, Fraction>();
  for (const own of counted)
    for (const [id, weight] of own)
      shares.set(id, add(shares.get(id) ?? zero, divide(weight, fraction(counted.length))));
  return shares;
}

/** What a package is made of, by most of its titles; null: nobody has told. */
export function contentOf(titles: readonly ETitle[]): "serial" | "monograph" | null {
  const books = titles.filter(({ type }) => type === "monograph").length;
  const serials = titles.filter(({ type }) => type === "serial").length;
  if (books + serials === 0) return null;
  return books > serials ? "monograph" : "serial";
}
