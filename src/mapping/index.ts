/** The rule language: compile the files, decide, explain, test. */
import type { Assigner } from "../domain/evidence.ts";
import { addUnknownCodes } from "./catalogue.ts";
import type { Catalogue, Questions } from "./catalogue.ts";
import { compileFiles } from "./compile.ts";
import { conditionsIn } from "./compiled.ts";
import type { CompiledFiles, Department, Liaison } from "./compiled.ts";
import { differenceOf } from "./difference.ts";
import type { Difference } from "./difference.ts";
import { createEngine } from "./engine.ts";
import type { Engine } from "./engine.ts";
import { runExpectations } from "./expectations.ts";
import type { ExpectationRun } from "./expectations.ts";
import { checkExpected } from "./expected.ts";
import { lintFiles, uncommonVocabularies } from "./lint.ts";
import { createLists } from "./lists.ts";
import { addOverlaps, overlapsOf } from "./overlaps.ts";
import { checkLiaisons } from "./people.ts";
import { byPlace, createFindings } from "./problem.ts";
import type { Findings, MappingProblem } from "./problem.ts";
import { readFiles } from "./read.ts";
import type { MappingFile } from "./read.ts";
import type { Compiled, Policy, Weeding } from "./rule.ts";
import { versionOf } from "./version.ts";

export type { Department, Liaison } from "./compiled.ts";
export { targetOfCallNumber, targetOfHeading } from "./expectations.ts";
export type { ExpectationRun } from "./expectations.ts";
export { explainShape } from "./explain-shape.ts";
export type { ExplainShape } from "./explain-shape.ts";
export {
  createProposer,
  createStudy,
  createUnownedGroups,
  defaultConfidence,
  foldOf,
  precisionOf,
  proposalsFor,
  studied,
  withProposals,
} from "./learn/index.ts";
export type { Agreement, CurvePoint, Proposal, StudiedTitle, Suggestion } from "./learn/index.ts";
export { listFilesIn } from "./lists.ts";
export type { Catalogue } from "./catalogue.ts";
export { problemsPage } from "./problem-codes.ts";
export type { MappingProblem } from "./problem.ts";
export type { MappingFile } from "./read.ts";
export type { Policy, Weeding } from "./rule.ts";
export { expectationsSchema, mappingSchema } from "./schema.ts";
export { importTables } from "./sheet/import.ts";
export { sheetColumns, tablesOf } from "./sheet/tables.ts";
export type { Tables } from "./sheet/tables.ts";
export { presentLiaison } from "./stand-in.ts";
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
  /** Whether a condition asks for the funds of a title's orders. */
  readonly needsFunds: boolean;
  /** What the check against a catalogue wants to know of it, beside its codes. */
  questions(): Questions;
  /** Errors, warnings and information, in the order of the files, by the files and by what was synced. */
  checkAgainst(catalogue: Catalogue): readonly MappingProblem[];
  readonly assign: Assigner;
  readonly explain: Engine["explain"];
  readonly excludedBy: Engine["excludedBy"];
  /** From another mapping to this one. */
  differenceFrom(before: Mapping): Difference;
  /** The expectations kept beside the rules. */
  runExpectations(): ExpectationRun;
}

export type CompileResult =
  | {
      readonly ok: true;
      readonly mapping: Mapping;
      /** Warnings and information, in the order of the files, by the files alone; looked for when they are asked for. */
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
  // What one file names may stand in another that cannot be read.
  const isReadable = !hasErrors(findings);
  const compiled = compileFiles(rules, createLists(files), findings);
  if (isReadable && compiled.departments.size === 0) {
    findings.add(
      { file: files[0]?.path ?? "mappings/", line: 1, column: 1 },
      "no-departments",
      "no file names a department",
      "write departments: in a file such as departments.yaml",
    );
  }
  if (isReadable) {
    checkLiaisons(rules, compiled, findings);
    checkExpected(expectations, compiled.departments, findings);
  }
  if (hasErrors(findings)) return { ok: false, problems: sorted(findings) };
  const { departments, liaisons, policy, weeding, exclude } = compiled;
  const decidable = { departments: compiled.rules, exclude, policy };
  const engine = createEngine(decidable);
  const mapping: Mapping = {
    version: versionOf(compiled),
    departments,
    liaisons,
    policy,
    weeding,
    marcSelectors: selectorsOf(compiled),
    needsFunds: conditionsIn(compiled).some(({ fund }) => fund !== null),
    ...engine,
    differenceFrom: (before) => {
      const other = decidables.get(before);
      return other === undefined ? unknownDifference : differenceOf(other, decidable);
    },
    runExpectations: () => runExpectations(expectations, engine),
    questions: () => ({
      overlaps: overlapsOf(compiled, rules).map(({ scheme, low, high }) => ({ scheme, low, high })),
      vocabularies: uncommonVocabularies(rules),
    }),
    checkAgainst: (catalogue) => lint(catalogue),
  };
  decidables.set(mapping, decidable);
  const lint = (catalogue: Catalogue | null): readonly MappingProblem[] => {
    const all = createFindings(findings.all);
    lintFiles(compiled, rules, catalogue?.vocabularies ?? null, all);
    addOverlaps(overlapsOf(compiled, rules), catalogue?.titlesOfOverlaps ?? null, policy, all);
    if (catalogue !== null) addUnknownCodes(rules, catalogue, all);
    return sorted(all);
  };
  let warnings: readonly MappingProblem[] | null = null;
  return {
    ok: true,
    mapping,
    get warnings() {
      return (warnings ??= lint(null));
    },
  };
}

function hasErrors({ all }: Findings): boolean {
  return all.some(({ severity }) => severity === "error");
}

/** Errors first, each kind in the order of the files. */
function sorted({ all }: Findings): MappingProblem[] {
  const found = [...all].sort(byPlace);
  const isError = ({ severity }: MappingProblem): boolean => severity === "error";
  return [...found.filter(isError), ...found.filter((problem) => !isError(problem))];
}

/** What each mapping was compiled to: of interest to the comparison of two alone. */
const decidables = new WeakMap<Mapping, Compiled>();
const unknownDifference: Difference = { touches: null, placeNow: () => null };

function selectorsOf(compiled: CompiledFiles): string[] {
  const selectors = conditionsIn(compiled).flatMap(({ marc }) => marc?.map(({ selector }) => selector) ?? []);
  return [...new Set(selectors)].sort();
}
