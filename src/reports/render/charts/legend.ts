import type { ChartSeries } from "../../model.ts";
import { textSize, toneOf } from "./scene.ts";
import type { Mark } from "./scene.ts";

/** Which bar is what, in one line at the top. */
export function legend(series: readonly ChartSeries[], width: number): Mark[] {
  const step = width / series.length;
  return series.flatMap(({ label }, n): Mark[] => [
    { kind: "bar", x: Math.round(n * step), y: 1, width: 12, height: textSize, tone: toneOf(n) },
    { kind: "text", x: Math.round(n * step) + 18, y: textSize, anchor: "start", role: "label", text: label },
  ]);
}
