/** What the discovery layer showed of a department's subject, month by month. */
import type { DiscoveryFact } from "../../../domain/fact.ts";
import type { CalendarDay, Month } from "../../../domain/time.ts";
import type { Reader } from "../../port.ts";
import { once } from "../once.ts";

export type DiscoveryMonth = Omit<DiscoveryFact, "kind" | "id">;

/** Of every department, the newest month first. */
export const readDiscovery = once(async ({ db, site }: Reader): Promise<readonly DiscoveryMonth[]> => {
  const rows = await db
    .selectFrom("discovery_fact")
    .selectAll()
    .where("site", "=", site)
    .orderBy("month", "desc")
    .orderBy("source")
    .execute();
  // Written by `outsideListColumns`.
  return rows.map(({ department, month, as_of_on, query, url, counts, facets, documents }) => ({
    department,
    month: month as Month,
    asOfOn: as_of_on as CalendarDay,
    query,
    url,
    counts: JSON.parse(counts) as DiscoveryMonth["counts"],
    facets: JSON.parse(facets) as DiscoveryMonth["facets"],
    documents: JSON.parse(documents) as DiscoveryMonth["documents"],
  }));
});
