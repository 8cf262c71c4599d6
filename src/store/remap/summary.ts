/** The diff of an application, kept beside it in `mapping_applied`. */
import type { Sql } from "../sql.ts";
import type { RemapCounts } from "./types.ts";

/** All but the examples; the JSON of `mapping_applied.summary`. */
export interface AppliedSummary extends Pick<
  RemapCounts,
  "titles" | "items" | "titlesMoved" | "itemsMoved" | "departments" | "rules"
> {
  readonly moves: readonly Omit<RemapCounts["moves"][number], "examples">[];
}

/** `id`: of the application, as `activateMapping` gave it. */
export function keepSummary(sql: Sql, id: number, counts: RemapCounts): void {
  const { titles, items, titlesMoved, itemsMoved, departments, rules } = counts;
  const moves = counts.moves.map(withoutExamples);
  const summary: AppliedSummary = { titles, items, titlesMoved, itemsMoved, departments, rules, moves };
  sql.run("UPDATE mapping_applied SET summary = ? WHERE id = ?", JSON.stringify(summary), id);
}

function withoutExamples({
  from,
  to,
  titles,
  items,
  loans,
  rules,
}: RemapCounts["moves"][number]): AppliedSummary["moves"][number] {
  return { from, to, titles, items, loans, rules };
}
