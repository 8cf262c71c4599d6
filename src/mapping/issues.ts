/** What is wrong with the form of a file: what the schema says, in words of who wrote it, with the place of the value. */
import type { z } from "zod";
import { suggestion } from "../domain/spelling.ts";
import { problemCodes } from "./problem-codes.ts";
import type { ProblemCode } from "./problem-codes.ts";
import type { Findings } from "./problem.ts";
import { knownKeys } from "./schema.ts";
import type { Path, YamlFile } from "./yaml-file.ts";

type Issue = z.core.$ZodIssue;

export function reportIssues(
  yaml: YamlFile,
  error: z.ZodError,
  isExpectations: boolean,
  findings: Findings,
): void {
  for (const issue of flattened(error.issues, yaml.value)) {
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys) reportKey(yaml, issue.path, key, isExpectations, findings);
    } else if (issue.code === "invalid_key") {
      const name = String(issue.path.at(-1));
      const what = `"${name}": an id has letters a-z, digits, and . _ - between them`;
      findings.add(
        yaml.place(issue.path.slice(0, -1), name),
        "bad-id",
        what,
        "write it so; the name may hold anything",
      );
    } else reportValue(yaml, issue, findings);
  }
}

function reportKey(
  yaml: YamlFile,
  path: Path,
  key: string,
  isExpectations: boolean,
  findings: Findings,
): void {
  const known = knownKeys(path, isExpectations);
  const meant = suggestion(key, known);
  const cure =
    elsewhere(path, key) ?? (meant === null ? `known here: ${known.join(", ")}` : `did you mean "${meant}"?`);
  findings.add(yaml.place(path, key), "unknown-key", `unknown key "${key}"`, cure);
}

/** Keys that people look for at the wrong place. */
function elsewhere(path: Path, key: string): string | null {
  const isLiaison = path[0] === "liaisons" && path.length === 2;
  if (isLiaison && /^(departments?|formerly)$/.test(key))
    return `a department names its liaisons: departments: physics: liaisons: [${String(path[1])}]`;
  if (key === "exclude" && path.length === 2) return 'what a department never gets stands under "except"';
  if (key === "except" && path.includes("rules")) return 'what a rule never gets stands under "unless"';
  if (key === "<<") return "write the values out; a mapping has no merged maps";
  return null;
}

function reportValue(yaml: YamlFile, issue: Issue, findings: Findings): void {
  const { path } = issue;
  const value = valueAt(yaml.value, path);
  const name = nameOf(path);
  const at = yaml.place(path);
  const add = (code: ProblemCode, what: string, cure: string): void => {
    findings.add(at, code, what, cure);
  };
  const named = isCode(issue.message) ? issue.message : null;
  const wanted = issue.code === "invalid_type" ? issue.expected : null;
  if (value === undefined && path.length > 0) add("missing-key", `"${name}" is missing`, `add ${name}: here`);
  else if (value === null || named === "empty-value" || isEmptyList(value, issue))
    add("empty-value", `"${name}" has no value`, "write one, or take the key out");
  else if (named !== null) add(named, ...wordsOf(named, name, shown(value)));
  else if (issue.code === "invalid_value") {
    const known = issue.values.map(String);
    const meant = suggestion(String(value), known);
    const cure = `${meant === null ? "" : `did you mean "${meant}"? `}known here: ${known.join(", ")}`;
    add("unknown-value", `${name}: "${shown(value)}" is not known`, cure);
  } else if (typeof value === "number" && wanted !== "array" && wanted !== "object" && wanted !== "record") {
    const written = yaml.written(path) ?? String(value);
    if (name === "lcc" || name === "nlm") {
      const cure = `write the class: ${name === "lcc" ? "QA76" : "WA 100"}; a Dewey number stands under ddc, in quotes`;
      add("no-class", `${name}: ${written} has no class letters`, cure);
      return;
    }
    add(
      "unquoted-number",
      `${name}: YAML reads ${written} as the number ${String(value)}`,
      `write "${written}", in quotes`,
    );
  } else if (typeof value === "boolean" && wanted !== "array" && wanted !== "object" && wanted !== "record")
    add(
      "unquoted-word",
      `${name}: YAML reads ${String(value)} as yes or no`,
      `write "${String(value)}", in quotes`,
    );
  else add("wrong-form", `${name} holds ${formOf(value)}`, `write ${wantedForm(issue)}`);
}

