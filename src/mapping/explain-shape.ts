/** What `map explain --json` prints. */
import type { TargetItem, TargetRecord } from "../domain/evidence.ts";
import { fractionText, toNumber } from "../domain/weight.ts";
import type { Engine } from "./engine.ts";

interface RulePlace {
  readonly file: string;
  readonly line: number;
}

export interface ExplainShape {
  /** As the user named it: `record:1`, `item:2`, a call number, a file. */
  readonly target: string;
  /** For an excluded target one entry, `excluded`. */
  readonly decision: readonly {
    readonly department: string;
    readonly weight: number;
    readonly fraction: string;
    readonly rule: RulePlace | null;
    readonly evidence: { readonly kind: string; readonly tag?: string; readonly text: string } | null;
  }[];
  readonly lost: readonly { readonly department: string; readonly rule: RulePlace; readonly why: string }[];
}

export function explainShape(
  mapping: Pick<Engine, "explain">,
  record: TargetRecord,
  item: TargetItem | null,
  target: string,
): ExplainShape {
  const { decision, excludedBy, lost } = mapping.explain(record, item);
  const decided = decision.assignments.map(({ department, weight, rule, evidence }) => ({
    department,
    weight: toNumber(weight),
    fraction: fractionText(weight),
    rule: rule === null ? null : placeOf(rule),
    evidence,
  }));
  const excluded =
    excludedBy === null
      ? []
      : [{ department: "excluded", weight: 1, fraction: "1", rule: placeOf(excludedBy), evidence: null }];
  return {
    target,
    decision: decision.excluded ? excluded : decided,
    lost: lost.map(({ department, rule, why }) => ({ department, rule: placeOf(rule), why })),
  };
}

function placeOf({ file, line }: RulePlace): RulePlace {
  return { file, line };
}
