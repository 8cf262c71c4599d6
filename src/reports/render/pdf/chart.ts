import type { ChartBlock } from "../../model.ts";
import { layoutChart } from "../charts/layout.ts";
import type { Mark } from "../charts/scene.ts";
import { textSize } from "../charts/scene.ts";
import type { Element } from "./canvas.ts";
import { colours } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";

const dashes = [[], [7, 3], [2, 3], [9, 3, 2, 3], [4, 6]] as const;

/** A drawing of lines and texts with its message as alternative text. */
export function drawChart(sheet: Sheet, parent: Element, chart: ChartBlock): void {
  const scene = layoutChart(chart, sheet.width);
  sheet.need(scene.height + 20);
  sheet.paragraph(parent, "P", [{ text: chart.alt, size: 9.5, colour: colours.soft }]);
  sheet.skip(4);
  const top = sheet.top();
  const { doc } = sheet.canvas;
  const bbox = [sheet.margin, top, sheet.margin + scene.width, top + scene.height];
  const figure = sheet.element(parent, "Figure", { alt: `${chart.caption}. ${chart.alt}`, bbox });
  figure.add(() => {
    doc.save().translate(sheet.margin, top);
    for (const mark of scene.marks) drawMark(sheet, mark);
    doc.restore();
  });
  figure.end();
  sheet.moveTo(top + scene.height + 6);
}

function drawMark({ canvas }: Sheet, mark: Mark): void {
  const { doc } = canvas;
  switch (mark.kind) {
    case "bar":
      doc.roundedRect(mark.x, mark.y, mark.width, mark.height, Math.min(2, mark.width / 2, mark.height / 2));
      if (mark.tone === 0) doc.fill(colours.bar);
      else doc.lineWidth(1.2).fillAndStroke("#ffffff", colours.bar);
      return;
    case "line": {
      const [first, ...rest] = mark.points;
      if (first === undefined) return;
      doc.moveTo(...first);
      for (const point of rest) doc.lineTo(...point);
      const [on, off] = dashes[mark.tone];
      if (on !== undefined && off !== undefined) doc.dash(on, { space: off });
      doc.lineWidth(mark.tone === 0 ? 2 : 1.2).stroke(colours.bar);
      doc.undash();
      return;
    }
    case "dot":
      doc.circle(mark.x, mark.y, 3).fill(colours.bar);
      return;
    case "rule":
      doc
        .moveTo(mark.x, mark.y)
        .lineTo(mark.x + mark.width, mark.y)
        .lineWidth(0.7)
        .stroke(colours.line);
      return;
    case "text": {
      const colour = mark.role === "value" ? colours.ink : colours.soft;
      const [line] = canvas.lines([{ text: mark.text, size: textSize, colour }], Number.MAX_VALUE);
      if (line === undefined) return;
      const width = canvas.widthOfLine(line);
      const shift = mark.anchor === "start" ? 0 : mark.anchor === "middle" ? width / 2 : width;
      canvas.drawUntagged(line, mark.x - shift, mark.y);
      return;
    }
  }
}
