/** Figures that were sent and are others now: late returns, purged loans that came back, a changed mapping. */
import { monthPeriod } from "../../domain/period.ts";
import type { Period } from "../../domain/period.ts";
import { addDays, addYears, monthOf } from "../../domain/time.ts";
import { getMeasure, runMeasure } from "../../measures/index.ts";
import { readMapping } from "../../store/queries/measures/sets.ts";
import { readToldFigures } from "../../store/queries/sent-figures.ts";
import type { ToldFigure } from "../../store/queries/sent-figures.ts";
import { isSentence } from "../locale/say.ts";
import type { SectionContext } from "../context.ts";
import type { Correction } from "../model.ts";

export interface Corrections {
  readonly corrections: readonly Correction[];
  readonly notes: readonly string[];
}

/**
 * Compares what this report told its readers in the year before with the figures of today, as they are shown. Under
 * another mapping everything may have moved: that is said once and not listed.
 */
export async function correctionsOf(context: SectionContext): Promise<Corrections> {
  const { reader, report, subject, period, words } = context;
  const { say } = words;
  const told = await readToldFigures(reader.db, {
    report,
    subject,
    since: addYears(period.from, -1),
    before: period.from,
  });
  const version = (await readMapping(reader))?.version ?? "";
  const comparable = told.filter(({ mappingVersion }) => mappingVersion === version);
  const notes = comparable.length < told.length ? [say("remapped")] : [];
  const corrections: Correction[] = [];
  for (const figure of comparable) {
    const now = await valueNow(context, figure);
    if (now === null || figure.value === null) continue;
    const [before, after] = [words.count(figure.value), words.count(now)];
    if (before === after) continue;
    const { measure, department: id, from, to } = figure;
    const department = id === "" ? null : id;
    corrections.push({ measure, department, from, to, value: now });
    const name = context.mapping.departments.find((known) => known.id === department)?.name;
    const place = subject.startsWith("liaison:") && name !== undefined ? name : null;
    notes.push(
      say("correction", {
        department: place ?? "none",
        measure: measureName(words, measure),
        period: words.period(spanOf(figure)),
        now: after,
        before,
      }),
    );
  }
  return { corrections, notes };
}

function measureName({ say }: SectionContext["words"], measure: string): string {
  const name = `measure.${measure}`;
  return isSentence(name) ? say(name) : measure;
}

async function valueNow(
  { reader, mapping, settings }: SectionContext,
  figure: ToldFigure,
): Promise<number | null> {
  const { total } = await runMeasure(reader, getMeasure(figure.measure).id, {
    period: spanOf(figure),
    mapping,
    settings,
    ...(figure.department !== "" && { departments: [figure.department] }),
  });
  return typeof total.value === "number" ? total.value : null;
}

function spanOf({ from, to }: ToldFigure): Period {
  const end = addDays(to, 1);
  const month = monthPeriod(monthOf(from));
  return month.from === from && month.end === end
    ? month
    : { kind: "range", word: `${from}..${to}`, from, end };
}
