/** From the texts of the files to checked values with their places. */
import { reportIssues } from "./issues.ts";
import type { ProblemCode } from "./problem-codes.ts";
import { byPlace } from "./problem.ts";
import type { Findings, Place } from "./problem.ts";
import { expectationsSchema, mappingSchema } from "./schema.ts";
import type { RawExpectation, RawMapping } from "./schema.ts";
import { readYaml } from "./yaml-file.ts";
import type { YamlFile } from "./yaml-file.ts";

/** A YAML file, or a list that one names. */
export interface MappingFile {
  readonly path: string;
  readonly text: string;
  /** Why there is no text: the file is not there, is no UTF-8, … */
  readonly fault?: {
    readonly code: Extract<ProblemCode, "unreadable-file" | "not-utf8" | "too-big">;
    readonly what: string;
    readonly cure: string;
    readonly line: number;
    readonly column: number;
  };
}

export function isYaml({ path }: Pick<MappingFile, "path">): boolean {
  return /\.ya?ml$/.test(path);
}

export interface RulesFile {
  readonly raw: RawMapping;
  readonly yaml: YamlFile;
}

export interface ExpectationAt {
  readonly raw: RawExpectation;
  readonly at: Place;
  /** Of a value of it. */
  readonly place: (key: keyof RawExpectation, name?: string) => Place;
}

/** Files in name order; what cannot be read is left out, with findings. */
export function readFiles(
  files: readonly MappingFile[],
  findings: Findings,
): { readonly rules: readonly RulesFile[]; readonly expectations: readonly ExpectationAt[] } {
  const rules: RulesFile[] = [];
  const expectations: ExpectationAt[] = [];
  const sorted = files.filter(isYaml).sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const { path, text, fault } of sorted) {
    if (fault !== undefined) {
      findings.add({ file: path, ...fault }, fault.code, fault.what, fault.cure);
      continue;
    }
    const yaml = readYaml(path, text, findings);
    if (yaml === null) continue;
    if (Array.isArray(yaml.value)) {
      const parsed = expectationsSchema.safeParse(yaml.value);
      if (!parsed.success) reportIssues(yaml, parsed.error, true, findings);
      else
        expectations.push(
          ...parsed.data.map((raw, index) => ({
            raw,
            at: yaml.place([index]),
            place: (key: keyof RawExpectation, name?: string) => yaml.place([index, key], name),
          })),
        );
      continue;
    }
    const parsed = mappingSchema.safeParse(yaml.value);
    if (parsed.success) rules.push({ raw: parsed.data, yaml });
    else reportIssues(yaml, parsed.error, false, findings);
  }
  expectations.sort((a, b) => byPlace(a.at, b.at));
  return { rules, expectations };
}
