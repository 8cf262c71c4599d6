import type { ChartBlock } from "../../model.ts";
import { rounded, textSize } from "./scene.ts";
import type { Mark, Scene } from "./scene.ts";

const plot = 130;
const widestStep = 76;

/** One series as columns, its numbers above them; the words of the axis beneath, marks in a second line. */
export function layoutColumns({ points }: ChartBlock, width: number): Scene {
  const step = Math.min(widestStep, width / Math.max(1, points.length));
  const gap = Math.min(10, step / 5);
  const top = textSize + 6;
  const base = top + plot;
  const most = Math.max(1, ...points.map(({ values }) => values[0]?.value ?? 0));
  const marks: Mark[] = [{ kind: "rule", x: 0, y: base, width: rounded(step * points.length) }];
  for (const [at, { short, mark, values }] of points.entries()) {
    const [first] = values;
    if (first === undefined) continue;
    const height = ((first.value ?? 0) / most) * plot;
    const middle = rounded((at + 0.5) * step);
    const text = { kind: "text", x: middle, anchor: "middle" } as const;
    if (height > 0)
      marks.push({
        kind: "bar",
        x: rounded(at * step + gap),
        y: rounded(base - height),
        width: rounded(step - 2 * gap),
        height: rounded(height),
        tone: 0,
      });
    marks.push(
      {
        ...text,
        y: rounded(base - height - 5),
        role: "value",
        text: first.value === null ? "–" : shortText(first.text, step),
      },
      { ...text, y: base + textSize + 5, role: "label", text: short },
    );
    if (mark !== undefined) marks.push({ ...text, y: base + 2 * textSize + 8, role: "label", text: mark });
  }
  return { width, height: base + 2 * textSize + 14, marks };
}

/** A remark beside a number has no room above a column; it is in the table. */
function shortText(text: string, step: number): string {
  return text.length * textSize * 0.6 <= step ? text : text.replace(/\s.*$/u, "");
}
