/** The departments that expectations name. */
import { suggestion } from "../domain/spelling.ts";
import type { Department } from "./compiled.ts";
import type { Findings, Place } from "./problem.ts";
import type { ExpectationAt } from "./read.ts";

const outcomes = ["unassigned", "excluded"];

export function checkExpected(
  expectations: readonly ExpectationAt[],
  departments: ReadonlyMap<string, Department>,
  findings: Findings,
): void {
  const check = (id: string, at: () => Place): void => {
    if (departments.has(id) || outcomes.includes(id)) return;
    const heir = [...departments.values()].find(({ formerly }) => formerly.includes(id));
    const meant = heir?.id ?? suggestion(id, [...departments.keys(), ...outcomes]);
    const cure =
      heir === undefined
        ? meant === null
          ? "correct the id, or add the department"
          : `did you mean "${meant}"?`
        : `it is ${heir.id} now`;
    findings.add(at(), "unknown-department", `there is no department "${id}"`, cure);
  };
  for (const { raw, place } of expectations) {
    if (raw.department !== undefined) check(raw.department, () => place("department"));
    for (const id of Object.keys(raw.departments ?? {})) check(id, () => place("departments", id));
  }
}
