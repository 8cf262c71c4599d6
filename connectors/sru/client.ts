/** The catalogue of one SRU server, asked in the configured way. */
import type { Kit } from "../../src/kit/contract.ts";
import { countRecords, explain, refuseInexact, searchRetrieve } from "../../src/kit/sru/index.ts";
import type { SruExplain, SruPage, SruQuery, SruTarget } from "../../src/kit/sru/index.ts";
import type { Config } from "./config.ts";

export interface Catalogue {
  /** Exactly so many. */
  count(query: SruQuery, signal: AbortSignal): Promise<number>;
  /** A page from which no record is missing that the query finds. */
  page(query: SruQuery, start: number, maximum: number, signal: AbortSignal): Promise<SruPage>;
  /** A page that may be of a guess. */
  search(query: SruQuery, start: number, maximum: number, signal: AbortSignal): Promise<SruPage>;
  explain(signal: AbortSignal): Promise<SruExplain>;
}

/** All methods throw what `searchRetrieve` throws. */
export function createCatalogue(config: Config, kit: Kit): Catalogue {
  const { url, version, recordSchema, timeoutMs } = config;
  const target: SruTarget = { url, version, recordSchema, timeoutMs };
  const search: Catalogue["search"] = (query, start, maximum, signal) =>
    searchRetrieve(kit.http, target, query, { start, maximum, signal });
  return {
    count: (query, signal) => countRecords(kit.http, target, query, signal),
    search,
    async page(query, start, maximum, signal) {
      const page = await search(query, start, maximum, signal);
      refuseInexact(page);
      return page;
    },
    explain: (signal) => explain(kit.http, target, signal),
  };
}
