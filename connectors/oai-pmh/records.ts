/**
 * The stream of records, and of items where the server embeds them (Koha: include_items). A run asks for what changed
 * since the last complete one began, by the server's own clock; a full run lists everything and may tell what is gone.
 */
import { z } from "zod";
import { StopError } from "../../src/domain/problem.ts";
import type { Problem } from "../../src/domain/problem.ts";
import type { Kit, Message, Stream } from "../../src/kit/contract.ts";
import { itemsOf952, withoutItems } from "../../src/kit/marc/index.ts";
import {
  fromBefore,
  identify,
  listIdentifiers,
  listPages,
  listSets,
  utcOf,
} from "../../src/kit/oai/index.ts";
import type { OaiIdentity, OaiListPage, OaiRecord, OaiTarget } from "../../src/kit/oai/index.ts";
import type { Config } from "./config.ts";
import { createIds } from "./ids.ts";
import type { Ids } from "./ids.ts";

/** Late writers are read again. */
const overlapMinutes = { second: 5, day: 24 * 60 } as const;
const pageMessages = 2000;

const Listing = z.object({
  /** Start of the window; null is everything. */
  from: z.string().nullable(),
  /** The server's clock at the first answer of this list: what it may not yet have told is later. */
  startedAt: z.string(),
  token: z.string(),
  expiresAt: z.string().nullable(),
  /** Records that could not be read. */
  unread: z.int(),
  /** Of them those of which not even the identifier is known. */
  nameless: z.int(),
});
type Listing = z.infer<typeof Listing>;

const Cursor = z.object({
  archive: z.string().nullable(),
  at: z.union([Listing, z.object({ since: z.string() })]),
});

export function recordsStream(config: Config, kit: Kit): Stream {
  const { url, prefix, set, timeoutMs } = config;

  async function refuseUnknownSet(target: OaiTarget): Promise<void> {
    if (set === undefined) return;
    // Koha ignores a set that it does not have, and lists everything.
    const sets = await listSets(kit.http, target);
    if (sets.some(({ spec }) => spec === set)) return;
    const specs = sets.map(({ spec }) => spec).slice(0, 20);
    throw new StopError({
      code: "OAI_UNKNOWN_SET",
      what: `the repository has no set "${set}"`,
      where: url,
      cure: specs.length === 0 ? "leave `set` out: it has none" : `its sets are ${specs.join(", ")}`,
    });
  }

  /** Whether anything was deleted since: a server that pages by offset then skips records. */
  async function hasDeletionsSince(target: OaiTarget, from: string): Promise<boolean> {
    const list = { ...target, prefix, from, ...(set !== undefined && { set }) };
    for await (const { deleted, datestamp } of listIdentifiers(kit.http, list))
      if (deleted && (utcOf(datestamp) ?? from) >= from) return true;
    return false;
  }

  return {
    name: "records",
    facts: ["record", "item"],
    cursorVersion: 1,
    sweeps: true,
    async *pull({ cursor, full, signal }) {
      const target: OaiTarget = { url, signal, timeoutMs };
      const state = cursor === null ? null : Cursor.parse(cursor);
      const identity = await identify(kit.http, target);
      await refuseUnknownSet(target);
      const under = state !== null && "token" in state.at ? state.at : null;
      const since = state !== null && "since" in state.at ? state.at.since : null;
      const from = under === null ? since : under.from;
      const ids = createIds(state?.archive ?? null);
      const token = under !== null && isLiving(under, identity) ? under.token : null;
      let startedAt = under?.startedAt ?? null;
      let [unread, nameless] = [under?.unread ?? 0, under?.nameless ?? 0];
      let pages = token === null ? 0 : 1;
      let number = 0;
      for await (const page of listPages(kit.http, "ListRecords", {
        ...target,
        prefix,
        ...(from !== null && { from }),
        ...(set !== undefined && { set }),
        ...(token !== null && { token }),
      })) {
        startedAt ??= utcOf(page.responseDate);
        if (page.restarted) kit.log.info({ url }, "the server lost its place in the list, beginning anew");
        if (page.restarted) [unread, nameless] = [0, 0];
        pages = page.restarted ? 1 : pages + 1;
        refuseFormat(page, prefix);
        let waiting = 0;
        for (const record of page.records) {
          if (record.type === "bad") unread += 1;
          if (record.type === "bad" && record.header === null) nameless += 1;
          number += 1;
          const messages = messagesOf(record, page.url, number, config, kit, ids);
          yield* messages;
          waiting += messages.length;
          if (waiting < pageMessages) continue;
          yield { type: "page" };
          waiting = 0;
        }
        if (page.token === null || startedAt === null) continue;
        const { value, expiresAt } = page.token;
        yield {
          type: "page",
          cursor: {
            archive: ids.archive,
            at: { from, startedAt, token: value, expiresAt, unread, nameless },
          },
        };
      }
      if (startedAt === null) throw new Error("a list has at least one page with a responseDate");
      if (full) {
        // A day is too coarse to tell what happened during the list.
        const torn =
          pages > 1 && identity.granularity === "second" && (await hasDeletionsSince(target, startedAt));
        yield* ending(config, torn, unread, nameless);
      }
      const next = fromBefore(startedAt, overlapMinutes[identity.granularity], identity.granularity);
      yield { type: "page", cursor: { archive: ids.archive, at: { since: next } } };
    },
  };
}

