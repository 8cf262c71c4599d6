import type { ChartBlock } from "../../model.ts";
import { legend } from "./legend.ts";
import { rounded, textSize, toneOf } from "./scene.ts";
import type { Mark, Scene } from "./scene.ts";

const bar = 13;
/** Of a sign, for room: the fonts are not known here. */
const sign = textSize * 0.6;
/** Longer words stand above their bars. */
const longestBeside = 12;

/** Bars from left to right, their numbers at the end; several series one beneath the other. */
export function layoutRows({ points, series }: ChartBlock, width: number): Scene {
  const several = series.length > 1;
  const most = Math.max(1e-9, ...points.flatMap(({ values }) => values.map(({ value }) => value ?? 0)));
  const texts = points.flatMap(({ values }) => values.map(({ text }) => text.length));
  const right = Math.ceil(Math.max(1, ...texts) * sign) + 8;
  const longest = Math.max(1, ...points.map(({ label }) => label.length));
  const beside = !several && longest <= longestBeside;
  const left = beside ? Math.ceil(longest * sign) + 8 : 0;
  const room = Math.max(20, width - left - right);
  const marks: Mark[] = several ? legend(series, width) : [];
  let y = several ? textSize + 14 : 0;
  for (const { label, values } of points) {
    marks.push({ kind: "text", x: 0, y: rounded(y + textSize), anchor: "start", role: "label", text: label });
    if (!beside) y += textSize + 5;
    for (const [n, { value, text }] of values.entries()) {
      const size = ((value ?? 0) / most) * room;
      if (size > 0)
        marks.push({
          kind: "bar",
          x: left,
          y,
          width: rounded(Math.max(1, size)),
          height: bar,
          tone: toneOf(n),
        });
      marks.push({
        kind: "text",
        x: rounded(left + size + 6),
        y: y + bar - 2.5,
        anchor: "start",
        role: "value",
        text,
      });
      y += bar + 2;
    }
    y += beside ? 4 : 8;
  }
  return { width, height: Math.ceil(y), marks };
}
