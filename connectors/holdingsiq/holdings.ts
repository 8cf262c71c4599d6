/** The stream of packages and titles: a whole snapshot each time; what it does not name is gone. */
import { z } from "zod";
import { RetryError } from "../../src/domain/problem.ts";
import type { ETitleFact } from "../../src/domain/fact.ts";
import type { Kit, Message, Stream } from "../../src/kit/contract.ts";
import { kbartMessages, listColumns, readHeading, readRows } from "../../src/kit/kbart/index.ts";
import type { KbartList, RawRow } from "../../src/kit/kbart/index.ts";
import type { HoldingsIq } from "./client.ts";
import type { Config } from "./config.ts";
import { createSnapshots } from "./snapshot.ts";
import type { Snapshot } from "./snapshot.ts";

/** A snapshot that was ordered and not yet read to its end; it is read from its first page. */
const Cursor = z.object({ transaction: z.string().nullable() }).nullable();

export function holdingsStream(config: Config, kit: Kit, api: HoldingsIq): Stream {
  const snapshots = createSnapshots(api, config, kit);
  const header = readHeading(listColumns);
  if (header === null) throw new Error("the columns of KBART are a heading");

  return {
    name: "e-titles",
    facts: ["e-title", "package"],
    cursorVersion: 1,
    sweeps: true,
    async *pull({ cursor, signal }) {
      let snapshot: Snapshot | null = Cursor.parse(cursor);
      let state = snapshot === null ? null : await snapshots.ready(snapshot, signal);
      if (snapshot === null || state === null) {
        snapshot = await snapshots.order(signal);
        yield { type: "page", cursor: { transaction: snapshot.transaction } };
        state = await snapshots.ready(snapshot, signal);
      }
      if (state === null) throw lost(snapshots.where(snapshot));
      const pages = Math.max(1, Math.ceil(state.totalCount / config.pageSize));
      const serials = new Map<string, ETitleFact>();
      let [read, unnamed] = [0, 0];
      for (let number = 1; number <= pages; number++) {
        const rows = await snapshots.page(snapshot, number, signal);
        if (rows === null) throw lost(snapshots.where(snapshot));
        read += rows.length;
        const raw = rows.map((row, n) => rowOf(row, (number - 1) * config.pageSize + n + 1));
        const list = readRows(raw, header, { id: "holdings", vendor: "EBSCO" });
        unnamed += list.unusable.length;
        const at = `${snapshots.where(snapshot)}, page ${String(number)}`;
        yield* placed(list, at, serials);
        yield { type: "page" };
      }
      // Of the older kind there is one at a time, which somebody else may have replaced meanwhile.
      const after = await snapshots.status(snapshot, signal);
      const isWhole = read >= state.totalCount && after?.created === state.created;
      if (!isWhole) {
        yield { type: "page", cursor: null };
        throw lost(snapshots.where(snapshot));
      }
      if (unnamed === 0) yield { type: "swept", kind: "e-title" };
      yield { type: "swept", kind: "package" };
      yield { type: "page", cursor: null };
    },
  };

  /** Rows of a journal with gaps may stand on several pages: it comes again with all that is known of it. */
  function* placed(
    list: Omit<KbartList, "defects" | "header">,
    at: string,
    serials: Map<string, ETitleFact>,
  ): Generator<Message> {
    for (const title of list.titles) {
      const before = serials.get(title.fact.id);
      if (before !== undefined) title.fact = withSpans(before, title.fact);
      if (title.fact.coverage.length > 0) serials.set(title.fact.id, title.fact);
      const { packageId, platform } = title.fact;
      const of = list.packages.get(packageId ?? "");
      const named = [packageId, of?.packageName, of?.vendor].flatMap(
        (name) => config.platforms[name ?? ""] ?? [],
      );
      title.fact = { ...title.fact, platform: platform ?? named[0] ?? null };
    }
    yield* kbartMessages({ ...list, defects: [] }, at, { complete: false });
  }
}

function withSpans(before: ETitleFact, after: ETitleFact): ETitleFact {
  const more = after.coverage.filter(
    (span) => !before.coverage.some(({ from, to }) => from === span.from && to === span.to),
  );
  return { ...before, coverage: [...before.coverage, ...more] };
}

/** Open ends are 9999-12-31, which the reader of KBART knows. */
function rowOf(row: Readonly<Record<string, unknown>>, line: number): RawRow {
  const cells = listColumns.map((column) => {
    const value = row[column];
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  });
  return { line, cells };
}

function lost(where: string): RetryError {
  return new RetryError({
    code: "HOLDINGSIQ_SNAPSHOT_LOST",
    what: "the snapshot of the holdings was replaced or ended while it was read",
    where,
    why: "another program may have ordered one",
    cure: "nothing to do if it passes: the next run orders one of its own; the holdings stay as they were",
  });
}
