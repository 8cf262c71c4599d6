/** The ranges of the rules, each with its place in the files. */
import type { Range } from "../domain/call-number/index.ts";
import type { CompiledFiles } from "./compiled.ts";
import type { Condition } from "./condition.ts";
import type { Place } from "./problem.ts";
import type { RulesFile } from "./read.ts";
import type { Rule } from "./rule.ts";
import { writtenTexts } from "./walk.ts";

export interface WrittenRange {
  readonly range: Range;
  readonly rule: Rule;
  readonly except: readonly Condition[];
  readonly place: () => Place;
}

/** Of files without errors: every written rule and range is a compiled one, in the same order. */
export function writtenRanges({ rules }: CompiledFiles, files: readonly RulesFile[]): WrittenRange[] {
  const byId = new Map(rules.map((department) => [department.id, department]));
  return files.flatMap(({ raw, yaml }) =>
    Object.entries(raw.departments ?? {}).flatMap(([id, written]) => {
      const department = byId.get(id);
      const except = department?.except ?? [];
      return (department?.rules ?? []).flatMap((rule, index) =>
        rule.condition.ranges.flatMap(({ scheme, list }) => {
          const path = ["departments", id, "rules", index, scheme];
          const texts = writtenTexts(written.rules?.[index]?.[scheme], path);
          return list.map((range, n): WrittenRange => {
            const at = texts[n]?.path ?? path;
            return { range, rule, except, place: () => yaml.place(at) };
          });
        }),
      );
    }),
  );
}
