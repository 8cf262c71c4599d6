/**
 * The only memory of the product. One writer connection, whose transactions never interleave; reports read one
 * snapshot on a connection of their own.
 */
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import type { Kysely } from "kysely";
import { parseMarcText } from "../domain/marc/pack.ts";
import type { PreparedTitle } from "../domain/prepare.ts";
import { ConfigError, StopError } from "../domain/problem.ts";
import type { Instant } from "../domain/time.ts";
import { packEvidence } from "./evidence.ts";
import { arePutOff, restoreIndexes, restoreIndexesOf } from "./bulk.ts";
import { checkStore } from "./check.ts";
import type { InvariantCheck } from "./check.ts";
import { digestOf } from "./digest.ts";
import type { Digest } from "./digest.ts";
import { activateMapping, activeMapping, activeVersion, keptMapping } from "./mapping-version.ts";
import type { AppliedMapping } from "./mapping-version.ts";
import { migrations } from "./migrations/index.ts";
import { writePage } from "./page/index.ts";
import { rebuildRollups } from "./page/rollup.ts";
import type { Entry, PageCounts, PageWrite, Rules } from "./page/types.ts";
import { folderFailure, storeFailure } from "./failure.ts";
import type { Reader } from "./port.ts";
import { remap } from "./remap/index.ts";
import { keepFirstReading } from "./remap/reading.ts";
import { rebuild } from "./remap/rebuild.ts";
import type { RemapCounts, RemapOptions, RemapRules } from "./remap/types.ts";
import { beginSweep, endRun, setStreamState, startRun, streamState } from "./runs.ts";
import type { RunCounts, RunEnd, RunStart, RunState, StreamState } from "./runs.ts";
import type { Schema } from "./schema.ts";
import { setsOver } from "./sets.ts";
import { sqlOver } from "./sql.ts";
import { kyselyOver, openDatabase } from "./sqlite.ts";
import { findTarget } from "./targets.ts";
import type { StoredTarget } from "./targets.ts";

export type { InvariantCheck } from "./check.ts";
export type { Digest } from "./digest.ts";
export type { AppliedMapping, MappingFile } from "./mapping-version.ts";
export type { Entry, PageCounts, PageWrite, Rules } from "./page/types.ts";
export type { Reader } from "./port.ts";
export type { Move, RemapCounts, RemapOptions, RemapRules } from "./remap/types.ts";
export type { StoredTarget } from "./targets.ts";
export type { RunCounts, RunEnd, RunStart, RunState, StreamState } from "./runs.ts";
export type { Schema } from "./schema.ts";

