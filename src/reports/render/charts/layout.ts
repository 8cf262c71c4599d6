/** Where the marks of a chart go, for a given width: columns, rows of bars, or lines. */
import type { ChartBlock } from "../../model.ts";
import { layoutColumns } from "./columns.ts";
import { layoutLines } from "./lines.ts";
import { layoutRows } from "./rows.ts";
import type { Scene } from "./scene.ts";

/** Columns need room for a number above each and a short word beneath. */
const [narrowestColumn, longestWord] = [34, 6];

export function layoutChart(chart: ChartBlock, width: number): Scene {
  if (chart.form === "line") return layoutLines(chart, width);
  const fitsColumns =
    chart.series.length === 1 &&
    width / chart.points.length >= narrowestColumn &&
    chart.points.every(({ short }) => short.length <= longestWord);
  return fitsColumns ? layoutColumns(chart, width) : layoutRows(chart, width);
}
