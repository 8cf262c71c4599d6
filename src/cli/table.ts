/** Aligned columns for a terminal: text to the left, numbers to the right. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  if (rows.length === 0) return "(none)";
  const cells = [head, ...rows.map((row) => row.map((cell) => (cell === null ? "–" : String(cell))))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? "").length)));
  const rightAligned = head.map((_, column) => rows.every((row) => typeof (row[column] ?? 0) === "number"));
  return cells
    .map((row) =>
      row
        .map((cell, column) =>
          rightAligned[column] === true
            ? cell.padStart(widths[column] ?? 0)
            : cell.padEnd(widths[column] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
