/** Looks at everything that can be wrong with an installation; changes nothing. Every line has its cure. */
import { statfsSync } from "node:fs";
import path from "node:path";
import { LiaisonError, problemText } from "../domain/problem.ts";
import type { Problem } from "../domain/problem.ts";
import { skippedWallTime } from "../domain/schedule.ts";
import type { Instant } from "../domain/time.ts";
import type { Check } from "../kit/contract.ts";
import { compileMapping } from "../mapping/index.ts";
import type { MappingFile, Store } from "../store/index.ts";
import type { Scheduled } from "./scheduled.ts";

export interface Checkable {
  check(signal: AbortSignal): AsyncIterable<Check>;
}

export interface DoctorOptions {
  readonly configFile: string;
  readonly store: Store;
  readonly mappingFiles: () => readonly MappingFile[];
  /** Throws ConfigError for report files with problems. */
  readonly jobs: () => readonly Scheduled[];
  /** Opened only now, one by one: one that cannot be opened is a failure of its own. */
  readonly connectors: readonly { readonly name: string; readonly open: () => Promise<Checkable> }[];
  readonly timeZone: string;
  readonly now: Instant;
  readonly signal: AbortSignal;
}

const lowSpaceBytes = 1_000_000_000;

export async function* examine(options: DoctorOptions): AsyncGenerator<Check> {
  const { store, jobs, timeZone, now, signal } = options;
  yield { check: "configuration", state: "ok", message: `${options.configFile} can be read` };
  yield* guarded("store", () => storeChecks(store));
  yield* guarded("disk", () => Promise.resolve([diskCheck(store.file)]));
  yield* guarded("mapping", () => Promise.resolve(mappingChecks(options.mappingFiles())));
  yield* guarded("reports", () => Promise.resolve(scheduleChecks(jobs(), timeZone, now)));
  for (const { name, open } of options.connectors) {
    if (signal.aborted) return;
    yield* guarded(name, async () => {
      const connector = await open();
      const checks: Check[] = [];
      for await (const check of connector.check(signal))
        checks.push({ ...check, check: `${name} ${check.check}` });
      return checks;
    });
  }
}

async function* guarded(name: string, work: () => Promise<readonly Check[]>): AsyncGenerator<Check> {
  try {
    yield* await work();
  } catch (error) {
    yield failure(name, problemOf(error));
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof LiaisonError) return error.problem;
  return { code: "BUG", what: error instanceof Error ? error.message : String(error) };
}

function failure(check: string, problem: Problem): Check {
  const { cure, ...rest } = problem;
  return { check, state: "failure", message: problemText(rest), ...(cure !== undefined && { cure }) };
}

async function storeChecks(store: Store): Promise<Check[]> {
  await store.read(({ db }) => db.selectFrom("setting").select("name").limit(1).execute());
  return [{ check: "store", state: "ok", message: `${store.file} can be read and written` }];
}

function diskCheck(file: string): Check {
  const { bavail, bsize } = statfsSync(path.dirname(file));
  const free = bavail * bsize;
  const message = `${(free / 1e9).toFixed(1)} GB free beside the store`;
  if (free >= lowSpaceBytes) return { check: "disk", state: "ok", message };
  return { check: "disk", state: "warning", message, cure: "make room: the store and its copies need it" };
}

function mappingChecks(files: readonly MappingFile[]): Check[] {
  const compiled = compileMapping(files);
  if (!compiled.ok)
    return compiled.problems
      .filter(({ severity }) => severity === "error")
      .map((problem) => failure("mapping", problem));
  const { mapping, warnings } = compiled;
  const message = `${mapping.departments.size} departments, ${mapping.liaisons.size} liaisons`;
  const count = warnings.filter(({ severity }) => severity === "warning").length;
  if (count === 0) return [{ check: "mapping", state: "ok", message }];
  return [
    {
      check: "mapping",
      state: "warning",
      message: `${message}; ${count} warnings`,
      cure: 'see "liaison map check"',
    },
  ];
}

function scheduleChecks(jobs: readonly Scheduled[], timeZone: string, now: Instant): Check[] {
  const skipped = jobs.flatMap(({ name, schedule }): Check[] => {
    const wall = skippedWallTime(schedule, timeZone, now);
    if (wall === null) return [];
    const message = `the clocks skip ${wall}; it runs that much later on that day`;
    return [{ check: name, state: "warning", message, cure: "choose another hour if that matters" }];
  });
  return [{ check: "reports", state: "ok", message: `${jobs.length} jobs on schedule` }, ...skipped];
}
