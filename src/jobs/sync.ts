/**
 * One pull of a source: each stream runs by itself, from its committed cursor, page by page. What follows the last
 * page of a stream was not covered and is not kept; it comes again.
 */
import type { Message, OpenSource, Stream, HttpClient } from "../kit/contract.ts";
import {
  Cancelled,
  ConfigError,
  LiaisonError,
  OffError,
  StopError,
  problemText,
  throwIfCancelled,
} from "../domain/problem.ts";
import { dayIn } from "../domain/time.ts";
import type { Instant } from "../domain/time.ts";
import type { Json } from "../domain/json.ts";
import type { Entry, PageWrite, Rules, RunState, Store } from "../store/index.ts";

export interface SyncOptions {
  readonly sourceId: string;
  /** Only the stream of this name. */
  readonly stream?: string;
  readonly full: boolean;
  readonly acceptDeletions: boolean;
  readonly timeZone: string;
  readonly signal: AbortSignal;
  readonly now: () => Instant;
  readonly lease?: { readonly job: string; readonly token: number };
  readonly onRun?: (run: StreamRun) => void;
}

/** The shape of `liaison sync --json`. */
export interface StreamRun {
  readonly source: string;
  readonly stream: string;
  readonly seen: number;
  readonly stored: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly quarantined: number;
  readonly requests: number;
  readonly seconds: number;
  readonly state: RunState;
  readonly message?: string;
}

/**
 * Throws StopError for a stream name that the source does not have, and ConfigError for a secret that is not there,
 * which no other stream could do without; everything else is told in the runs.
 */
export async function syncSource(
  store: Store,
  rules: Rules,
  source: OpenSource,
  http: Pick<HttpClient, "requests">,
  options: SyncOptions,
): Promise<StreamRun[]> {
  const streams = source.streams.filter(
    ({ name }) => options.stream === undefined || name === options.stream,
  );
  if (streams.length === 0) {
    throw new StopError({
      code: "NO_SUCH_STREAM",
      what: `source "${options.sourceId}" has no stream "${options.stream ?? ""}"`,
      cure: `its streams are ${source.streams.map(({ name }) => name).join(", ")}`,
    });
  }
  const runs: StreamRun[] = [];
  for (const stream of streams) {
    if (options.signal.aborted) break;
    const run = await runStream(store, rules, stream, http, options);
    runs.push(run);
    options.onRun?.(run);
  }
  return runs;
}

async function runStream(
  store: Store,
  rules: Rules,
  stream: Stream,
  http: Pick<HttpClient, "requests">,
  options: SyncOptions,
): Promise<StreamRun> {
  const { sourceId, now } = options;
  const startedAt = now();
  const requestsBefore = http.requests;
  const runId = await store.startRun({
    job: `sync:${sourceId}:${stream.name}`,
    source: sourceId,
    stream: stream.name,
    startedAt,
  });
  let state: RunState = "ok";
  let message: string | undefined;
  let refusal: ConfigError | null = null;
  try {
    await pull(store, rules, stream, runId, options);
  } catch (error) {
    state = stateOf(error);
    message = error instanceof LiaisonError ? problemText(error.problem) : String(error);
    if (!(error instanceof LiaisonError)) throw error;
    if (error instanceof ConfigError) refusal = error;
  } finally {
    if (state !== "ok") await store.setStreamState(sourceId, stream.name, state, message ?? null);
  }
  const requests = http.requests - requestsBefore;
  const ended = (finalState: RunState): Parameters<Store["endRun"]>[1] => ({
    endedAt: now(),
    state: finalState,
    requests,
    message: message ?? null,
  });
  let counts = await store.endRun(runId, ended(state));
  if (refusal !== null) throw refusal;
  if (state === "ok" && counts.quarantined > 0) {
    state = "partial";
    counts = await store.endRun(runId, ended(state));
  }
  if (state === "ok" || state === "partial") await store.setStreamState(sourceId, stream.name, state, null);
  return {
    source: sourceId,
    stream: stream.name,
    seen: counts.seen,
    stored: counts.stored,
    unchanged: counts.unchanged,
    deleted: counts.deleted,
    quarantined: counts.quarantined,
    requests,
    seconds: (Date.parse(now()) - Date.parse(startedAt)) / 1000,
    state,
    ...(message !== undefined && { message }),
  };
}

function stateOf(error: unknown): RunState {
  if (error instanceof OffError) return "off";
  if (error instanceof Cancelled) return "cancelled";
  return "failed";
}

