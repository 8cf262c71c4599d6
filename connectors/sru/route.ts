/**
 * How a whole catalogue can be walked on this server. By record number is best: a window of numbers is one answer,
 * whatever is added or deleted meanwhile. Zebra takes it in raw PQF, but expands a comparison into single terms and
 * gives up above `truncmax` of them (10,000 unless configured), with a partial result: it is used only where it counts
 * every record. Else by position among all records, in the server's own order.
 */
import { z } from "zod";
import { StopError } from "../../src/domain/problem.ts";
import { SruRefused } from "../../src/kit/sru/index.ts";
import type { SruQuery } from "../../src/kit/sru/index.ts";
import type { Catalogue } from "./client.ts";
import type { Config } from "./config.ts";

export const Route = z.enum(["number", "cql", "pqf", "query"]);
export type Route = z.infer<typeof Route>;

const all = { cql: { cql: "cql.allRecords=1" }, pqf: { pqf: '@attr 1=_ALLRECORDS @attr 2=103 ""' } } as const;

/** Every record that the route reaches. */
export function everything(route: Route, config: Config): SruQuery {
  switch (route) {
    case "number":
      return above(0);
    case "query":
      return { cql: config.query ?? "" };
    case "cql":
    case "pqf":
      return all[route];
  }
}

/** Records with a number above this one; bib-1: 2=5 greater than, 4=109 numeric. */
export function above(number: number): SruQuery {
  return { pqf: `@attr 1=Local-number @attr 2=5 @attr 4=109 ${String(number)}` };
}

/** Numbers above the first up to and including the last; 2=2 less or equal. */
export function between(after: number, last: number): SruQuery {
  return {
    pqf: `@and @attr 1=Local-number @attr 2=5 @attr 4=109 ${String(after)} @attr 1=Local-number @attr 2=2 @attr 4=109 ${String(last)}`,
  };
}

/** Throws StopError `SRU_NO_SWEEP` when the server takes none of the ways, and what a search throws beside refusals. */
export async function findRoute(
  catalogue: Catalogue,
  config: Config,
  signal: AbortSignal,
  numbers = true,
): Promise<Route> {
  if (config.query !== undefined) return "query";
  const count = async (query: SruQuery): Promise<number | null> => {
    try {
      return await catalogue.count(query, signal);
    } catch (error) {
      if (error instanceof SruRefused) return null;
      throw error;
    }
  };
  const cql = await count(all.cql);
  const pqf = cql === null ? await count(all.pqf) : null;
  const total = cql ?? pqf;
  if (total === null)
    throw new StopError({
      code: "SRU_NO_SWEEP",
      what: "this SRU server takes no search for all records",
      where: config.url,
      why: "it refuses cql.allRecords=1 and x-pquery",
      cure: "set `query` to a CQL query that finds every record to be read; `liaison find` tries it",
    });
  if (numbers && total > 0 && (await count(above(0))) === total) return "number";
  return cql === null ? "pqf" : "cql";
}
