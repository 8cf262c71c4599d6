/** Worked examples of weeding. */
import type { CalendarDay } from "../../../src/domain/time.ts";
import type { WeedingRule } from "../../../src/measures/types.ts";
import { judgeCopy, protections } from "../../../src/measures/weeding-judge.ts";
import type { Runs } from "./form.ts";

interface Input {
  readonly publicationYear: number | null;
  readonly acquired: CalendarDay | null;
  readonly lastUse: CalendarDay | null;
  readonly factors?: readonly string[];
}

export const weeding: Runs = {
  "weeding-candidate": ({ input, params }) => {
    const { publicationYear, acquired, lastUse, factors = [] } = input as Input;
    const flags = input as Readonly<Record<string, unknown>>;
    const { rule, at } = params as { rule: WeedingRule; at: CalendarDay };
    const protectedBy = protections.filter((name) => flags[name] === true);
    const verdict = judgeCopy({ publicationYear, acquired, lastUse, factors, protectedBy }, rule, at);
    const kept = verdict.kept ? `kept: ${verdict.protectedBy.join(", ")}` : "no";
    return { ...verdict, value: verdict.candidate, display: verdict.candidate ? "candidate" : kept };
  },
};
