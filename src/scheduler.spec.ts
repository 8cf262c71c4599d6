import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { StopError } from "./domain/problem.ts";
import { parseSchedule } from "./domain/schedule.ts";
import type { Instant } from "./domain/time.ts";
import { lastRun } from "./store/queries/operation.ts";
import { openStore } from "./store/index.ts";
import type { Store } from "./store/index.ts";
import { createScheduler } from "./scheduler.ts";
import type { JobEnd, ScheduledJob, Scheduler } from "./scheduler.ts";

let folder: string;
let store: Store;
let clock: Instant;
let ran: string[];
const told: unknown[] = [];
const quiet = (): void => undefined;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "liaison-scheduler-"));
  store = await openStore(`sqlite:${path.join(folder, "liaison.db")}`, { site: "main" });
  ran = [];
  told.length = 0;
  at("2026-11-02T08:00:00Z");
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

function at(text: string): void {
  clock = new Date(text).toISOString() as Instant;
}

function job(name: string, schedule: string, run?: (signal: AbortSignal) => Promise<JobEnd>): ScheduledJob {
  return {
    name,
    schedule: parseSchedule(schedule),
    startsAtOnce: name.startsWith("sync:"),
    run: async (signal) => {
      ran.push(`${name} ${clock.slice(0, 16)}`);
      return run === undefined ? "ok" : run(signal);
    },
  };
}

function scheduler(...jobs: readonly ScheduledJob[]): Scheduler {
  return createScheduler({
    store,
    jobs,
    everyTick: () => Promise.resolve(),
    timeZone: "Europe/Berlin",
    now: () => clock,
    log: { debug: quiet, info: quiet, warn: quiet, error: (fields) => told.push(fields) },
  });
}

async function wake(...jobs: readonly ScheduledJob[]): Promise<void> {
  const woken = scheduler(...jobs);
  await woken.runDue();
  await woken.idle();
}

/** Until the first job is at work. */
async function begun(): Promise<void> {
  while (ran.length === 0) await new Promise((resolve) => setImmediate(resolve));
}

test("pulls at once, and writes reports at their next moment", async () => {
  const jobs = [job("sync:koha", "*/15 * * * *"), job("report:monthly", "0 7 3 * *")];

  await wake(...jobs);
  at("2026-11-02T08:14:00Z");
  await wake(...jobs);
  at("2026-11-03T06:00:00Z");
  await wake(...jobs);

  expect(ran).toEqual([
    "sync:koha 2026-11-02T08:00",
    "sync:koha 2026-11-03T06:00",
    "report:monthly 2026-11-03T06:00",
  ]);
});

test("catches up once after days without a tick", async () => {
  const daily = job("sync:koha", "0 3 * * *");
  await wake(daily);
  at("2026-11-09T12:00:00Z");

  await wake(daily);
  await wake(daily);

  expect(ran).toEqual(["sync:koha 2026-11-02T08:00", "sync:koha 2026-11-09T12:00"]);
});

test("runs on the day when its hour is skipped", async () => {
  const nightly = job("sync:koha", "30 2 * * *");
  at("2027-03-27T05:00:00Z");
  await wake(nightly);

  for (const minute of ["00:00", "01:00", "01:29", "01:30", "02:30"]) {
    at(`2027-03-28T${minute}:00Z`);
    await wake(nightly);
  }

  expect(ran.slice(1)).toEqual(["sync:koha 2027-03-28T01:30"]);
});

test("a failure stops no other job, is told, and is tried again after ten minutes", async () => {
  const failing = job("report:monthly", "0 7 3 * *", () =>
    Promise.reject(new StopError({ code: "NO_SPACE", what: "the disk is full" })),
  );
  const other = job("report:annual", "0 7 3 * *");
  await wake(failing, other);
  at("2026-11-03T06:00:00Z");
  await wake(failing, other);
  at("2026-11-03T06:05:00Z");
  await wake(failing, other);
  at("2026-11-03T06:10:00Z");
  await wake(failing, other);

  expect(ran).toEqual([
    "report:monthly 2026-11-03T06:00",
    "report:annual 2026-11-03T06:00",
    "report:monthly 2026-11-03T06:10",
  ]);
  expect(told).toHaveLength(2);
  expect(told[0]).toMatchObject({ job: "report:monthly", code: "NO_SPACE" });
  expect(await lastRun(store.db, "report:monthly")).toMatchObject({ state: "failed" });
});

test("begins again what a killed process left running", async () => {
  await store.startRun({ job: "report:monthly", source: null, stream: null, startedAt: clock });

  await wake(job("report:monthly", "0 7 3 * *"));

  expect(ran).toEqual(["report:monthly 2026-11-02T08:00"]);
});

test("never runs a job beside itself", async () => {
  let end: (state: JobEnd) => void = quiet;
  const slow = job("sync:koha", "* * * * *", () => new Promise((resolve) => (end = resolve)));
  const woken = scheduler(slow);
  await woken.runDue();
  await begun();
  at("2026-11-02T08:05:00Z");
  await woken.runDue();
  end("ok");
  await woken.idle();

  expect(ran).toHaveLength(1);
});

test("waits until a job is ready, without noting a run", async () => {
  let ready = false;
  const report: ScheduledJob = { ...job("report:monthly", "0 7 3 * *"), ready: () => Promise.resolve(ready) };
  await wake(report);
  at("2026-11-03T06:00:00Z");
  await wake(report);
  expect([ran, await lastRun(store.db, "report:monthly")]).toEqual([[], null]);
  ready = true;
  at("2026-11-03T09:00:00Z");
  await wake(report);

  expect(ran).toEqual(["report:monthly 2026-11-03T09:00"]);
});

test("asks what runs to stop, waits for it, and begins it again next time", async () => {
  const stopped = job(
    "sync:koha",
    "0 3 * * *",
    (signal) =>
      new Promise((_, reject) => {
        signal.addEventListener("abort", () => {
          reject(signal.reason as Error);
        });
      }),
  );
  const first = scheduler(stopped);
  await first.runDue();
  await begun();
  await first.stop();
  await first.runDue();
  expect(await lastRun(store.db, "sync:koha")).toMatchObject({ state: "cancelled" });

  await wake(job("sync:koha", "0 3 * * *"));

  expect(ran).toHaveLength(2);
  expect(told).toEqual([]);
});
