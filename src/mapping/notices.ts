/** What is no error, but what an administrator wants to know. */
import { classesBelow } from "../domain/call-number/index.ts";
import type { CompiledFiles } from "./compiled.ts";
import type { Findings } from "./problem.ts";
import type { RulesFile } from "./read.ts";

/** A bare class is that class alone: said to who writes `Q` while nobody claims QA, QB, … */
export function addNotices({ rules }: CompiledFiles, files: readonly RulesFile[], findings: Findings): void {
  const ranges = rules.flatMap(({ rules: own }) => own.flatMap(({ condition }) => condition.ranges));
  const claimed = new Set<string>();
  const wild: string[] = [];
  for (const { list } of ranges) {
    for (const { low, text } of list) {
      if (text.endsWith("*")) wild.push(low);
      else claimed.add(low.split(" ")[0] ?? low);
    }
  }
  const isClaimed = (cls: string): boolean => claimed.has(cls) || wild.some((start) => cls.startsWith(start));
  for (const { raw, yaml } of files) {
    for (const [id, department] of Object.entries(raw.departments ?? {})) {
      for (const [index, rule] of (department.rules ?? []).entries()) {
        for (const scheme of ["lcc", "nlm"] as const) {
          const value = rule[scheme];
          const written = value === undefined ? [] : typeof value === "string" ? [value] : value;
          for (const [n, text] of written.entries()) {
            const below = classesBelow(scheme, text.trim().toUpperCase()).filter((cls) => !isClaimed(cls));
            if (below.length === 0) continue;
            const path = ["departments", id, "rules", index, scheme];
            findings.add(
              yaml.place(typeof value === "string" ? path : [...path, n]),
              "bare-class",
              `${text} is ${text} alone, and nobody claims ${below.slice(0, 4).join(", ")}${below.length > 4 ? " …" : ""}`,
              `write ${text}* if they are meant too`,
            );
          }
        }
      }
    }
  }
}