async function pull(
  store: Store,
  rules: Rules,
  stream: Stream,
  runId: number,
  options: SyncOptions,
): Promise<void> {
  const startedAt = options.now();
  const { cursor, sweeping } = await beginning(store, stream, options, startedAt);
  const messages = stream.pull({ cursor, full: sweeping, signal: options.signal });
  await commitMessages(store, rules, messages, {
    ...options,
    stream: stream.name,
    runId,
    cursorVersion: stream.cursorVersion,
    sweeping,
    asOf: startedAt,
  });
}

export interface CommitPlan {
  readonly sourceId: string;
  readonly stream: string;
  readonly runId: number;
  readonly cursorVersion: number;
  readonly sweeping: boolean;
  /** The moment as of which the data are complete once the messages end. */
  readonly asOf: Instant;
  readonly acceptDeletions: boolean;
  readonly timeZone: string;
  readonly signal: AbortSignal;
  readonly now: () => Instant;
  readonly lease?: { readonly job: string; readonly token: number };
}

/**
 * Commits messages, one by one or many at once, page by page. A page is committed when the next message is known, because the one that ends the
 * stream also ends its sweep.
 */
export async function commitMessages(
  store: Store,
  rules: Rules,
  messages: AsyncIterable<Message | readonly Message[]>,
  plan: CommitPlan,
): Promise<void> {
  const commit = async (page: readonly Message[], ended: boolean): Promise<void> => {
    const at = plan.now();
    await store.page(rules, {
      source: plan.sourceId,
      stream: plan.stream,
      runId: plan.runId,
      entries: page.filter(isEntry),
      ...lastCursor(page),
      ...lastCovered(page),
      ...lastNotices(page),
      cursorVersion: plan.cursorVersion,
      sweeping: plan.sweeping,
      ...(ended && { ended: { asOf: plan.asOf } }),
      acceptDeletions: plan.acceptDeletions,
      ...(plan.lease !== undefined && { lease: plan.lease }),
      now: at,
      today: dayIn(at, plan.timeZone),
    });
    for (const message of page) if (message.type === "prepared") message.prepared.release();
  };

  let page: Message[] = [];
  let complete: readonly Message[] | null = null;
  try {
    for await (const next of messages) {
      for (const message of "type" in next ? [next] : next) {
        if (complete !== null) {
          const ready: readonly Message[] = complete;
          complete = null;
          await commit(ready, false);
        }
        page.push(message);
        if (message.type !== "page") continue;
        complete = page;
        page = [];
      }
    }
  } catch (error) {
    if (complete !== null) await commit(complete, false);
    throw error;
  }
  if (plan.signal.aborted && complete !== null) await commit(complete, false);
  throwIfCancelled(plan.signal);
  await commit(complete ?? [], true);
}

/** A sweep under way goes on; another begins when it is asked for, or when there is no cursor to go on from. */
async function beginning(
  store: Store,
  stream: Stream,
  options: SyncOptions,
  startedAt: Instant,
): Promise<{ cursor: Json; sweeping: boolean }> {
  const state = await store.streamState(options.sourceId, stream.name);
  const cursor = state !== null && state.version === stream.cursorVersion ? state.cursor : null;
  const underWay = state !== null && state.sweepStartedAt !== null && cursor !== null;
  if (underWay) return { cursor, sweeping: true };
  if (cursor !== null && !options.full && stream.sweeps) return { cursor, sweeping: false };
  await store.beginSweep(options.sourceId, stream.name, stream.cursorVersion, startedAt);
  return { cursor: null, sweeping: true };
}

function isEntry(message: Message): message is Message & Entry {
  return message.type !== "page" && message.type !== "notices";
}

function lastCursor(messages: readonly Message[]): Pick<PageWrite, "cursor"> {
  for (const message of messages.toReversed()) {
    if (message.type === "page" && message.cursor !== undefined) return { cursor: message.cursor };
  }
  return {};
}

function lastCovered(messages: readonly Message[]): Pick<PageWrite, "covered"> {
  for (const message of messages.toReversed()) {
    if (message.type === "page" && message.covered !== undefined) return { covered: message.covered };
  }
  return {};
}

function lastNotices(messages: readonly Message[]): Pick<PageWrite, "notices"> {
  for (const message of messages.toReversed()) {
    if (message.type === "notices") return { notices: message.notices };
  }
  return {};
}
