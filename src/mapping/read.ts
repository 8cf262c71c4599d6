/** From the texts of the files to checked values with their places. */
import type { z } from "zod";
import { suggestion } from "../domain/spelling.ts";
import { byPlace } from "./problem.ts";
import type { Findings, Place } from "./problem.ts";
import { expectationsSchema, knownKeys, mappingSchema } from "./schema.ts";
import type { RawExpectation, RawMapping } from "./schema.ts";
import { readYaml } from "./yaml-file.ts";
import type { Path, YamlFile } from "./yaml-file.ts";

export interface MappingFile {
  readonly path: string;
  readonly text: string;
}

export interface RulesFile {
  readonly raw: RawMapping;
  readonly yaml: YamlFile;
}

export interface ExpectationAt {
  readonly raw: RawExpectation;
  readonly at: Place;
}

/** Keys of the language that the compiler does not know yet. */
const later: ReadonlySet<string> = new Set([]);

/** Files in name order; what cannot be read is left out, with findings. */
export function readFiles(
  files: readonly MappingFile[],
  findings: Findings,
): { readonly rules: readonly RulesFile[]; readonly expectations: readonly ExpectationAt[] } {
  const rules: RulesFile[] = [];
  const expectations: ExpectationAt[] = [];
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const { path, text } of sorted) {
    const yaml = readYaml(path, text, findings);
    if (yaml === null) continue;
    if (Array.isArray(yaml.value)) {
      const parsed = expectationsSchema.safeParse(yaml.value);
      if (!parsed.success) reportIssues(yaml, parsed.error, true, findings);
      else expectations.push(...parsed.data.map((raw, index) => ({ raw, at: yaml.place([index]) })));
      continue;
    }
    const parsed = mappingSchema.safeParse(yaml.value);
    if (parsed.success) rules.push({ raw: parsed.data, yaml });
    else reportIssues(yaml, parsed.error, false, findings);
  }
  expectations.sort((a, b) => byPlace(a.at, b.at));
  return { rules, expectations };
}

function reportIssues(yaml: YamlFile, error: z.ZodError, isExpectations: boolean, findings: Findings): void {
  for (const issue of flattened(error.issues)) {
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys) reportKey(yaml, issue.path, key, isExpectations, findings);
      continue;
    }
    if (isRecordList(issue.path, yaml.value)) {
      reportLater(findings, yaml.place(issue.path), "record: { file: … }", "list the ids in the rule");
      continue;
    }
    const name = String(issue.path.at(-1) ?? "");
    const isMissing = issue.path.length > 0 && valueAt(yaml.value, issue.path) === undefined;
    const at = yaml.place(issue.path);
    if (isMissing) {
      findings.error(at, "missing-key", `"${name}" is missing`, `add ${name}: here`);
    } else if (issue.code === "invalid_key") {
      findings.error(
        yaml.place(issue.path.slice(0, -1), name),
        "bad-id",
        `"${name}": an id has letters a-z, digits, and . _ - between them`,
        "write it so; the name may hold anything",
      );
    } else {
      const where = typeof issue.path.at(-1) === "number" ? issue.path.slice(-2, -1).concat(name) : [name];
      findings.error(
        at,
        name === "email" ? "bad-address" : "bad-value",
        `${where.map(String).join(" ") || "the file"}: ${issue.message}`,
        cureOf(name, valueAt(yaml.value, issue.path)),
      );
    }
  }
}

function cureOf(key: string, value: unknown): string {
  if (key === "email") return "write an address such as ada@example.edu";
  return typeof value === "number" ? "write it in quotes if it is a text, else mend it" : "mend the value";
}

function reportKey(
  yaml: YamlFile,
  path: Path,
  key: string,
  isExpectations: boolean,
  findings: Findings,
): void {
  const at = yaml.place(path, key);
  if (later.has(key) && !isExpectations) {
    reportLater(findings, at, `"${key}"`, "take the rule out, or say the same with another key");
    return;
  }
  const known = knownKeys(path, isExpectations);
  const meant = suggestion(key, known);
  const cure = meant === null ? `known here: ${known.join(", ")}` : `did you mean "${meant}"?`;
  findings.error(at, "unknown-key", `unknown key "${key}"`, cure);
}

function reportLater(findings: Findings, at: Place, what: string, cure: string): void {
  findings.error(at, "not-supported-yet", `${what} is not supported yet`, cure);
}

/** Whether the value of a `record` is a map: a list file. */
function isRecordList(path: Path, value: unknown): boolean {
  return path.at(-1) === "record" && typeof valueAt(value, path) === "object";
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (above, key) =>
      typeof above === "object" && above !== null
        ? (above as Readonly<Record<PropertyKey, unknown>>)[key]
        : undefined,
    value,
  );
}

/** Of a union, the issues of the choice that the writer meant: the one whose outer form fits. */
function flattened(issues: readonly z.core.$ZodIssue[], base: Path = []): z.core.$ZodIssue[] {
  return issues.flatMap((issue): z.core.$ZodIssue[] => {
    const path = [...base, ...issue.path];
    if (issue.code !== "invalid_union" || issue.errors.length === 0) return [{ ...issue, path }];
    const meant = issue.errors.find((choice) =>
      choice.every((inner) => inner.path.length > 0 || isInside(inner)),
    );
    return meant === undefined ? [{ ...issue, path }] : flattened(meant, path);
  });
}

function isInside(issue: z.core.$ZodIssue): boolean {
  return issue.code === "unrecognized_keys" || issue.code === "too_small" || issue.code === "custom";
}
