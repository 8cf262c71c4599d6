/** What `liaison serve` runs between two readings of the configuration: jobs on schedule, deliveries, pages. */
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import type { App, OpenedSource } from "./app.ts";
import { StopError, throwIfCancelled } from "./domain/problem.ts";
import { parsePeriod } from "./domain/period.ts";
import { deliverDue } from "./jobs/deliver.ts";
import { withLease } from "./jobs/lease.ts";
import { scheduledJobs } from "./jobs/scheduled.ts";
import { getReport, writeIssues } from "./jobs/send.ts";
import { statusOf } from "./jobs/status.ts";
import type { Status } from "./jobs/status.ts";
import { syncSource } from "./jobs/sync.ts";
import { compileMapping } from "./mapping/index.ts";
import type { OpenDelivery } from "./kit/contract.ts";
import type { ChatOptions } from "./web/chat/index.ts";
import { createScheduler, wakeEveryMinute } from "./scheduler.ts";
import type { JobEnd, ScheduledJob } from "./scheduler.ts";
import { countOutbox } from "./store/queries/outbox.ts";
import { listStreams } from "./store/queries/operation.ts";
import { software, version } from "./version.ts";

/** How long what is running may take to reach its last commit. */
const graceMs = 5000;

export interface DaemonOptions {
  /** Stop now, at the last commit. */
  readonly stop: AbortSignal;
  /** Stop when what is running is done, for the configuration is to be read again. */
  readonly reload: AbortSignal;
  readonly onListening: (address: string) => void;
}

/** Returns when it was stopped. Throws StopError when another daemon serves this store, or the address is taken. */
export async function runDaemon(app: App, options: DaemonOptions): Promise<void> {
  const { store, log, now, config } = app;
  const deliveries = await app.openDeliveries();
  const everyTick = tickOf(app, deliveries);
  await withLease(store, "serve", options.stop, async (_, signal) => {
    const jobs = jobsOf(app, deliveries);
    const scheduler = createScheduler({
      store,
      jobs,
      everyTick,
      timeZone: config.library.timezone,
      now,
      log,
    });
    const web = await startWeb(app, options.onListening);
    const sleepUntilWoken = wakeEveryMinute(scheduler, log);
    const ended = await first(signal, options.reload);
    await sleepUntilWoken();
    if (ended === "reload") await scheduler.idle();
    await Promise.race([scheduler.stop(), sleep(graceMs, undefined, { ref: false })]);
    await web.close();
  });
}

/** As `liaison status` and the page `/status` tell it. */
export async function appStatus(app: App): Promise<Status> {
  const onDisk = compileMapping(app.mappingFiles());
  return statusOf(app.store, {
    jobs: scheduledJobs(app.config, app.reports()),
    timeZone: app.config.library.timezone,
    now: app.now(),
    mapping: { active: await app.store.activeMapping(), onDisk: onDisk.ok ? onDisk.mapping.version : null },
  });
}

function jobsOf(app: App, deliveries: ReadonlyMap<string, OpenDelivery>): ScheduledJob[] {
  const reports = app.reports();
  const opened = new Map<string, Promise<OpenedSource>>();
  return scheduledJobs(app.config, reports).map(({ name, schedule }): ScheduledJob => {
    const [kind, id = ""] = name.split(":");
    if (kind === "sync") {
      const open = (): Promise<OpenedSource> => {
        const source = opened.get(id) ?? app.openSource(id);
        opened.set(id, source);
        return source;
      };
      return {
        name,
        schedule,
        startsAtOnce: true,
        run: async (signal) => syncJob(app, await open(), signal),
      };
    }
    const report = getReport(reports, id);
    const { timezone: zone, academicYearStart, fiscalYearStart } = app.config.library;
    return {
      name,
      schedule,
      startsAtOnce: false,
      ready: () => hasData(app),
      run: async () => {
        const { mapping } = await app.mapping();
        const { store, config, now, log } = app;
        const period = parsePeriod(report.period, { zone, academicYearStart, fiscalYearStart, now: now() });
        const context = { store, config, mapping, deliveries, now, log, software };
        const written = await writeIssues(context, report, period);
        return written.some(({ partial }) => partial) ? "partial" : "ok";
      },
    };
  });
}

