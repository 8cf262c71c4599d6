import { add, compare, fraction, multiply, sum, zero } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import { readETitles, readTitleLinks } from "../store/queries/measures/e-resources.ts";
import { metricParameter } from "./metrics.ts";
import { numberParameter } from "./parameters.ts";
import type { Cell, FigureValue, Measure, MeasureContext } from "./types.ts";
import { unreportedMetrics, usageWithin } from "./usage.ts";
import { monthsOnly } from "./use.ts";

export interface TitleUse {
  readonly id: string;
  readonly title: string;
  readonly uses: Fraction;
}

/**
 * How many journals make the first third of the requests, how many the second, how many the rest (Bradford 1934):
 * titles by falling use, ties by id; a zone ends with the title that reaches k/`zones` (3) of the use. Requests of
 * one COUNTER metric (`metric`, Total_Item_Requests); a title on two platforms is one when both are linked to the
 * same record. The titles of the first zone are told as `core`, multipliers n₂/n₁, n₃/n₂ as `multipliers`, journals of
 * the reporting platforms without a request as `unused`. Fewer used titles than zones: too few.
 */
export const bradfordZones: Measure = {
  id: "bradford-zones",
  unit: "titles",
  digits: 0,
  additive: false,
  kind: "flow",
  needs: ["usage"],
  by: ["month", "department", "liaison"],
  parameters: ["metric", "zones"],
  missing: async (context) => {
    const metric = metricOf(context);
    const [unreported] = await unreportedMetrics(context, [metric]);
    return monthsOnly(context) ?? (unreported === undefined ? null : `no report tells ${metric}`);
  },
  compute: async (context) => {
    const zones = numberParameter(context, "zones", 3, { min: 2, max: 20, whole: true });
    const { titles, cells, coverage, notes } = await journals(context);
    return {
      cells,
      figure: (own) => {
        const uses = new Map<number, Fraction>();
        for (const {
          amounts: [n = 0, count = 0],
          weight,
        } of own)
          uses.set(n, add(uses.get(n) ?? zero, multiply(weight, fraction(count))));
        const used = [...uses].flatMap(([n, sum]) => {
          const title = titles[n];
          return title === undefined ? [] : [{ ...title, uses: sum }];
        });
        return zonesOf(used, zones);
      },
      coverage,
      notes,
    };
  },
  trace: async function* (context) {
    const { titles, cells } = await journals(context);
    for (const {
      shares,
      amounts: [n = 0, count = 0],
    } of cells) {
      const title = titles[n];
      if (title !== undefined && count > 0)
        yield { shares, record: title.record, item: title.id, title: title.title, count };
    }
  },
};

/** Of titles with their use, 0 included. */
export function zonesOf(titles: readonly TitleUse[], zones: number): FigureValue {
  const used = titles
    .filter(({ uses }) => uses.num > 0n)
    .sort((a, b) => compare(b.uses, a.uses) || (a.id < b.id ? -1 : 1));
  const unused = titles.length - used.length;
  if (used.length < zones) return { value: null, reason: "too-few", detail: { used: used.length, unused } };
  const all = sum(used.map(({ uses }) => uses));
  let [zone, reached] = [1, zero];
  const counts = Array<number>(zones).fill(0);
  for (const { uses } of used) {
    counts[zone - 1] = (counts[zone - 1] ?? 0) + 1;
    reached = add(reached, uses);
    while (zone < zones && compare(multiply(reached, fraction(zones)), multiply(all, fraction(zone))) >= 0)
      zone++;
  }
  const multipliers = counts.slice(1).map((count, n) => (counts[n] ? count / counts[n] : null));
  const core = used.slice(0, counts[0] ?? 0).map(({ title }) => title);
  return { value: counts, detail: { core, multipliers, unused } };
}

interface Journals extends Pick<Awaited<ReturnType<typeof usageWithin>>, "coverage" | "notes"> {
  readonly titles: readonly { readonly id: string; readonly title: string; readonly record: string | null }[];
  /** Amounts: place in the titles, requests. */
  readonly cells: readonly Cell[];
}

async function journals(context: MeasureContext): Promise<Journals> {
  const { reader, settings } = context;
  const metric = metricOf(context);
  const { usage, coverage, notes } = await usageWithin(context, [metric]);
  // Standard views of journals do not name the type of what they list.
  const requests = usage.filter(({ dataType }) => dataType === "Journal" || dataType === "");
  const titles: Journals["titles"][number][] = [];
  const places = new Map<string, number>();
  const placeOf = (id: string, title: string, record: string | null): number => {
    const place = places.get(id) ?? titles.push({ id, title, record }) - 1;
    places.set(id, place);
    return place;
  };
  const cells: Cell[] = requests.map(({ setId, titleId, title, record, count }) => ({
    shares: context.shares(setId),
    key: null,
    amounts: [placeOf(record === null ? `title:${titleId}` : `record:${record}`, title, record), count],
  }));
  const usedTitles = new Set(requests.filter(({ count }) => count > 0).map(({ titleId }) => titleId));
  const links = Map.groupBy(await readTitleLinks(reader), ({ eTitleId }) => eTitleId);
  const reporting = new Set(usage.map(({ platform }) => platform.toLowerCase()));
  for (const { id, setId, title, record, platform, type } of await readETitles(
    reader,
    settings.includeSuppressed,
  )) {
    const isUsed = (links.get(id) ?? []).some(({ usageTitleId }) => usedTitles.has(usageTitleId));
    if (type !== "serial" || isUsed || !reporting.has((platform ?? "").toLowerCase())) continue;
    const place = placeOf(record === null ? `e-title:${id}` : `record:${record}`, title, record);
    cells.push({ shares: context.shares(setId), key: null, amounts: [place, 0] });
  }
  return { titles, cells, coverage, notes: [metric, ...notes] };
}

function metricOf(context: MeasureContext): string {
  return metricParameter(context, "Total_Item_Requests");
}