function isEmptyList(value: unknown, issue: Issue): boolean {
  return issue.code === "too_small" && Array.isArray(value) && value.length === 0;
}

function isCode(message: string): message is ProblemCode {
  return Object.hasOwn(problemCodes, message);
}

/** What and cure of the findings that a value alone decides. */
function wordsOf(code: ProblemCode, name: string, value: string): readonly [what: string, cure: string] {
  switch (code) {
    case "bad-share":
      return [`${name}: "${value}" is no weight`, 'write a number above 0, or a fraction such as "1/3"'];
    case "bad-priority":
      return [
        `${name}: "${value}" is no whole number from 1 on`,
        "write 1 for what decides first, 2 for what is next",
      ];
    case "bad-address":
      return [
        `${name}: "${value}" is no address that mail could reach`,
        "write one address such as ada@example.edu",
      ];
    case "bad-date":
      return [`${name}: "${value}" is no day of the calendar`, "write year, month and day: 2027-01-31"];
    case "bad-id":
      return [
        `"${value}": an id has letters a-z, digits, and . _ - between them`,
        "write the id, not the name",
      ];
    case "bad-year":
      return [`${name}: "${value}" names no years`, 'write 2015, "2015-", "-1900" or "1990-1999"'];
    case "bad-number":
      return [`${name}: "${value}" is no number of years`, "write a number from 0 on: 10 or 0.5"];
    case "bad-any":
      return [`${name} can only be true`, "write any: true, or take it out"];
    case "bad-evidence":
      return [
        `${name} must name each kind of evidence once`,
        "write [record, fund, collection, call-number, subject] in your order",
      ];
    case "bad-local-class":
      return [`${name}: "${value}" is not one to three letters`, "write the letters alone: DVD"];
    case "bad-weight":
      return [`${name}: "${value}" is no weight`, "write a fraction such as 1/2"];
    case "expectation-without-department":
      return [
        "an expectation says either department or departments",
        problemCodes[code].cure.replaceAll("`", ""),
      ];
    default:
      return [problemCodes[code].meaning, problemCodes[code].cure];
  }
}

const longestShown = 60;

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

/** `rules`, and for an entry of a list the key of the list. */
function nameOf(path: Path): string {
  const keys = path.filter((part) => typeof part !== "number");
  return String(keys.at(-1) ?? "the file");
}

function formOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map of keys";
  return `"${shown(value)}"`;
}

function wantedForm(issue: Issue): string {
  if (issue.code === "invalid_type") {
    switch (issue.expected) {
      case "array":
        return "a list: [a, b], or a line with - for each entry";
      case "object":
      case "record":
        return "keys with values: { key: value }, or a line for each key";
      case "number":
      case "int":
        return "a number";
      default:
        return "a text";
    }
  }
  return "a text or a list of texts, or the keys that belong here";
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
function flattened(issues: readonly Issue[], root: unknown, base: Path = []): Issue[] {
  return issues.flatMap((issue): Issue[] => {
    const path = [...base, ...issue.path];
    if (issue.code !== "invalid_union" || issue.errors.length === 0) return [{ ...issue, path }];
    const value = valueAt(root, path);
    if (isCode(issue.message) && (typeof value !== "object" || value === null)) return [{ ...issue, path }];
    const isFitting = (inner: Issue): boolean => inner.path.length > 0 || isInside(inner);
    const meant =
      issue.errors.find((choice) => choice.every(isFitting)) ??
      issue.errors.find((choice) => choice.some(({ code }) => code === "invalid_value"));
    if (meant === undefined || (Array.isArray(value) && !meant.every(isFitting))) return [{ ...issue, path }];
    return flattened(meant, root, path);
  });
}

function isInside(issue: Issue): boolean {
  return issue.code === "unrecognized_keys" || issue.code === "too_small" || issue.code === "custom";
}
