/** What every report that uses these figures must say: months that are missing, or told in part. */
import type { Problem } from "../../src/domain/problem.ts";
import { monthText } from "../../src/domain/time.ts";
import type { Month } from "../../src/domain/time.ts";
import type { State } from "./cursor.ts";
import type { Span } from "./plan.ts";

/** `said`: what this run's answers gave cause to say. */
export function noticesOf(id: string, { months }: State, said: readonly Problem[], reach: Span): Problem[] {
  const named = (wanted: string): string =>
    [...months]
      .filter(([month, { state }]) => state === wanted && month >= reach.from)
      .sort(([a], [b]) => a - b)
      .map(([month]) => monthText(month as Month))
      .join(", ");
  const notices: Problem[] = [...new Map(said.map((problem) => [problem.what, problem])).values()];
  const [waiting, partial] = [named("waiting"), named("partial")];
  if (waiting !== "")
    notices.push({ code: "sushi-waiting", what: `${id}: the provider has not told ${waiting} yet` });
  if (partial !== "")
    notices.push({
      code: "sushi-partial",
      what: `${id}: what the provider told of ${partial} is incomplete`,
    });
  return notices;
}