/** By the server's own clock; what cannot be read does not expire. */
function isLiving({ expiresAt }: Listing, { responseDate }: OaiIdentity): boolean {
  const [end, now] = [utcOf(expiresAt ?? ""), utcOf(responseDate)];
  return end === null || now === null || now < end;
}

/** What a whole list says of what it did not name. */
function* ending(
  { deletedMeans }: Config,
  torn: boolean,
  unread: number,
  nameless: number,
): Generator<Message> {
  const notices = torn ? [tornList] : [];
  yield { type: "notices", notices };
  // Hidden records are in no list, so that nothing can be told from their absence.
  if (torn || nameless > 0 || deletedMeans === "hidden") return;
  yield { type: "swept", kind: "record" };
  if (unread === 0) yield { type: "swept", kind: "item" };
}

const tornList: Problem = {
  code: "oai-list-torn",
  what: "records were deleted while the whole list was read; nothing was marked as deleted",
  why: "a server that pages by offset (Koha before 20.11) then skips other records",
  cure: "nothing to do if the next full run is quiet; run full ones at an hour when nobody catalogues",
};

function messagesOf(
  record: OaiRecord,
  at: string,
  number: number,
  { deletedMeans }: Config,
  kit: Kit,
  ids: Ids,
): Message[] {
  const origin = { at, record: number };
  switch (record.type) {
    case "deleted":
      if (deletedMeans === "hidden") return [];
      return ids
        .ofDeleted(record.header.identifier)
        .map((id) => ({ type: "gone", kind: "record", id, proof: "tombstone" }));
    case "bad": {
      const { header, raw, problem } = record;
      const id = header === null ? undefined : ids.ofUnread(header.identifier, raw);
      return [{ type: "bad", kind: "record", ...(id !== undefined && { id }), raw, problem, origin }];
    }
    case "record": {
      const { header, marc, warnings } = record;
      const id = ids.ofRecord(header.identifier, marc);
      const fact = { kind: "record", id, marc: withoutItems(marc) } as const;
      const items = itemsOf952(marc, id, kit).map((item): Message => ({ type: "fact", fact: item, origin }));
      return [{ type: "fact", fact, origin, ...(warnings.length > 0 && { warnings }) }, ...items];
    }
  }
}

/** A page without a single MARC record has the wrong prefix, not bad records. */
function refuseFormat({ records, url }: OaiListPage, prefix: string): void {
  const living = records.filter(({ type }) => type !== "deleted");
  const [first] = living;
  if (first?.type !== "bad") return;
  if (!living.every((record) => record.type === "bad" && record.problem.code === "OAI_NOT_MARC")) return;
  throw new StopError({ ...first.problem, what: `prefix "${prefix}" gives no MARCXML`, where: url });
}
