/** What readers wait and ask for: holds, suggestions, interlibrary loans. Who asked is never read. */
import type { z } from "zod";
import { OffError } from "../../../src/domain/problem.ts";
import type { HoldFact, IllRequestFact, SuggestionFact } from "../../../src/domain/fact.ts";
import type { Kit, Stream } from "../../../src/kit/contract.ts";
import type { Koha } from "../client.ts";
import { bigPage } from "../config.ts";
import type { Config } from "../config.ts";
import { KohaFault } from "../errors.ts";
import type { Listing } from "../halving.ts";
import { Hold, idIn, IllRequest, Suggestion } from "../schema.ts";
import { topOf, trackedStream } from "../tracked.ts";
import { dayOf, textOf } from "../values.ts";
import { wholeStream } from "../whole.ts";

/** Open ones: Koha moves a hold that was filled or cancelled to a table that REST does not show. */
export function holdsStream(config: Config, kit: Kit, koha: Koha): Stream {
  return wholeStream(config, koha, {
    name: "holds",
    listing: { path: "/holds", key: "me.hold_id", order: "me.hold_id", idOf: (row) => idIn(row, "hold_id") },
    decoder: {
      kind: "hold",
      schema: Hold,
      toFact: (row): HoldFact => ({
        kind: "hold",
        id: String(row.hold_id),
        recordId: String(row.biblio_id),
        itemId: textOf(row.item_id),
        placedOn: dayOf(row.hold_date, kit.timeZone),
        suspended: row.suspended,
      }),
    },
  });
}

export function suggestionsStream(config: Config, kit: Kit, koha: Koha): Stream {
  const listing = {
    path: "/suggestions",
    key: "me.suggestion_id",
    order: "me.suggestion_id",
    idOf: (row: unknown) => idIn(row, "suggestion_id"),
  };
  return trackedStream(config, kit, koha, {
    name: "suggestions",
    listing: () => Promise.resolve(listing),
    column: "me.timestamp",
    pageSize: bigPage(config),
    decoder: { kind: "suggestion", schema: Suggestion, toFact: (row) => suggestionFact(row, kit) },
  });
}

const decided = ["ACCEPTED", "REJECTED", "ORDERED", "AVAILABLE"];

function suggestionFact(row: z.infer<typeof Suggestion>, { timeZone }: Kit): SuggestionFact {
  const last = decided.includes(row.status) ? row.last_status_change_date : null;
  return {
    kind: "suggestion",
    id: String(row.suggestion_id),
    recordId: textOf(row.biblio_id),
    fundId: textOf(row.budget_id),
    library: row.library_id ?? null,
    status: row.status,
    title: row.title ?? null,
    author: row.author ?? null,
    isbn: row.isbn ?? null,
    suggestedOn: dayOf(row.suggestion_date, timeZone),
    decidedOn: dayOf(row.accepted_date ?? row.rejected_date ?? last, timeZone),
  };
}

/** `/ill/requests` from 23.11 on, `/illrequests` before; Koha's own pages use the column's name in queries. */
const illVariants = ["/ill/requests", "/illrequests"].flatMap((path) =>
  ["me.ill_request_id", "me.illrequest_id"].map((key): Listing => ({
    path,
    key,
    order: key,
    idOf: (row) => idIn(row, "ill_request_id"),
  })),
);

export function illRequestsStream(config: Config, kit: Kit, koha: Koha): Stream {
  let found: Listing | null = null;
  return trackedStream(config, kit, koha, {
    name: "ill-requests",
    listing: async (signal) => (found ??= await illListing(koha, signal)),
    column: "me.timestamp",
    pageSize: bigPage(config),
    decoder: {
      kind: "ill-request",
      schema: IllRequest,
      toFact: (row): IllRequestFact => ({
        kind: "ill-request",
        id: String(row.ill_request_id),
        recordId: textOf(row.biblio_id),
        library: row.library_id ?? null,
        status: row.status,
        placedOn: dayOf(row.requested_date, kit.timeZone),
        completedOn: dayOf(row.completed_date, kit.timeZone),
      }),
    },
  });
}

/** The first spelling that this Koha understands. Throws OffError when it has none. */
async function illListing(koha: Koha, signal: AbortSignal): Promise<Listing> {
  const missing = new Set<string>();
  for (const variant of illVariants) {
    if (missing.has(variant.path)) continue;
    try {
      const top = await topOf(koha, { ...variant, where: { [variant.key]: { ">": 0 } } }, signal);
      if (top.date !== null || top.id !== null) return variant;
      await koha.proveAlive(signal);
    } catch (error) {
      if (!(error instanceof KohaFault)) throw error;
      if (error.status === 404) missing.add(variant.path);
    }
  }
  throw new OffError({
    code: "KOHA_TOO_OLD",
    what: "off, this Koha's list of interlibrary loans cannot be read",
    why: "it takes no queries, or interlibrary loans are turned off",
    cure: "update to Koha 23.11 or later; until then it stays off",
  });
}
