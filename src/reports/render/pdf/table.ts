import type { Cell, Column, TableBlock } from "../../model.ts";
import type { Element } from "./canvas.ts";
import type { Inline } from "./inline.ts";
import { colours } from "./sheet.ts";
import type { Box, Sheet } from "./sheet.ts";
import { cellInlines } from "./texts.ts";

interface Place {
  readonly column: Column;
  /** In its row. */
  readonly at: number;
  readonly box: Box;
}

const gap = 8;
const pad = 3;
/** More columns are set in smaller print. */
const roomyColumns = 5;

/** A data table, its heads on every page; each group is a table of its own, named by its label. */
export function drawTable(sheet: Sheet, parent: Element, table: TableBlock): void {
  const size = table.columns.length > roomyColumns ? 7.5 : 9.5;
  const places = placesOf(sheet, table, size);
  for (const [n, { label, rows }] of table.groups.entries()) {
    sheet.need(size * 8);
    if (n === 0 && table.caption !== "")
      sheet.paragraph(parent, "P", [{ text: table.caption, size: 9.5, colour: colours.soft }]);
    if (label !== null) {
      sheet.skip(6);
      sheet.paragraph(parent, "P", [{ text: label, size: 9.5, colour: colours.accent, bold: true }]);
    }
    drawRows(sheet, parent, places, rows, size);
  }
  if (table.more !== undefined) {
    sheet.skip(2);
    sheet.paragraph(parent, "P", [{ text: table.more, size: 9, colour: colours.soft }]);
  }
  sheet.skip(8);
}

function drawRows(
  sheet: Sheet,
  parent: Element,
  places: readonly Place[],
  rows: readonly (readonly Cell[])[],
  size: number,
): void {
  const table = sheet.element(parent, "Table");
  const heads = places.map(({ column }): Inline[] => [
    { text: column.label, size: size - 0.5, colour: colours.soft, bold: true },
  ]);
  const head = sheet.element(table, "THead");
  const headRow = sheet.element(head, "TR");
  drawRow(sheet, headRow, places, heads, () => ["TH", { scope: "Column" }]);
  headRow.end();
  head.end();
  sheet.rule(colours.soft, 0.8, sheet.top());
  const body = sheet.element(table, "TBody");
  for (const row of rows) {
    const cells = places.map(({ at }): Inline[] => {
      const cell = row[at];
      return cell === undefined ? [] : cellInlines(cell, { size, colour: colours.ink });
    });
    if (sheet.need(heightOf(sheet, places, cells))) {
      drawRow(sheet, null, places, heads, () => ["TH", {}]);
      sheet.rule(colours.soft, 0.8, sheet.top());
    }
    const line = sheet.element(body, "TR");
    drawRow(sheet, line, places, cells, (n) => (n === 0 ? ["TH", { scope: "Row" }] : ["TD", {}]));
    line.end();
    sheet.rule(colours.line, 0.5, sheet.top());
  }
  body.end();
  table.end();
}

function heightOf(sheet: Sheet, places: readonly Place[], cells: readonly (readonly Inline[])[]): number {
  const heights = cells.map((inlines, n) => sheet.heightOf(inlines, places[n]?.box.width ?? 1));
  return Math.max(...heights) + 2 * pad;
}

/** Without an element a head that is repeated, which is no content. */
function drawRow(
  sheet: Sheet,
  row: Element | null,
  places: readonly Place[],
  cells: readonly (readonly Inline[])[],
  tagOf: (n: number) => readonly [string, object],
): void {
  const top = sheet.top();
  for (const [n, { box }] of places.entries()) {
    const cell = row === null ? null : sheet.element(row, ...tagOf(n));
    sheet.textAt(cell, cells[n] ?? [], top + pad, box);
    cell?.end();
  }
  sheet.moveTo(top + heightOf(sheet, places, cells));
}

/** Columns as wide as their widest text where there is room; else the widest give way, down to their longest word. */
function placesOf(sheet: Sheet, { columns, groups }: TableBlock, size: number): Place[] {
  const rows = groups.flatMap((group) => group.rows);
  const style = { size, colour: colours.ink };
  const wanted = columns.map(({ label }, at) => {
    const cells = rows.slice(0, 200).flatMap((row) => row[at] ?? []);
    const texts = cells.map((cell) => sheet.canvas.widthOf(cellInlines(cell, style)));
    return Math.ceil(Math.max(sheet.canvas.widthOf([{ text: label, ...style, bold: true }]), ...texts)) + 1;
  });
  const room = sheet.width - gap * (columns.length - 1);
  const widths = fitted(wanted, room);
  let left = 0;
  return columns.map((column, at) => {
    const width = widths[at] ?? 0;
    const box = { left, width, align: column.align };
    left += width + gap;
    return { column, at, box };
  });
}

/** Lowers the widest to one height until all fit; what is left over goes to the first. */
export function fitted(wanted: readonly number[], room: number): number[] {
  const total = wanted.reduce((sum, width) => sum + width, 0);
  if (total <= room) return wanted.map((width, n) => (n === 0 ? width + room - total : width));
  let cap = room;
  let free = room;
  let left = wanted.length;
  for (const width of [...wanted].sort((a, b) => a - b)) {
    cap = free / left;
    if (width > cap) break;
    free -= width;
    left--;
  }
  return wanted.map((width) => Math.min(width, cap));
}