async function syncJob(app: App, { id, source, http }: OpenedSource, signal: AbortSignal): Promise<JobEnd> {
  const { rules } = await app.mapping();
  const runs = await withLease(app.store, `sync:${id}`, signal, (lease, leased) =>
    syncSource(app.store, rules, source, http, {
      sourceId: id,
      full: false,
      acceptDeletions: false,
      timeZone: app.config.library.timezone,
      signal: leased,
      now: app.now,
      lease,
    }),
  );
  throwIfCancelled(signal);
  for (const { stream, state, message } of runs) {
    if (state === "failed") app.log.error({ source: id, stream, why: message }, "stream failed");
  }
  if (runs.every(({ state }) => state === "failed")) return "failed";
  return runs.some(({ state }) => state === "failed" || state === "partial") ? "partial" : "ok";
}

/** A report waits until no source is in its first pull: half a catalogue would make wrong figures. */
async function hasData(app: App): Promise<boolean> {
  const streams = await listStreams(app.store.db);
  return app.config.sources.every(({ id }) => {
    const own = streams.filter(({ source }) => source === id);
    return own.length > 0 && !own.some(({ asOf, state }) => asOf === null && state === "running");
  });
}

/** Delivers what is due, and says when the mapping files changed. */
function tickOf(
  app: App,
  deliveries: ReadonlyMap<string, OpenDelivery>,
): (signal: AbortSignal) => Promise<void> {
  const { store, log, now } = app;
  let seen = JSON.stringify(app.mappingFiles());
  return async (signal) => {
    const files = app.mappingFiles();
    if (JSON.stringify(files) !== seen) {
      seen = JSON.stringify(files);
      const compiled = compileMapping(files);
      if (compiled.ok)
        log.info(
          { version: compiled.mapping.version },
          "mapping files changed; map apply puts them in force",
        );
      else
        log.error({ problems: compiled.problems }, "mapping files have errors; the mapping in force goes on");
    }
    const { due, sending } = await countOutbox(store.db);
    if (due + sending === 0) return;
    try {
      const { sent, failed, later } = await deliverDue(store, { deliveries, signal, now, log });
      if (sent + failed + later > 0) log.info({ sent, failed, later }, "delivered");
    } catch (error) {
      if (!(error instanceof StopError) || error.problem.code !== "JOB_RUNNING") throw error;
    }
  };
}

async function startWeb(app: App, onListening: (address: string) => void): Promise<FastifyInstance> {
  const { config, store, log } = app;
  const [, host = "127.0.0.1", port = "8080"] = /^(.+):(\d+)$/.exec(config.web.listen) ?? [];
  // Loaded by who serves alone: every other command starts without a web server.
  const { createWeb } = await import("./web/index.ts");
  const web = await createWeb({
    store,
    frame: { library: config.library.name, locale: config.library.locale, software },
    timeZone: config.library.timezone,
    publicUrl: config.web.publicUrl,
    status: () => appStatus(app),
    ...(await chatOf(app)),
    log,
  });
  try {
    onListening(await web.listen({ host: host.replace(/^\[|\]$/g, ""), port: Number(port) }));
    return web;
  } catch (error) {
    await web.close();
    const why = error instanceof Error ? error.message : String(error);
    const cure = "stop what listens there, or choose another port as web.listen";
    throw new StopError(
      { code: "WEB_ADDRESS", what: "the pages cannot be served", where: config.web.listen, why, cure },
      error,
    );
  }
}

async function chatOf(app: App): Promise<{ readonly chat?: ChatOptions }> {
  const { config, now } = app;
  if (config.chatbot === undefined) return {};
  const host = new URL(config.web.publicUrl ?? `http://${config.web.listen}`).host;
  return {
    chat: {
      answers: await app.answers(),
      library: config.library.name,
      host,
      version,
      ...config.chatbot,
      now,
    },
  };
}

/** Which of the two comes first. */
function first(stop: AbortSignal, reload: AbortSignal): Promise<"stop" | "reload"> {
  return new Promise((resolve) => {
    const settle = (): void => {
      resolve(stop.aborted ? "stop" : "reload");
    };
    if (stop.aborted || reload.aborted) settle();
    stop.addEventListener("abort", settle, { once: true });
    reload.addEventListener("abort", settle, { once: true });
  });
}
