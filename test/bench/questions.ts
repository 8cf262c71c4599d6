/**
 * `questions.ts CONFIG`: four of the five questions of the peer (guided.ts) for every department, through the
 * product's measures and from one snapshot; what each took, as JSON. Never-lent copies are not a figure.
 */
import { registry } from "../../connectors/index.ts";
import { openApp } from "../../src/app.ts";
import { parsePeriod } from "../../src/domain/period.ts";
import type { Instant } from "../../src/domain/time.ts";
import { mappingInfoOf, measureSettingsOf } from "../../src/jobs/build.ts";
import { useSpan } from "../../src/measures/count.ts";
import { groupOf, setsWith } from "../../src/measures/groups.ts";
import { runMeasure } from "../../src/measures/index.ts";
import type { By } from "../../src/measures/index.ts";
import { readMostUsed } from "../../src/store/queries/measures/lists.ts";
import { readSets } from "../../src/store/queries/measures/sets.ts";
import { asOf } from "./library.ts";

export interface QuestionsTaken {
  readonly departments: number;
  readonly wallMs: number;
  /** Milliseconds of each. */
  readonly questions: Readonly<Record<string, number>>;
}

const quiet = (): void => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const now = (): Instant => `${asOf}T12:00:00.000Z` as Instant;
const app = await openApp({ configFile: process.argv[2] ?? "", registry, environment: {}, log, now });
const mapping = mappingInfoOf((await app.mapping()).mapping);
const settings = measureSettingsOf(app.config);
const periodOf = (word: string) =>
  parsePeriod(word, {
    academicYearStart: app.config.library.academicYearStart,
    zone: settings.zone,
    now: now(),
  });
const [year, twoYears] = [periodOf("2025"), periodOf("2024-11-01..2026-10-31")];

const questions: Record<string, number> = {};
const began = performance.now();
await app.store.readMany(async (read) => {
  for (const { id } of mapping.departments) {
    await read(async (reader) => {
      const figure = (measure: string, period = year, by: By = "department") =>
        runMeasure(reader, measure, { period, mapping, settings, by, departments: [id] });
      const timed = async (name: string, work: () => Promise<unknown>): Promise<void> => {
        const start = performance.now();
        await work();
        questions[name] = (questions[name] ?? 0) + performance.now() - start;
      };
      await timed("loans by month, two years", () => figure("checkouts", twoYears, "month"));
      await timed("most lent titles of a year", async () =>
        readMostUsed(
          reader,
          { kinds: ["checkout"], ...useSpan(year), atLeast: 1, limit: 50 },
          setsWith(await readSets(reader), [groupOf(id, [id])]),
        ),
      );
      await timed("copies, median year, used, turnover", async () => {
        for (const measure of ["items-held", "median-publication-year", "unused-share", "turnover"])
          await figure(measure);
      });
      await timed("use factor by class", () => figure("relative-use", year, "class"));
    });
  }
});
const wallMs = performance.now() - began;
await app.close();
const result: QuestionsTaken = { departments: mapping.departments.length, wallMs, questions };
process.stdout.write(JSON.stringify(result));
