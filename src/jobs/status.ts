/** How the installation stands, for a person or a monitor: jobs, streams, queues, and what wants attention. */
import type { Check } from "../kit/contract.ts";
import { nextRun } from "../domain/schedule.ts";
import type { Schedule } from "../domain/schedule.ts";
import type { Instant } from "../domain/time.ts";
import type { Mapping } from "../mapping/index.ts";
import { leaseHolder } from "../store/queries/lease.ts";
import { countQuarantine, lastRun, listStreams } from "../store/queries/operation.ts";
import type { StreamStatus } from "../store/queries/operation.ts";
import { countOutbox } from "../store/queries/outbox.ts";
import type { OutboxCounts } from "../store/queries/outbox.ts";
import type { Reader, Store } from "../store/index.ts";

/** The shape of `liaison status --json`. */
export interface Status {
  readonly checks: readonly Check[];
  readonly jobs: readonly JobStatus[];
  readonly streams: readonly StreamLag[];
  readonly queues: { readonly outbox: number; readonly quarantine: number };
}

export interface JobStatus {
  readonly job: string;
  readonly last: string | null;
  readonly next: Instant | null;
  readonly state: string;
}

export interface StreamLag {
  readonly source: string;
  readonly stream: string;
  readonly lagSeconds: number | null;
  readonly state: string;
  readonly message?: string;
}

export interface StatusOptions {
  readonly jobs: readonly { readonly name: string; readonly schedule: Schedule }[];
  readonly timeZone: string;
  readonly now: Instant;
  /** The mapping in force, and the version of the files on disk; null: they have errors. */
  readonly mapping: { readonly active: Pick<Mapping, "version"> | null; readonly onDisk: string | null };
}

export async function statusOf(store: Store, options: StatusOptions): Promise<Status> {
  const { jobs, timeZone, now } = options;
  return store.read(async (reader) => {
    const streams = await listStreams(reader.db);
    const outbox = await countOutbox(reader.db);
    const quarantine = await countQuarantine(reader.db);
    const jobStates: JobStatus[] = [];
    for (const { name, schedule } of jobs) {
      const last = await lastRun(reader.db, name);
      const next = nextRun(schedule, timeZone, now);
      jobStates.push({ job: name, last: last?.startedAt ?? null, next, state: last?.state ?? "never" });
    }
    return {
      checks: [
        await daemonCheck(reader),
        ...mappingChecks(options.mapping),
        ...streamChecks(streams),
        ...outboxChecks(outbox),
        ...(quarantine === 0 ? [] : [quarantineCheck(quarantine)]),
      ],
      jobs: jobStates,
      streams: streams.map((stream) => lagOf(stream, now)),
      queues: { outbox: outbox.due + outbox.waiting + outbox.sending, quarantine },
    };
  });
}

function lagOf({ source, stream, state, message, asOf }: StreamStatus, now: Instant): StreamLag {
  const lagSeconds =
    asOf === null ? null : Math.max(0, Math.round((Date.parse(now) - Date.parse(asOf)) / 1000));
  return { source, stream, lagSeconds, state, ...(message !== null && { message }) };
}

/** Leases know the real time only. */
async function daemonCheck(reader: Reader): Promise<Check> {
  const holder = await leaseHolder(reader.db, "serve", new Date().toISOString() as Instant);
  return holder === null
    ? {
        check: "daemon",
        state: "warning",
        message: "the daemon is not running",
        cure: 'start it with "liaison serve"',
      }
    : { check: "daemon", state: "ok", message: `running as ${holder.holder}` };
}

function mappingChecks({ active, onDisk }: StatusOptions["mapping"]): Check[] {
  if (onDisk === null) {
    const message = "the mapping files have errors; the mapping in force goes on working";
    return [{ check: "mapping", state: "failure", message, cure: 'see "liaison map check"' }];
  }
  if (active !== null && active.version !== onDisk) {
    const message = "the mapping files differ from the mapping in force";
    return [
      {
        check: "mapping",
        state: "warning",
        message,
        cure: 'see "liaison map diff", then "liaison map apply"',
      },
    ];
  }
  return [{ check: "mapping", state: "ok", message: active === null ? "none in force yet" : "in force" }];
}

function streamChecks(streams: readonly StreamStatus[]): Check[] {
  return streams.flatMap(({ source, stream, state, message }): Check[] => {
    if (state !== "failed" && state !== "off") return [];
    const told = message === null ? "" : `: ${message}`;
    const cure = 'see "liaison doctor"';
    return [
      {
        check: `${source} ${stream}`,
        state: state === "off" ? "warning" : "failure",
        message: `${state}${told}`,
        cure,
      },
    ];
  });
}

function outboxChecks({ waiting, failed }: OutboxCounts): Check[] {
  const checks: Check[] = [];
  if (waiting > 0) {
    const message = `${waiting} mails wait: no real mail was allowed yet`;
    checks.push({
      check: "outbox",
      state: "warning",
      message,
      cure: 'look with "liaison send --dry-run", then run "liaison send --yes"',
    });
  }
  if (failed > 0) {
    const message = `${failed} issues were not delivered`;
    checks.push({
      check: "outbox",
      state: "failure",
      message,
      cure: 'see "liaison outbox list"; retry or cancel them',
    });
  }
  return checks;
}

function quarantineCheck(count: number): Check {
  return {
    check: "quarantine",
    state: "warning",
    message: `${count} inputs could not be used`,
    cure: 'see "liaison quarantine list"; mend them in their source',
  };
}
