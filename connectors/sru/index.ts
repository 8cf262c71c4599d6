/** A catalogue by SRU, for sites that give no REST key; see readme.md for what it brings and needs. */
import type { Message } from "../../src/kit/contract.ts";
import { defineSource } from "../../src/kit/contract.ts";
import type { Kit } from "../../src/kit/contract.ts";
import { checkSru } from "./check.ts";
import { createCatalogue } from "./client.ts";
import type { Catalogue } from "./client.ts";
import { Config } from "./config.ts";
import { messagesOf } from "./messages.ts";
import { recordsStream } from "./records.ts";

export const sru = defineSource({
  id: "sru",
  config: Config,
  open(config, kit) {
    const catalogue = createCatalogue(config, kit);
    return {
      streams: [recordsStream(config, kit, catalogue)],
      check: (signal) => checkSru(catalogue, config, signal),
      find: (query, limit, signal) =>
        find(catalogue, kit, query, limit, Math.min(limit, config.pageSize), signal),
      close: () => Promise.resolve(),
    };
  },
});

/** What the CQL query finds, in the server's order, at most `limit` records with their items. */
async function* find(
  catalogue: Catalogue,
  kit: Kit,
  cql: string,
  limit: number,
  pageSize: number,
  signal: AbortSignal,
): AsyncGenerator<Message> {
  for (let found = 0; found < limit;) {
    const maximum = Math.min(pageSize, limit - found);
    const page = await catalogue.search({ cql }, found + 1, maximum, signal);
    for (const record of page.records.slice(0, maximum)) {
      found += 1;
      yield* messagesOf(record, page.url, found, kit);
    }
    if (found >= page.numberOfRecords) return;
  }
}
