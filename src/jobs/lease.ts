import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { Cancelled, StopError } from "../domain/problem.ts";
import type { Instant } from "../domain/time.ts";
import { leaseHolder, releaseLease, renewLease, takeLease } from "../store/queries/lease.ts";
import type { Lease } from "../store/queries/lease.ts";
import type { Store } from "../store/index.ts";

/** Long enough for a page to be committed, short enough that a machine that died holds nobody up. */
const leaseSeconds = 30;
const renewEveryMs = 10_000;

/**
 * Runs the work while holding the job; renews the lease on the way, and stops the work when it is lost. Leases know
 * the real time only, whatever clock the job itself goes by.
 * Throws StopError when another process holds the job.
 */
export async function withLease<T>(
  store: Store,
  job: string,
  signal: AbortSignal,
  work: (lease: Lease, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const lease = await take(store, job);
  const lost = new AbortController();
  const done = new AbortController();
  const renewing = keepRenewing(store, lease, done.signal, lost);
  try {
    return await work(lease, AbortSignal.any([signal, lost.signal]));
  } finally {
    done.abort();
    await renewing;
    await releaseLease(store.db, lease, now());
  }
}

async function take(store: Store, job: string): Promise<Lease> {
  const own = `${hostname()}:${process.pid}`;
  const held = await leaseHolder(store.db, job, now());
  if (held !== null && isDead(held.holder)) await releaseLease(store.db, { job, ...held }, now());
  const lease = await takeLease(store.db, job, own, now(), leaseSeconds);
  if (lease !== null) return lease;
  const holder = (await leaseHolder(store.db, job, now()))?.holder ?? "another process";
  throw new StopError({
    code: "JOB_RUNNING",
    what: `the job "${job}" is already running`,
    where: store.file,
    why: `held by ${holder}`,
    cure: `wait until it is done, or stop that process; when its machine is gone, the job is free after ${leaseSeconds} s`,
  });
}

/** A process of this machine that was killed could not give its lease back. */
function isDead(holder: string): boolean {
  const [host, pid] = holder.split(":");
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

async function keepRenewing(
  store: Store,
  lease: Lease,
  done: AbortSignal,
  lost: AbortController,
): Promise<void> {
  try {
    for (;;) {
      await sleep(renewEveryMs, undefined, { signal: done, ref: false });
      if (await renewLease(store.db, lease, now(), leaseSeconds)) continue;
      lost.abort(new Cancelled("the lease was lost"));
      return;
    }
  } catch (error) {
    if (!done.aborted) throw error;
  }
}

function now(): Instant {
  return new Date().toISOString() as Instant;
}
