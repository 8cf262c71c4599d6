/** Of the discovery layer and of reference lists: which table, which columns. */
import type { Fact } from "../../domain/fact.ts";
import type { Value } from "../sql.ts";

export type OutsideListFact = Extract<Fact, { kind: "discovery" | "citation-list" }>;

export const outsideListTables = {
  discovery: { table: "discovery_fact", keepsDeleted: false, hashed: true },
  "citation-list": { table: "citation_list", keepsDeleted: false, hashed: true },
} as const;

export function outsideListColumns(fact: OutsideListFact): Readonly<Record<string, Value>> {
  switch (fact.kind) {
    case "discovery":
      return {
        department: fact.department,
        month: fact.month,
        as_of_on: fact.asOfOn,
        query: fact.query,
        url: fact.url,
        counts: JSON.stringify(fact.counts),
        facets: JSON.stringify(fact.facets),
        documents: JSON.stringify(fact.documents),
      };
    case "citation-list":
      return { department: fact.department, citations: JSON.stringify(fact.citations) };
  }
}