export interface Store {
  readonly site: string;
  readonly file: string;
  /** The writer's connection, for what is not a page: outbox, leases, settings. */
  readonly db: Kysely<Schema>;
  /** One consistent snapshot, on a connection of its own, that holds up no writer. */
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  /**
   * Many readings one after the other, of one snapshot, so that what they ask alike is asked once. An old snapshot is
   * given back before the next reading: while it is held the log of the writer grows.
   */
  readMany<T>(work: (read: Store["read"]) => Promise<T>): Promise<T>;
  page(rules: Rules, write: PageWrite): Promise<PageCounts>;
  /**
   * Puts a mapping in force and decides everything anew. Others read and write meanwhile; only one of these may run at
   * a time.
   */
  remap(rules: RemapRules, mapping: AppliedMapping, options?: RemapOptions): Promise<RemapCounts>;
  /** Decides and counts everything from what is stored, nothing by difference: the proof of what `remap` leaves. */
  rebuild(rules: RemapRules): Promise<void>;
  /** What the decision about a record or an item rests on; null when there is none of that external id. */
  target(rules: Rules, kind: "record" | "item", externalId: string): Promise<StoredTarget | null>;
  activeMapping(): Promise<AppliedMapping | null>;
  /** One that was applied, by the beginning of its version; null when none, or several, begin so. */
  keptMapping(version: string): Promise<AppliedMapping | null>;
  /** For a store without assignments: names the mapping by which they will be made. */
  adoptMapping(mapping: AppliedMapping): Promise<void>;
  startRun(run: RunStart): Promise<number>;
  endRun(id: number, end: RunEnd): Promise<RunCounts>;
  streamState(source: string, stream: string): Promise<StreamState | null>;
  beginSweep(source: string, stream: string, version: number, startedAt: Instant): Promise<void>;
  setStreamState(source: string, stream: string, state: RunState, message: string | null): Promise<void>;
  rebuildRollups(): Promise<void>;
  check(): Promise<InvariantCheck[]>;
  digest(options?: { readonly withDeleted?: boolean }): Promise<Digest>;
  /** A consistent copy while others write. Throws StopError when the file is there already. */
  backup(file: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens `sqlite:PATH`, makes it when it is not there, and brings an older layout up to date.
 * Throws ConfigError for an address of another kind, or a store made by a newer version; StopError, here and from
 * everything that writes, when disk or file refuse.
 */
export async function openStore(url: string, options: { readonly site: string }): Promise<Store> {
  const file = fileOf(url);
  makeFolder(path.dirname(file));
  const database = openDatabase(file);
  const db = kyselyOver(database);
  const sql = sqlOver(database);
  const sets = setsOver(sql);
  const { site } = options;

  /** Kysely's own lock on its one connection keeps these transactions and its own apart. */
  const exclusively = <T>(work: () => T): Promise<T> =>
    db.connection().execute(() => {
      try {
        return Promise.resolve(work());
      } catch (error) {
        throw storeFailure(error, file);
      }
    });
  const transaction = <T>(work: () => T): Promise<T> =>
    exclusively(() => {
      sql.exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        sql.exec("COMMIT");
        return result;
      } catch (error) {
        if (database.isTransaction) sql.exec("ROLLBACK");
        sets.forget();
        throw error;
      }
    });

  await transaction(() => {
    migrate(sql, file);
    restoreIndexes(sql);
  });

  let isNew = true;
  let renewed: Rules | null = null;
  /** A mapping may come into force, by another process too, while a job runs that began under the one before. */
  const inForce = (rules: Rules): Rules => {
    if (rules.mappingVersion === undefined || rules.under === undefined) return rules;
    const version = activeVersion(sql);
    if (version === null || version === rules.mappingVersion) return rules;
    if (renewed?.mappingVersion === version) return renewed;
    const mapping = activeMapping(sql);
    return mapping === null ? rules : (renewed = rules.under(mapping));
  };

  return {
    site,
    file,
    db,
    read: async (work) => {
      const snapshot = openSnapshot(file, site);
      try {
        return await work(snapshot.reader);
      } finally {
        await snapshot.close();
      }
    },
    readMany: async (work) => {
      let snapshot: Snapshot | null = null;
      try {
        return await work(async (each) => {
          if (snapshot !== null && performance.now() - snapshot.openedAt > longestSnapshotMs) {
            await snapshot.close();
            snapshot = null;
          }
          return each({ ...(snapshot ??= openSnapshot(file, site)).reader, many: true });
        });
      } finally {
        await (snapshot as Snapshot | null)?.close();
      }
    },
    page: (rules, write) =>
      transaction(() => {
        if (isNew) keepFirstReading(sql, rules);
        isNew = false;
        const now = inForce(rules);
        return writePage(sql, sets, site, now, now === rules ? write : readAnew(write, now));
      }),
    remap: (rules, mapping, remapping = {}) =>
      remap({ sql, sets, site, file, transaction }, rules, mapping, remapping),
    rebuild: (rules) =>
      transaction(() => {
        rebuild(sql, sets, site, rules);
      }),
    target: (rules, kind, externalId) => exclusively(() => findTarget(sql, site, rules, kind, externalId)),
    activeMapping: () => exclusively(() => activeMapping(sql)),
    keptMapping: (version) => exclusively(() => keptMapping(sql, version)),
    adoptMapping: (mapping) =>
      transaction(() => {
        activateMapping(sql, mapping);
      }),
    startRun: (run) => transaction(() => startRun(sql, site, run)),
    endRun: async (id, end) => {
      await exclusively(() => {
        if (arePutOff(sql)) restoreIndexesOf(file);
      });
      return transaction(() => endRun(sql, id, end));
    },
    streamState: (source, stream) => exclusively(() => streamState(sql, site, source, stream)),
    beginSweep: (source, stream, version, startedAt) =>
      transaction(() => {
        beginSweep(sql, site, source, stream, version, startedAt);
      }),
    setStreamState: (source, stream, state, message) =>
      transaction(() => {
        setStreamState(sql, site, source, stream, state, message);
      }),
    rebuildRollups: () =>
      transaction(() => {
        sql.exec(rebuildRollups);
      }),
    check: () => exclusively(() => checkStore(sql)),
    digest: ({ withDeleted = false } = {}) => exclusively(() => digestOf(sql, withDeleted)),
    backup: (target) =>
      exclusively(() => {
        if (existsSync(target)) {
          throw new StopError({
            code: "BACKUP_EXISTS",
            what: "a file of this name is there already",
            where: target,
            cure: "choose another name, or remove it first",
          });
        }
        sql.run("VACUUM INTO ?", target);
      }),
    close: async () => {
      await db.destroy();
      if (database.isOpen) database.close();
    },
  };
}

interface Snapshot {
  readonly reader: Reader;
  readonly openedAt: number;
  close(): Promise<void>;
}

const longestSnapshotMs = 60_000;

function openSnapshot(file: string, site: string): Snapshot {
  const snapshot = openDatabase(file, { readOnly: true });
  const db = kyselyOver(snapshot);
  snapshot.exec("BEGIN");
  return {
    reader: { db, sql: sqlOver(snapshot), site, snapshot },
    openedAt: performance.now(),
    close: async () => {
      if (snapshot.isTransaction) snapshot.exec("COMMIT");
      await db.destroy();
      if (snapshot.isOpen) snapshot.close();
    },
  };
}

/** What was prepared under another mapping may lack the values of fields that this one names. */
function readAnew(write: PageWrite, { extractEvidence }: Rules): PageWrite {
  const anew = (title: PreparedTitle): PreparedTitle => {
    const marc = parseMarcText(Buffer.from(title.record.marc).toString());
    return { ...title, record: { ...title.record, evidence: packEvidence(extractEvidence(marc)) } };
  };
  const entries = write.entries.map((entry): Entry => {
    if (entry.type !== "prepared") return entry;
    const { titles, ...ids } = entry.prepared;
    const read = {
      *[Symbol.iterator](): Generator<PreparedTitle> {
        for (const title of titles) yield anew(title);
      },
    };
    return { ...entry, prepared: { ...ids, titles: read } };
  });
  return { ...write, entries };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw folderFailure(error, folder);
  }
}

function fileOf(url: string): string {
  const file = /^sqlite:(.+)$/.exec(url)?.[1];
  if (file !== undefined) return path.resolve(file);
  throw new ConfigError([
    {
      code: "STORE_ADDRESS",
      what: `"${url}" is no store address that this version knows`,
      cure: "write sqlite:PATH, for example sqlite:data/liaison.db",
    },
  ]);
}

function migrate(sql: ReturnType<typeof sqlOver>, file: string): void {
  const done = sql.get<{ user_version: number }>("PRAGMA user_version")?.user_version ?? 0;
  if (done > migrations.length) {
    throw new ConfigError([
      {
        code: "STORE_NEWER",
        what: `the store has layout ${done}, this version knows ${migrations.length}`,
        where: file,
        cure: "run the version that made it, or restore a backup of before the upgrade",
      },
    ]);
  }
  for (const migration of migrations.slice(done)) sql.exec(migration.sql);
  if (done < migrations.length) sql.exec(`PRAGMA user_version = ${migrations.length}`);
}
