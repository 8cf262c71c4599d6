import type { ChartBlock, ChartValue } from "../../model.ts";
import { rounded, textSize, toneOf } from "./scene.ts";
import type { Mark, Scene } from "./scene.ts";

const plot = 150;

/**
 * A line for each series, broken where a value is unknown; of a single one the highest and the lowest point are named,
 * several are named at their ends. The axis begins at zero.
 */
export function layoutLines({ points, series }: ChartBlock, width: number): Scene {
  const single = series.length === 1;
  const names = single ? 0 : Math.max(...series.map(({ label }) => label.length)) * textSize * 0.6 + 12;
  const [left, right] = [16, Math.max(16, names)];
  const top = textSize + 10;
  const base = top + plot;
  const most = Math.max(1e-9, ...points.flatMap(({ values }) => values.map(({ value }) => value ?? 0)));
  const x = (at: number): number =>
    rounded(left + (at / Math.max(1, points.length - 1)) * (width - left - right));
  const y = (value: number): number => rounded(base - (value / most) * plot);
  const marks: Mark[] = [0, 0.5, 1].map((share) => ({
    kind: "rule",
    x: left,
    y: rounded(base - share * plot),
    width: width - left - right,
  }));
  for (const [at, { mark, short }] of points.entries()) {
    // Where the axis has marks they alone are named: a word for each of sixty months has no room.
    const word = points.some((point) => point.mark !== undefined) && points.length > 16 ? mark : short;
    if (word !== undefined)
      marks.push({
        kind: "text",
        x: x(at),
        y: base + textSize + 6,
        anchor: "middle",
        role: "label",
        text: word,
      });
  }
  const ends: { readonly label: string; readonly y: number }[] = [];
  for (const [n, { label }] of series.entries()) {
    const values = points.map((point) => point.values[n]);
    // The last one, which is the newest of several years, is the strong one.
    const tone = toneOf(series.length - 1 - n);
    for (const run of runsOf(values)) {
      marks.push({
        kind: "line",
        points: run.map(([at, value]) => [x(at), y(value)] as const),
        tone,
      });
      if (run.length === 1 && run[0] !== undefined)
        marks.push({ kind: "dot", x: x(run[0][0]), y: y(run[0][1]), tone });
    }
    const last = values.findLast((value) => value !== undefined && value.value !== null);
    if (!single && last?.value !== null && last !== undefined) ends.push({ label, y: y(last.value) });
  }
  if (single)
    marks.push(
      ...extremes(
        points.map(({ values }) => values[0]),
        x,
        y,
        width,
      ),
    );
  else marks.push(...endLabels(ends, width - right + 8));
  return { width, height: base + textSize + 14, marks };
}

/** Stretches of known values, as place and value. */
function runsOf(values: readonly (ChartValue | undefined)[]): (readonly [number, number])[][] {
  const runs: (readonly [number, number])[][] = [];
  let open: (readonly [number, number])[] | null = null;
  for (const [at, given] of values.entries()) {
    const value = given?.value ?? null;
    if (value === null) {
      open = null;
      continue;
    }
    if (open === null) runs.push((open = []));
    open.push([at, value]);
  }
  return runs;
}

function extremes(
  values: readonly (ChartValue | undefined)[],
  x: (at: number) => number,
  y: (value: number) => number,
  width: number,
): Mark[] {
  const known = values.flatMap((given, at) =>
    given === undefined || given.value === null ? [] : [{ at, value: given.value, text: given.text }],
  );
  const sorted = [...known].sort((a, b) => b.value - a.value);
  const [highest, lowest] = [sorted[0], sorted.at(-1)];
  if (highest === undefined || lowest === undefined) return [];
  return [highest, ...(lowest.value === highest.value ? [] : [lowest])].flatMap((point): Mark[] => {
    const { at, value, text } = point;
    const place = x(at);
    const anchor = place < 40 ? "start" : place > width - 40 ? "end" : "middle";
    return [
      { kind: "dot", x: place, y: y(value), tone: 0 },
      {
        kind: "text",
        x: place,
        y: rounded(y(value) + (point === highest ? -7 : textSize + 6)),
        anchor,
        role: "value",
        text,
      },
    ];
  });
}

/** Names of lines that end close together are moved apart. */
function endLabels(ends: readonly { readonly label: string; readonly y: number }[], x: number): Mark[] {
  let free = Number.NEGATIVE_INFINITY;
  return [...ends]
    .sort((a, b) => a.y - b.y)
    .map(({ label, y }): Mark => {
      const place = Math.max(y + 4, free + textSize + 2);
      free = place;
      return { kind: "text", x: rounded(x), y: rounded(place), anchor: "start", role: "label", text: label };
    });
}
