/** Runs one measure: reach of the data, integers from the store, weights last, rows for who asks. */
import { ConfigError, problemText } from "../domain/problem.ts";
import { suggestion } from "../domain/spelling.ts";
import { lastDay, monthPieces } from "../domain/period.ts";
import type { Period } from "../domain/period.ts";
import { dayIn } from "../domain/time.ts";
import { compare, fractionText, zero } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import { readMapping, readSets } from "../store/queries/measures/sets.ts";
import type { WeightVector } from "../store/queries/measures/sets.ts";
import type { Reader } from "../store/port.ts";
import { classOf } from "./classes.ts";
import { departmentGroups, groupOf, liaisonGroups, library, setsWith, weightIn, wholeOf } from "./groups.ts";
import type { Group } from "./groups.ts";
import { reachOf, snapshotDay } from "./reach.ts";
import type { Reach } from "./reach.ts";
import type {
  By,
  Cell,
  Computed,
  Counting,
  Dimension,
  FigureValue,
  Measure,
  MeasureAnswer,
  MeasureContext,
  MeasureRequest,
  MeasureRow,
  Shares,
  TraceRow,
} from "./types.ts";

/**
 * The figure of every department (or liaison, month, class …) and the total. Throws ConfigError for an unknown
 * department, a breakdown or parameter that the measure does not have, or a period that it cannot be asked for.
 */
export async function answer(
  reader: Reader,
  measure: Measure,
  request: MeasureRequest,
): Promise<MeasureAnswer> {
  const question = await questionOf(reader, measure, request);
  const whole = await computeFor(question, request.period);
  const rows = request.by === "month" ? await monthRows(question) : rowsOf(question, whole);
  return {
    measure: measure.id,
    unit: measure.unit === "money" ? request.settings.currency : measure.unit,
    counting: question.counting,
    period: { from: request.period.from, to: lastDay(request.period) },
    asOf: whole.reach.asOf,
    mappingVersion: question.mappingVersion,
    coverage: whole.computed?.coverage ?? whole.reach.coverage,
    notes: notesOf(question, whole),
    rows,
    total: figureFor(
      question,
      whole,
      whole.computed?.totalCells ?? whole.computed?.cells ?? [],
      question.all,
    ),
  };
}

/** The things behind the figure, with the weight by which each counts for each department asked for. */
export async function* trace(
  reader: Reader,
  measure: Measure,
  request: MeasureRequest,
): AsyncGenerator<TraceRow> {
  const question = await questionOf(reader, measure, request);
  const reach = await reachOf(reader, measure.needs, request.period, request.settings.zone);
  if (!reach.delivered || reach.asOf === null) return;
  const at = snapshotDay(request.period, reach.asOf, request.settings.zone);
  const context = contextOf(question, request.period, at, { ...reach, asOf: reach.asOf });
  if (at <= request.period.from || ((await measure.missing?.(context)) ?? null) !== null) return;
  const groups = question.groups.length === 0 ? [library] : question.groups;
  for await (const { shares, count, ...thing } of measure.trace(context)) {
    for (const group of groups) {
      const weight = weightIn(shares, group, question.counting);
      if (compare(weight, zero) === 0) continue;
      yield { ...thing, department: group.id, weight: fractionText(weight), amount: count };
    }
  }
}

interface Question {
  readonly reader: Reader;
  readonly measure: Measure;
  readonly request: MeasureRequest;
  readonly sets: ReadonlyMap<number, WeightVector>;
  readonly counting: Counting;
  readonly mappingVersion: string | null;
  /** Rows are made for each of them. */
  readonly groups: readonly Group[];
  /** The total is made for them together. */
  readonly all: Group;
  readonly dimension: Dimension | null;
}

interface Computation {
  readonly reach: Reach;
  /** Null: there is no figure, for the reason given. */
  readonly computed: Computed | null;
  readonly why: string | null;
}

async function questionOf(reader: Reader, measure: Measure, request: MeasureRequest): Promise<Question> {
  const { departments, mapping } = request;
  const by = request.by ?? (measure.by.includes("department") ? "department" : null);
  checkRequest(measure, by, request);
  const sets = await readSets(reader);
  const version = await readMapping(reader);
  const chosen = departmentGroups(mapping, sets, departments);
  const all = departments === undefined ? library : groupOf("all", departments);
  const dimension = by === null || by === "department" || by === "liaison" || by === "month" ? null : by;
  const groups =
    by === null
      ? []
      : by === "department"
        ? chosen
        : by === "liaison"
          ? liaisonGroups(mapping)
          : departments === undefined
            ? [library]
            : chosen;
  return {
    reader,
    measure,
    request,
    sets,
    counting:
      measure.alwaysFractional === true ? "fractional" : countingOf(version?.policy, request.counting),
    mappingVersion: version?.version ?? null,
    groups,
    all,
    dimension,
  };
}

function countingOf(policy: string | undefined, asked: "fractional" | "whole" | undefined): Counting {
  if (asked === "whole" || policy === "all") return "whole";
  return policy === "first" ? "first" : "fractional";
}

function checkRequest(measure: Measure, by: By | null, request: MeasureRequest): void {
  if (by === null && request.departments !== undefined)
    refuse("NO_SUCH_BREAKDOWN", `${measure.id} is a figure of the library`, "leave the department out");
  if (by !== null && !measure.by.includes(by)) {
    refuse(
      "NO_SUCH_BREAKDOWN",
      `${measure.id} cannot be told by ${by}`,
      `it can by ${measure.by.join(", ")}`,
    );
  }
  for (const name of Object.keys(request.with ?? {})) {
    if (measure.parameters.includes(name)) continue;
    const meant = suggestion(name, measure.parameters);
    const known =
      measure.parameters.length === 0 ? "it takes none" : `it takes ${measure.parameters.join(", ")}`;
    refuse(
      "UNKNOWN_PARAMETER",
      `${measure.id} has no parameter "${name}"`,
      meant === null ? known : `did you mean "${meant}"?`,
    );
  }
}

