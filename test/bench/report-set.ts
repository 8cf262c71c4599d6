/** `report-set.ts CONFIG PERIOD [LIAISONS]`: the monthly reports of all (or so many) liaisons, and what each section took, as JSON. */
import { createHash } from "node:crypto";
import { inspect } from "node:util";
import { registry } from "../../connectors/index.ts";
import { openApp } from "../../src/app.ts";
import { parsePeriod } from "../../src/domain/period.ts";
import type { Instant } from "../../src/domain/time.ts";
import { reportModelBuilder } from "../../src/jobs/build.ts";
import { getReport } from "../../src/jobs/send.ts";
import { sections } from "../../src/reports/sections/index.ts";
import { asOf } from "./library.ts";

export interface SetTaken {
  readonly reports: number;
  readonly partial: number;
  readonly wallMs: number;
  /** Milliseconds of each. */
  readonly sections: Readonly<Record<string, number>>;
  /** Of the models: the same figures give the same. */
  readonly sha256: string;
}

const [, , configFile = "", month = "", count = "Infinity"] = process.argv;
const quiet = (): void => undefined;
const now = (): Instant => `${asOf}T12:00:00.000Z` as Instant;
const failures: unknown[] = [];
const log = {
  debug: quiet,
  info: quiet,
  warn: quiet,
  error: (fields: object): void => {
    failures.push(fields);
  },
};
const app = await openApp({ configFile, registry, environment: {}, log, now });
const { mapping } = await app.mapping();
const definition = getReport(app.reports(), "monthly");
const { academicYearStart, timezone: zone } = app.config.library;
const period = parsePeriod(month, { academicYearStart, zone, now: now() });
const build = reportModelBuilder(definition, { config: app.config, mapping, now, software: "bench", log });

const taken: Record<string, number> = {};
for (const section of sections) {
  const make = section.build;
  const timed: typeof make = async (...args) => {
    const began = performance.now();
    try {
      return await make(...args);
    } finally {
      taken[section.id] = (taken[section.id] ?? 0) + performance.now() - began;
    }
  };
  Object.assign(section, { build: timed });
}

const hash = createHash("sha256");
const began = performance.now();
let [reports, partial] = [0, 0];
await app.store.readMany(async (read) => {
  for (const liaison of [...mapping.liaisons.keys()].slice(0, Number(count))) {
    const subject = `liaison:${liaison}`;
    const model = await read((reader) => build(reader, { period, subject, language: null }));
    hash.update(JSON.stringify(model));
    reports++;
    if (model.partial) partial++;
  }
});
const wallMs = performance.now() - began;
await app.close();
const result: SetTaken = { reports, partial, wallMs, sections: taken, sha256: hash.digest("hex") };
process.stdout.write(JSON.stringify(result));
if (failures.length > 0) process.stderr.write(`${inspect(failures[0])}\n`);
