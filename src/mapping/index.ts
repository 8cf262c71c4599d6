/** The rule language: compile the files, decide, explain, test. */
import type { Assigner } from "../domain/evidence.ts";
import { compileFiles, conditionsIn } from "./compile.ts";
import type { CompiledFiles, Department, Liaison } from "./compile.ts";
import { createEngine } from "./engine.ts";
import type { Engine } from "./engine.ts";
import { runExpectations } from "./expectations.ts";
import type { ExpectationRun } from "./expectations.ts";
import { addNotices } from "./notices.ts";
import { byPlace, createFindings } from "./problem.ts";
import type { MappingProblem } from "./problem.ts";
import { readFiles } from "./read.ts";
import type { MappingFile } from "./read.ts";
import type { Policy, Weeding } from "./rule.ts";
import { addUnreachable } from "./unreachable.ts";
import { versionOf } from "./version.ts";

export type { Department, Liaison } from "./compile.ts";
export { targetOfCallNumber } from "./expectations.ts";
export type { ExpectationRun } from "./expectations.ts";
export { explainShape } from "./explain-shape.ts";
export type { ExplainShape } from "./explain-shape.ts";
export type { MappingProblem } from "./problem.ts";
export type { MappingFile } from "./read.ts";
export type { Policy, Weeding } from "./rule.ts";
export { expectationsSchema, mappingSchema } from "./schema.ts";
export { holdsForItem } from "./weeding.ts";

export interface Mapping {
  /** Hash of the compiled files without positions, hexadecimal. */
  readonly version: string;
  readonly departments: ReadonlyMap<string, Department>;
  readonly liaisons: ReadonlyMap<string, Liaison>;
  readonly policy: Policy;
  readonly weeding: readonly Weeding[];
  /**
   * The MARC fields that its conditions name, `502$a`, sorted: what `extractMarcEvidence` must have taken from every
   * record before the mapping decides.
   */
  readonly marcSelectors: readonly string[];
  readonly assign: Assigner;
  readonly explain: Engine["explain"];
  /** The expectations kept beside the rules. */
  runExpectations(): ExpectationRun;
}

export type CompileResult =
  | {
      readonly ok: true;
      readonly mapping: Mapping;
      /** Warnings and information, in the order of the files. */
      readonly warnings: readonly MappingProblem[];
    }
  | {
      readonly ok: false;
      /** Errors, with the warnings and information that were found beside them. */
      readonly problems: readonly MappingProblem[];
    };

/** All files of the folder together; their order counts only under the policy `first`, where it is that of names. */
export function compileMapping(files: readonly MappingFile[]): CompileResult {
  const findings = createFindings();
  const { rules, expectations } = readFiles(files, findings);
  const compiled = compileFiles(rules, findings);
  const isReadable = !findings.all.some(({ severity }) => severity === "error");
  if (isReadable && compiled.departments.size === 0) {
    findings.error(
      { file: files[0]?.path ?? "mappings/", line: 1, column: 1 },
      "no-departments",
      "no file names a department",
      "write departments: in a file such as departments.yaml",
    );
  }
  if (isReadable) {
    addNotices(compiled, rules, findings);
    addUnreachable(compiled, findings);
  }
  const found = [...findings.all].sort(byPlace);
  const errors = found.filter(({ severity }) => severity === "error");
  if (errors.length > 0)
    return { ok: false, problems: [...errors, ...found.filter(({ severity }) => severity !== "error")] };
  const engine = createEngine({
    departments: compiled.rules,
    exclude: compiled.exclude,
    policy: compiled.policy,
  });
  const { departments, liaisons, policy, weeding } = compiled;
  return {
    ok: true,
    warnings: found,
    mapping: {
      version: versionOf(compiled),
      departments,
      liaisons,
      policy,
      weeding,
      marcSelectors: selectorsOf(compiled),
      ...engine,
      runExpectations: () => runExpectations(expectations, engine),
    },
  };
}

function selectorsOf(compiled: CompiledFiles): string[] {
  const selectors = conditionsIn(compiled).flatMap(({ marc }) => marc?.map(({ selector }) => selector) ?? []);
  return [...new Set(selectors)].sort();
}
