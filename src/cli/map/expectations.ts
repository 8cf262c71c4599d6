import type { Mapping, MappingProblem } from "../../mapping/index.ts";

/** Each expectation that the rules do not meet, as an error of its line. */
export function failedExpectations(mapping: Mapping): MappingProblem[] {
  return mapping.runExpectations().cases.flatMap(({ file, line, expected, got, ok }) =>
    ok
      ? []
      : [
          {
            code: "expectation-failed",
            severity: "error" as const,
            file,
            line,
            column: 1,
            what: `expected ${expected}, got ${got}`,
            where: `${file}:${line}:1`,
            cure: "mend the rules, or the expectation",
          },
        ],
  );
}
