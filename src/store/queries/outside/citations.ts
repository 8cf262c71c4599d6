/** The references that departments handed over. */
import type { Citation } from "../../../domain/fact.ts";
import type { Reader } from "../../port.ts";
import { once } from "../once.ts";

export interface CitationList {
  readonly name: string;
  readonly department: string;
  readonly citations: readonly Citation[];
}

export const readCitationLists = once(async ({ db, site }: Reader): Promise<readonly CitationList[]> => {
  const rows = await db
    .selectFrom("citation_list")
    .select(["external_id", "department", "citations"])
    .where("site", "=", site)
    .orderBy("source")
    .orderBy("external_id")
    .execute();
  // Written by `outsideListColumns`.
  return rows.map(({ external_id, department, citations }) => ({
    name: external_id,
    department,
    citations: JSON.parse(citations) as Citation[],
  }));
});