function refuse(code: string, what: string, cure: string): never {
  throw new ConfigError([{ code, what, cure }]);
}

async function computeFor(question: Question, period: Period): Promise<Computation> {
  const { reader, measure, request } = question;
  const { zone } = request.settings;
  const reach = await reachOf(reader, measure.needs, period, zone);
  if (!reach.delivered || reach.asOf === null)
    return { reach, computed: null, why: `no source has delivered ${measure.needs[0]} yet` };
  const at = snapshotDay(period, reach.asOf, zone);
  const context = contextOf(question, period, at, { ...reach, asOf: reach.asOf });
  const missing = (await measure.missing?.(context)) ?? null;
  if (missing !== null) return { reach, computed: null, why: missing };
  if (at <= period.from) {
    const read = dayIn(reach.asOf, zone);
    return { reach, computed: null, why: `the period begins after the last reading, on ${read}` };
  }
  if (
    measure.kind === "flow" &&
    reach.coverage === 0 &&
    reach.completeFrom !== null &&
    reach.completeFrom >= period.end
  )
    return { reach, computed: null, why: `${measure.needs[0]} are known from ${reach.completeFrom} on` };
  return { reach, computed: await measure.compute(context), why: null };
}

function contextOf(
  question: Question,
  period: Period,
  at: MeasureContext["at"],
  { asOf, completeFrom }: Pick<MeasureContext, "asOf" | "completeFrom">,
): MeasureContext {
  const { reader, measure, request, sets, groups, all, dimension } = question;
  const shares = new Map<number, Shares | null>();
  for (const [setId, { excluded, members }] of sets)
    shares.set(setId, excluded ? null : measure.alwaysFractional === true ? wholeOf(members) : members);
  return {
    reader,
    settings: request.settings,
    mapping: request.mapping,
    period,
    at,
    ...(dimension !== null && { dimension }),
    setIds: setsWith(sets, [...groups, all]),
    shares: (setId) => shares.get(setId) ?? null,
    parameters: request.with ?? {},
    asOf,
    completeFrom,
  };
}

function figureFor(
  { counting, measure }: Question,
  { computed, reach }: Computation,
  cells: readonly Cell[],
  group: Group,
): FigureValue {
  if (computed === null) return { value: null, reason: "no-data" };
  // Many cells have the same shares: some hundred in the largest library.
  const weights = new Map<Shares | null, Fraction>();
  const counted = cells.flatMap(({ shares, amounts }) => {
    const weight = weights.get(shares) ?? weightIn(shares, group, counting);
    weights.set(shares, weight);
    return weight.num === 0n ? [] : [{ amounts, weight }];
  });
  const figure = computed.figure(counted);
  const running = figure.value !== null && !reach.closed && measure.unit !== "money";
  return running ? { ...figure, reason: "not-closed" } : figure;
}

function rowsOf(question: Question, computation: Computation): MeasureRow[] {
  const { request, groups, dimension } = question;
  const { by } = request;
  const cells = computation.computed?.cells ?? [];
  if (dimension === null) {
    const name = by === "liaison" ? "liaison" : "department";
    return groups.map((group) => ({ [name]: group.id, ...figureFor(question, computation, cells, group) }));
  }
  const byKey = Map.groupBy(cells, ({ key }) =>
    dimension === "class" ? classOf(key) : key === "" ? null : key,
  );
  const keys = [...byKey.keys()].sort(nullLast);
  // Of a department only the keys under which it has anything; the library has all of them.
  const isOf = (group: Group, key: string | null): boolean =>
    group.departments === null ||
    (byKey.get(key) ?? []).some(
      ({ shares }) => compare(weightIn(shares, group, question.counting), zero) > 0,
    );
  return groups.flatMap((group) =>
    keys
      .filter((key) => isOf(group, key))
      .map((key) => ({
        ...(group.departments !== null && { department: group.id }),
        [dimension]: key,
        ...figureFor(question, computation, byKey.get(key) ?? [], group),
      })),
  );
}

async function monthRows(question: Question): Promise<MeasureRow[]> {
  const rows: MeasureRow[] = [];
  for (const piece of monthPieces(question.request.period)) {
    const computation = await computeFor(question, piece);
    for (const group of question.groups) {
      rows.push({
        ...(group.departments !== null && { department: group.id }),
        month: piece.from.slice(0, 7),
        ...figureFor(question, computation, computation.computed?.cells ?? [], group),
      });
    }
  }
  return rows;
}

function nullLast(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function notesOf({ measure, counting, request }: Question, { computed, reach, why }: Computation): string[] {
  const notes = why === null ? [] : [why];
  if (computed !== null && measure.kind === "flow" && reach.coverage < 100 && reach.completeFrom !== null) {
    const kind = measure.additive ? ": at least" : "";
    notes.push(`complete from ${reach.completeFrom} on${kind}`);
  }
  if (measure.alwaysFractional === true && request.counting === "whole")
    notes.push("counted fractionally: its parts are shares of the library");
  if (counting === "whole") notes.push("counted whole: the figures of departments overlap");
  notes.push(...(computed?.notes ?? []));
  notes.push(
    ...reach.notices.map(({ code, what, why }) =>
      problemText({ code, what, ...(why !== undefined && { why }) }),
    ),
  );
  return notes;
}
