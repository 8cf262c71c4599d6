/** Pages that fill from top to bottom. */
import { openCanvas } from "./canvas.ts";
import type { Canvas, CanvasOptions, Element } from "./canvas.ts";
import type { Inline, Line } from "./inline.ts";

export const colours = {
  ink: "#1d2733",
  soft: "#55606e",
  line: "#dcd8cf",
  accent: "#1f5f8b",
  wash: "#eaf1f6",
  bar: "#3b82b5",
} as const;

/** From the left margin. */
export interface Box {
  readonly left: number;
  readonly width: number;
  readonly align: "start" | "end";
}

export interface Sheet {
  readonly canvas: Canvas;
  readonly margin: number;
  readonly width: number;
  /** Where the next thing stands on its page. */
  top(): number;
  moveTo(top: number): void;
  skip(height: number): void;
  /** Goes to a new page unless so much is left on this one; whether it did. */
  need(height: number): boolean;
  /** A child of `parent`, to be ended by who made it. */
  element(parent: Element, type: string, more?: object): Element;
  heightOf(inlines: readonly Inline[], width: number): number;
  /** A text in a box of this page; without an element no content. */
  textAt(element: Element | null, inlines: readonly Inline[], top: number, box: Box): void;
  /** A text of any length. */
  paragraph(parent: Element, type: string, inlines: readonly Inline[], left?: number): void;
  rule(colour: string, weight: number, at: number): void;
  ground(colour: string, top: number, height: number, width: number): void;
  /** Numbers the pages and gives the bytes. */
  close(foot: string): Promise<Uint8Array>;
}

const margin = 48;
const footer = 24;
const leading = 1.4;
/** Of a line's height, beneath its base. */
const descent = 0.3;

export async function openSheet(options: CanvasOptions): Promise<Sheet> {
  const canvas = await openCanvas(options);
  const { doc, artifact } = canvas;
  const width = doc.page.width - 2 * margin;
  const bottom = doc.page.height - margin - footer;
  let y = margin;

  const sheet: Sheet = {
    canvas,
    margin,
    width,
    top: () => y,
    moveTo: (top) => {
      y = top;
    },
    skip: (height) => {
      if (y > margin) y += height;
    },
    need: (height) => {
      if (y + height <= bottom || y === margin) return false;
      doc.addPage();
      y = margin;
      return true;
    },
    element: (parent, type, more = {}) => {
      const child = doc.struct(type, more);
      parent.add(child);
      return child;
    },
    heightOf: (inlines, room) =>
      canvas.lines(inlines, room).reduce((sum, line) => sum + heightOfLine(line, inlines), 0),
    textAt: (element, inlines, top, box) => {
      let at = top;
      for (const line of canvas.lines(inlines, box.width)) {
        const height = heightOfLine(line, inlines);
        const space = box.align === "end" ? box.width - canvas.widthOfLine(line) : 0;
        canvas.drawLine(element, line, margin + box.left + space, at + height * (1 - descent));
        at += height;
      }
    },
    paragraph: (parent, type, inlines, left = 0) => {
      const element = sheet.element(parent, type);
      for (const line of canvas.lines(inlines, width - left)) {
        const height = heightOfLine(line, inlines);
        sheet.need(height);
        canvas.drawLine(element, line, margin + left, y + height * (1 - descent));
        y += height;
      }
      element.end();
    },
    rule: (colour, weight, at) => {
      artifact(() => {
        doc
          .moveTo(margin, at)
          .lineTo(margin + width, at)
          .lineWidth(weight)
          .stroke(colour);
      });
    },
    ground: (colour, top, height, room) => {
      artifact(() => {
        doc.rect(margin, top, room, height).fill(colour);
      });
    },
    close: async (foot) => {
      const { count } = doc.bufferedPageRange();
      for (let page = 0; page < count; page++) {
        doc.switchToPage(page);
        drawFoot(canvas, foot, `${String(page + 1)} / ${String(count)}`, width);
      }
      return canvas.close();
    },
  };
  return sheet;
}

function heightOfLine(line: Line, inlines: readonly Inline[]): number {
  const sizes = (line.length === 0 ? inlines : line.map(({ inline }) => inline)).map(({ size }) => size);
  return leading * Math.max(0, ...sizes);
}

function drawFoot(canvas: Canvas, foot: string, number: string, width: number): void {
  const style = { size: 8, colour: colours.soft } as const;
  const base = canvas.doc.page.height - margin + 8;
  const [left] = canvas.lines([{ text: foot, ...style }], width - 80);
  const [right = []] = canvas.lines([{ text: number, ...style }], 80);
  if (left !== undefined) canvas.drawLine(null, left, margin, base);
  canvas.drawLine(null, right, margin + width - canvas.widthOfLine(right), base);
}
