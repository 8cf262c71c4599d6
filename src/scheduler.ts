/**
 * Runs jobs when they are due. What is due is computed from the last run in the store, so a tick that never came
 * (machine asleep, daemon stopped, an hour that the clocks skip) is made up for at the next one.
 */
import cron from "node-cron";
import { Cancelled, LiaisonError, problemText, throwIfCancelled } from "./domain/problem.ts";
import { isDue } from "./domain/schedule.ts";
import type { Schedule } from "./domain/schedule.ts";
import type { Instant } from "./domain/time.ts";
import type { Logger } from "./kit/contract.ts";
import { lastRun } from "./store/queries/operation.ts";
import { getSetting, setSetting } from "./store/queries/setting.ts";
import type { Store } from "./store/index.ts";

export type JobEnd = "ok" | "partial" | "failed";

export interface ScheduledJob {
  /** `sync:koha`, `report:monthly`. */
  readonly name: string;
  readonly schedule: Schedule;
  /** A job that never ran: true runs it at once, false at its first scheduled moment from now on. */
  readonly startsAtOnce: boolean;
  /** False: not now, whatever the schedule says; it is asked again at the next tick. Absent: always. */
  readonly ready?: () => Promise<boolean>;
  run(signal: AbortSignal): Promise<JobEnd>;
}

export interface SchedulerOptions {
  readonly store: Store;
  readonly jobs: readonly ScheduledJob[];
  /** Done at every tick, e.g. delivering what is due. */
  readonly everyTick: (signal: AbortSignal) => Promise<void>;
  readonly timeZone: string;
  readonly now: () => Instant;
  readonly log: Logger;
}

export interface Scheduler {
  /** Starts what is due, and returns without waiting for it. */
  runDue(): Promise<void>;
  /** Waits for what is running. */
  idle(): Promise<void>;
  /** Starts nothing more, asks what is running to stop at its last commit, and waits for it. */
  stop(): Promise<void>;
}

/** A failed job is tried again after this, or at its next scheduled moment. */
const retryMs = 10 * 60_000;

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { store, jobs, timeZone, now, log } = options;
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();

  /** One at a time under a name; its errors are told here and go no further. */
  const start = (name: string, work: () => Promise<void>): void => {
    if (running.has(name)) return;
    const run = work()
      .catch((error: unknown) => {
        tell(log, name, error);
      })
      .finally(() => running.delete(name));
    running.set(name, run);
  };

  return {
    runDue: async () => {
      if (stopping.signal.aborted) return;
      for (const job of jobs) {
        if (running.has(job.name) || !(await dueNow(store, job, timeZone, now()))) continue;
        if (job.ready !== undefined && !(await job.ready())) continue;
        start(job.name, () => runNoted(store, job, stopping.signal, now, log));
      }
      start("every-tick", () => options.everyTick(stopping.signal));
    },
    idle: async () => {
      await Promise.all(running.values());
    },
    stop: async () => {
      stopping.abort(new Cancelled());
      await Promise.all(running.values());
    },
  };
}

/** Wakes the scheduler every minute, beginning now. Returns how to end that. */
export function wakeEveryMinute(scheduler: Scheduler, log: Logger): () => Promise<void> {
  const wake = async (): Promise<void> => {
    try {
      await scheduler.runDue();
    } catch (error) {
      tell(log, "scheduler", error);
    }
  };
  const task = cron.schedule("* * * * *", wake, { noOverlap: true, suppressMissedWarning: true });
  const first = wake();
  return async () => {
    await task.destroy();
    await first;
  };
}

async function dueNow(store: Store, job: ScheduledJob, timeZone: string, now: Instant): Promise<boolean> {
  const last = await lastRun(store.db, job.name);
  if (last === null) {
    return job.startsAtOnce || isDue(job.schedule, timeZone, await since(store, job.name, now), now);
  }
  // Neither ended its work: the process died (it is not running here), or was asked to stop.
  if (last.state === "running" || last.state === "cancelled") return true;
  if (last.state === "failed" && Date.parse(now) - Date.parse(last.startedAt) >= retryMs) return true;
  return isDue(job.schedule, timeZone, last.startedAt as Instant, now);
}

/** When this job was first seen. */
async function since(store: Store, name: string, now: Instant): Promise<Instant> {
  const known = await getSetting(store.db, `scheduled-since:${name}`);
  if (known !== null) return known as Instant; // written below
  await setSetting(store.db, `scheduled-since:${name}`, now);
  return now;
}

async function runNoted(
  store: Store,
  job: ScheduledJob,
  signal: AbortSignal,
  now: () => Instant,
  log: Logger,
): Promise<void> {
  throwIfCancelled(signal);
  const run = await store.startRun({ job: job.name, source: null, stream: null, startedAt: now() });
  const end = (state: JobEnd | "cancelled", message: string | null): Promise<unknown> =>
    store.endRun(run, {
      endedAt: now(),
      state,
      requests: 0,
      message,
    });
  try {
    const state = await job.run(signal);
    await end(state, null);
    log.info({ job: job.name, state }, "job done");
  } catch (error) {
    const message = error instanceof LiaisonError ? problemText(error.problem) : String(error);
    await end(error instanceof Cancelled ? "cancelled" : "failed", message);
    throw error;
  }
}

function tell(log: Logger, job: string, error: unknown): void {
  if (error instanceof Cancelled) return;
  if (error instanceof LiaisonError) log.error({ job, ...error.problem }, "job failed");
  else log.error({ job, err: error }, "job broke");
}
