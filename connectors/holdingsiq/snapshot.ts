/**
 * A snapshot of all holdings: ordered, waited for, read by the page. Newer accounts make each as a transaction that is
 * kept for 30 days; older ones have one at a time, which the next replaces.
 */
import { setTimeout as delay } from "node:timers/promises";
import { Cancelled, RetryError } from "../../src/domain/problem.ts";
import type { Kit } from "../../src/kit/contract.ts";
import type { HoldingsIq } from "./client.ts";
import type { Config } from "./config.ts";
import { Holdings, Status, Transaction, isComplete, isRunning } from "./schema.ts";

export interface Snapshot {
  /** Null: the account has one at a time. */
  readonly transaction: string | null;
}

export interface SnapshotReader {
  /** Orders one, or joins the one that is being made. */
  order(signal: AbortSignal): Promise<Snapshot>;
  /**
   * Waits until it can be read. Null: it is gone. Throws RetryError when it takes longer than one run may wait; the
   * next run goes on waiting for the same one.
   */
  ready(snapshot: Snapshot, signal: AbortSignal): Promise<Status | null>;
  /** Of a page, counted from 1. Null: it is gone. */
  page(
    snapshot: Snapshot,
    number: number,
    signal: AbortSignal,
  ): Promise<readonly Readonly<Record<string, unknown>>[] | null>;
  status(snapshot: Snapshot, signal: AbortSignal): Promise<Status | null>;
  /** For messages. */
  where(snapshot: Snapshot): string;
}

export function createSnapshots(api: HoldingsIq, config: Config, kit: Kit): SnapshotReader {
  const pathOf = ({ transaction }: Snapshot): string =>
    transaction === null ? "/holdings" : `/reports/holdings/transactions/${encodeURIComponent(transaction)}`;

  const status: SnapshotReader["status"] = (snapshot, signal) =>
    api.get({ path: `${pathOf(snapshot)}/status`, shape: Status }, signal);

  return {
    status,
    where: (snapshot) => api.where(pathOf(snapshot)),
    async order(signal) {
      const { status: code, answer } = await api.post(
        { path: "/reports/holdings", query: { format: "kbart2" }, shape: Transaction },
        signal,
      );
      if (answer !== null) return { transaction: answer.transactionId };
      if (code !== 404 && code !== 409)
        throw new RetryError({
          code: "HOLDINGSIQ_NO_SNAPSHOT",
          what: "HoldingsIQ has taken the order of a snapshot without saying which it is",
          where: api.where("/reports/holdings"),
          cure: "nothing to do if it passes: it is ordered again at the next run",
        });
      if (code === 409) throw busy(api.where("/reports/holdings"));
      // 409: one is being made, which will do.
      await api.post({ path: "/holdings", shape: Transaction }, signal);
      return { transaction: null };
    },
    async ready(snapshot, signal) {
      const tries = Math.max(1, Math.ceil((config.waitMinutes * 60) / config.pollSeconds));
      for (let n = 0; n < tries; n++) {
        const state = await status(snapshot, signal);
        if (state === null || isComplete(state)) return state;
        if (!isRunning(state) && n > 0) return null;
        kit.log.debug({ status: state.status }, "snapshot of holdings");
        if (n + 1 < tries) await wait(config.pollSeconds * 1000, signal);
      }
      throw busy(api.where(pathOf(snapshot)));
    },
    async page(snapshot, number, signal) {
      const query = { format: "kbart2", count: String(config.pageSize), offset: String(number) };
      const page = await api.get({ path: pathOf(snapshot), query, shape: Holdings }, signal);
      return page === null ? null : page.holdings;
    },
  };
}

function busy(where: string): RetryError {
  return new RetryError({
    code: "HOLDINGSIQ_BUSY",
    what: "the snapshot of the holdings is not ready yet",
    where,
    why: "EBSCO makes one at a time, and large ones take hours",
    cure: "nothing to do: the next run goes on with it",
  });
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    if (signal.aborted) throw new Cancelled();
    throw error;
  }
}
