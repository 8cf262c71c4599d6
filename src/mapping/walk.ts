/** Every condition of the files as it was written, with the way to its place. */
import type { RulesFile } from "./read.ts";
import type { RawCondition } from "./schema.ts";
import type { Path, YamlFile } from "./yaml-file.ts";

export interface WrittenCondition {
  readonly raw: RawCondition;
  readonly path: Path;
  readonly yaml: YamlFile;
  /** `rule`: decides; `taken`: an `unless`, `except` or `exclude`. */
  readonly kind: "rule" | "taken" | "weeding";
}

export interface WrittenText {
  readonly text: string;
  readonly path: Path;
}

export function writtenConditions({ raw, yaml }: RulesFile): WrittenCondition[] {
  const found: WrittenCondition[] = [];
  const add = (condition: RawCondition, path: Path, kind: WrittenCondition["kind"]): void => {
    found.push({ raw: condition, path, yaml, kind });
  };
  const addAll = (conditions: RawCondition | readonly RawCondition[] | undefined, path: Path): void => {
    if (conditions === undefined) return;
    if (isList(conditions)) for (const [n, one] of conditions.entries()) add(one, [...path, n], "taken");
    else add(conditions, path, "taken");
  };
  for (const [id, { rules = [], except }] of Object.entries(raw.departments ?? {})) {
    for (const [n, rule] of rules.entries()) {
      const path = ["departments", id, "rules", n];
      add(rule, path, "rule");
      addAll(rule.unless, [...path, "unless"]);
    }
    addAll(except, ["departments", id, "except"]);
  }
  addAll(raw.exclude, ["exclude"]);
  for (const [n, entry] of (raw.weeding ?? []).entries()) add(entry, ["weeding", n], "weeding");
  return found;
}

/** The texts of a key: one, or a list of them. */
export function writtenTexts(value: string | readonly string[] | undefined, path: Path): WrittenText[] {
  if (value === undefined) return [];
  if (typeof value === "string") return [{ text: value, path }];
  return value.map((text, n) => ({ text, path: [...path, n] }));
}

export function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}
