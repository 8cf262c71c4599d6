/** Cross-validation: each fifth of the works once kept apart. */
import { compileMapping, createStudy, foldOf, proposalsFor, withProposals } from "../../src/mapping/index.ts";
import type { Assigner } from "../../src/domain/evidence.ts";
import type { CurvePoint, MappingFile } from "../../src/mapping/index.ts";
import type { SampleTitle } from "./titles.ts";

const confidences = [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95];
const folds = 5;

/** A table, line by line. */
export function* curveOf(titles: readonly SampleTitle[], files: readonly MappingFile[]): Generator<string> {
  const classified = oncePerWork(titles.filter(({ departments }) => departments.length > 0));
  const alone = oncePerWork(titles.filter(({ departments }) => departments.length === 0));
  yield `${classified.length} works with headings and a department by call number, ${alone.length} with headings alone`;
  yield "confidence  entries  kept apart: reached  right (worst-best fold)  headings alone: reached";
  for (const confidence of [null, ...confidences]) {
    const points = Array.from({ length: folds }, (_, fold) =>
      pointOf(confidence, fold, classified, alone, files),
    );
    yield rowOf(confidence, points, alone.length);
  }
}

export interface FoldPoint extends CurvePoint {
  readonly aloneReached: number;
}

/** One fold; confidence null: the mapping's own heading rules. */
export function pointOf(
  confidence: number | null,
  fold: number,
  classified: readonly SampleTitle[],
  alone: readonly SampleTitle[],
  files: readonly MappingFile[],
): FoldPoint {
  const study = createStudy({ files, compile, isKept: (work) => foldOf(work) === fold });
  for (const title of classified) study.add(title);
  const own = compile(files);
  if (confidence === null) {
    const aloneReached = reached(own.assign, alone);
    return { confidence: 1, proposals: 0, aloneReached, ...study.before(own.assign) };
  }
  const point = study.at(confidence);
  const proposals = proposalsFor(study.table, confidence, alone);
  const { assign } = compile(withProposals(files, proposals));
  return { ...point, aloneReached: reached(assign, alone) };
}

function compile(files: readonly MappingFile[]): { readonly assign: Assigner } {
  const compiled = compileMapping(files);
  if (!compiled.ok)
    throw new Error(compiled.problems.map(({ what, where }) => `${where}: ${what}`).join("\n"));
  return compiled.mapping;
}

function reached(assign: Assigner, titles: readonly SampleTitle[]): number {
  return titles.filter(({ byHeadings }) =>
    assign(byHeadings, null).assignments.some(({ evidence }) => evidence !== null),
  ).length;
}

export function oncePerWork<T extends { readonly work: string }>(titles: readonly T[]): T[] {
  const seen = new Set<string>();
  return titles.filter(({ work }) => !seen.has(work) && seen.add(work));
}

function rowOf(confidence: number | null, points: readonly FoldPoint[], alone: number): string {
  const sum = (of: (point: FoldPoint) => number): number =>
    points.reduce((total, point) => total + of(point), 0);
  const percent = (part: number, whole: number): string =>
    `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`.padStart(7);
  const byFold = points.map(({ right, reached: n }) => right / Math.max(1, n)).sort((a, b) => a - b);
  return [
    (confidence === null ? "mapping" : confidence.toFixed(2)).padEnd(10),
    String(Math.round(sum(({ proposals }) => proposals) / points.length)).padStart(8),
    percent(
      sum(({ reached: n }) => n),
      sum(({ titles }) => titles),
    ).padStart(21),
    percent(
      sum(({ right }) => right),
      sum(({ reached: n }) => n),
    ).padStart(8),
    `(${percent(byFold[0] ?? 0, 1).trim()} - ${percent(byFold.at(-1) ?? 0, 1).trim()})`,
    percent(sum(({ aloneReached }) => aloneReached) / points.length, alone).padStart(24),
  ].join(" ");
}
