/** The stream of records and items: every run reads all, because SRU knows neither changes nor deletions. */
import { z } from "zod";
import { StopError } from "../../src/domain/problem.ts";
import type { Problem } from "../../src/domain/problem.ts";
import type { Kit, Message, Stream } from "../../src/kit/contract.ts";
import { createSeen } from "../../src/kit/marc/index.ts";
import { SruRefused } from "../../src/kit/sru/index.ts";
import type { SruRecord } from "../../src/kit/sru/index.ts";
import { nextWindow, NumberState } from "./by-number.ts";
import { nextPage, PositionState } from "./by-position.ts";
import type { Catalogue } from "./client.ts";
import type { Config } from "./config.ts";
import { idOf, messagesOf } from "./messages.ts";
import { everything, findRoute, Route } from "./route.ts";

const State = z.object({
  route: Route,
  at: z.union([NumberState, PositionState]),
  /** Records read so far, each once. */
  named: z.int(),
  /** Records that could not be read: what items they have is not known. */
  unread: z.int(),
  /** False when positions moved under the walk too often. */
  steady: z.boolean(),
});
type State = z.infer<typeof State>;

interface Batch {
  readonly url: string;
  readonly records: readonly SruRecord[];
  readonly next: State["at"] | null;
}

/** Messages between two pages within one answer: some records have thousands of items. */
const pageMessages = 2000;
/** From the beginning so often in one run, when the index changes under the walk. */
const mostRestarts = 2;

export function recordsStream(config: Config, kit: Kit, catalogue: Catalogue): Stream {
  const begin = (route: Route, steady = true): State => ({
    route,
    at: route === "number" ? { after: 0, width: config.pageSize } : { next: 1, last: null },
    named: 0,
    unread: 0,
    steady,
  });

  async function read(state: State, signal: AbortSignal): Promise<Batch | "moved"> {
    const { route, at } = state;
    if ("after" in at) {
      const { page, next } = await nextWindow(catalogue, at, config.pageSize, signal);
      return { url: page.url, records: page.records, next };
    }
    const position = state.steady ? at : { ...at, last: null };
    const step = await nextPage(catalogue, everything(route, config), position, config.pageSize, signal);
    return step.type === "moved" ? "moved" : { url: step.page.url, records: step.records, next: step.next };
  }

  /** Null: the numbers have become too many for the server; the walk goes by position, from the beginning. */
  async function readOrNull(state: State, signal: AbortSignal): Promise<Batch | "moved" | null> {
    try {
      return await read(state, signal);
    } catch (error) {
      if (state.route === "number" && error instanceof SruRefused) return null;
      throw error;
    }
  }

  return {
    name: "records",
    facts: ["record", "item"],
    cursorVersion: 1,
    sweeps: false,
    async *pull({ cursor, signal }) {
      let state = cursor === null ? begin(await findRoute(catalogue, config, signal)) : State.parse(cursor);
      let seen = createSeen();
      let number = 0;
      for (let restarts = 0; ;) {
        const batch = await readOrNull(state, signal);
        if (batch === null) {
          kit.log.info({ url: config.url }, "too many record numbers for this server, reading by position");
          [state, seen] = [begin(await findRoute(catalogue, config, signal, false)), createSeen()];
          continue;
        }
        if (batch === "moved") {
          restarts += 1;
          kit.log.info({ url: config.url, restarts }, "the index changed while it was read, beginning anew");
          [state, seen] = [begin(state.route, restarts <= mostRestarts), createSeen()];
          continue;
        }
        refuseSchema(batch);
        let { named, unread } = state;
        let waiting = 0;
        for (const record of batch.records) {
          const id = idOf(record);
          if (id !== null && !seen.add(id)) named += 1;
          if (record.type === "bad") unread += 1;
          number += 1;
          const messages = messagesOf(record, batch.url, number, kit);
          yield* messages;
          waiting += messages.length;
          if (waiting < pageMessages) continue;
          yield { type: "page" };
          waiting = 0;
        }
        if (batch.next === null) {
          yield* ending(await catalogue.count(everything(state.route, config), signal), {
            ...state,
            named,
            unread,
          });
          return;
        }
        state = { ...state, named, unread, at: batch.next };
        yield { type: "page", cursor: state };
      }
    },
  };
}

/** Only a walk that named as many records as the server counts may say that the others are gone. */
function* ending(total: number, { named, unread, steady }: State): Generator<Message> {
  const complete = steady && named === total;
  yield { type: "notices", notices: complete ? [] : [incomplete(named, total, steady)] };
  if (complete) {
    yield { type: "swept", kind: "record" };
    if (unread === 0) yield { type: "swept", kind: "item" };
  }
  yield { type: "page", cursor: null };
}

function incomplete(named: number, total: number, steady: boolean): Problem {
  return {
    code: "sru-sweep-incomplete",
    what: `the catalogue was read as ${String(named)} records where the server counts ${String(total)}; nothing was marked as deleted`,
    why: steady
      ? "the index changed while it was read, records share an id, or some could not be read"
      : "the index changed again and again while it was read",
    cure: "nothing to do if it passes; else run the source at an hour when nothing is indexed",
  };
}

/** A page on which the server has a diagnostic for every record has a wrong setting, not bad records. */
function refuseSchema({ records, url }: Batch): void {
  const [first] = records;
  if (first?.type !== "bad" || !records.every((record) => isOfSchema(record))) return;
  throw new StopError({ ...first.problem, where: url });
}

function isOfSchema(record: SruRecord): boolean {
  if (record.type !== "bad") return false;
  const number = record.diagnostic?.number ?? null;
  return record.problem.code === "SRU_NOT_MARC" || number === 66 || number === 67;
}
