/** From checked files to departments, liaisons and rules; every finding, not the first. */
import { one, tryFraction } from "../domain/weight.ts";
import { compileCondition } from "./condition.ts";
import type { Compiling } from "./condition.ts";
import type { Lists } from "./lists.ts";
import { liaisonsOf } from "./people.ts";
import type { CompiledFiles, Department } from "./compiled.ts";
import type { Findings, Place } from "./problem.ts";
import type { RulesFile } from "./read.ts";
import { weakestRank } from "./rule.ts";
import type { ConditionAt, DepartmentRules, Policy, Rule, Weeding } from "./rule.ts";
import { rankNames } from "./schema.ts";
import type { RawCondition, RawMapping, RawRule } from "./schema.ts";
import { isList } from "./walk.ts";
import { reportTwice } from "./yaml-file.ts";
import type { Path } from "./yaml-file.ts";

function fundsOf(rules: readonly Rule[]): string[] {
  const patterns = rules.flatMap(({ condition }) => condition.fund ?? []);
  return [...new Set(patterns.map(({ text, isPrefix }) => (isPrefix ? `${text}*` : text)))];
}

type RawDepartment = NonNullable<RawMapping["departments"]>[string];

/** Ids that figures use for what belongs to no department. */
const reserved: ReadonlySet<string> = new Set(["unassigned", "library", "excluded"]);

export function compileFiles(files: readonly RulesFile[], lists: Lists, findings: Findings): CompiledFiles {
  const policy = policyOf(files, findings);
  const departments = new Map<string, Department>();
  const rules: DepartmentRules[] = [];
  const exclude: ConditionAt[] = [];
  const weeding: Weeding[] = [];
  let order = 0;
  const places = new Map<string, Place>();
  for (const { raw, yaml } of files) {
    const context: Compiling = { yaml, findings, localClasses: policy.localClasses, lists };
    for (const [id, department] of Object.entries(raw.departments ?? {})) {
      const at = yaml.place(["departments"], id);
      if (!isFree(id, at, places, findings)) continue;
      const own = rulesOf(id, department, context, policy, order);
      order += own.length;
      departments.set(id, {
        id,
        name: department.name,
        group: department.group ?? null,
        formerly: department.formerly ?? [],
        liaisons: department.liaisons ?? [],
        funds: fundsOf(own),
      });
      const except = conditionsOf(department.except, ["departments", id, "except"], context);
      rules.push({
        id,
        rules: own,
        except: except.map(({ condition }) => condition),
        exceptAt: except[0]?.at ?? at,
      });
    }
    exclude.push(...conditionsOf(raw.exclude, ["exclude"], context));
    for (const [index, entry] of (raw.weeding ?? []).entries()) {
      const { ageYears, unusedYears, factors, mode, graceYears, protect, ...condition } = entry;
      weeding.push({
        condition: compileCondition(condition, ["weeding", index], context),
        ageYears: ageYears ?? null,
        unusedYears: unusedYears ?? null,
        factors: factors ?? [],
        mode: mode ?? "all",
        graceYears: graceYears ?? null,
        protect: protect ?? null,
        at: yaml.place(["weeding", index]),
      });
    }
  }
  checkFormer(files, places, findings);
  const liaisons = liaisonsOf(files, findings);
  return { departments, liaisons, rules, exclude, weeding, policy };
}

function isFree(id: string, at: Place, places: Map<string, Place>, findings: Findings): boolean {
  const before = places.get(id);
  if (reserved.has(id)) {
    findings.add(
      at,
      "reserved-id",
      `"${id}" is what figures call ${id === "library" ? "the whole library" : "titles without a department"}`,
      `choose another id, such as ${id === "library" ? "library-science" : "general"}`,
    );
  }
  if (before !== undefined) {
    reportTwice(findings, id, before, at);
    return false;
  }
  places.set(id, at);
  return true;
}

function rulesOf(
  id: string,
  department: RawDepartment,
  context: Compiling,
  policy: Policy,
  firstOrder: number,
): Rule[] {
  const { yaml, findings } = context;
  const raws = department.rules ?? [];
  if (raws.length === 0) {
    const at = yaml.place(["departments"], id);
    findings.add(at, "no-rules", `"${id}" has no rules, and never gets a title`, "add rules:, or remove it");
  }
  return raws.flatMap((raw, index) => {
    const path = ["departments", id, "rules", index];
    const { share, priority, unless, ...keys } = raw;
    const condition = compileCondition(keys, path, context);
    const rank = weakestRank(condition, policy.evidence);
    const at = yaml.place(path);
    if (rank === null) {
      findings.add(
        at,
        "never-decides",
        "language, materialType and publicationYear only narrow a rule",
        "add what it narrows: lcc, subject, collection …, or any: true",
      );
      return [];
    }
    return [
      {
        department: id,
        condition,
        unless: conditionsOf(unless, [...path, "unless"], context).map((entry) => entry.condition),
        share: shareOf(share),
        priority: priority ?? Number.POSITIVE_INFINITY,
        rank,
        at,
        order: firstOrder + index,
      },
    ];
  });
}

function shareOf(share: RawRule["share"]): Rule["share"] {
  // A number's shortest decimal text is what was written, so that 0.6 is 3/5 exactly.
  return share === undefined ? one : (tryFraction(String(share)) ?? one);
}

function conditionsOf(
  raw: RawCondition | readonly RawCondition[] | undefined,
  path: Path,
  context: Compiling,
): ConditionAt[] {
  if (raw === undefined) return [];
  const { yaml, findings } = context;
  const isSeveral = isList(raw);
  return (isSeveral ? raw : [raw]).flatMap((keys, index) => {
    const own = isSeveral ? [...path, index] : path;
    const at = yaml.place(own);
    if (Object.keys(keys).length > 0) return [{ condition: compileCondition(keys, own, context), at }];
    findings.add(
      at,
      "empty-condition",
      "a condition without keys would hold for everything",
      "add a key, or remove it",
    );
    return [];
  });
}

function policyOf(files: readonly RulesFile[], findings: Findings): Policy {
  const found = files.filter(({ raw }) => raw.policy !== undefined);
  const [first, second] = found;
  if (first !== undefined && second !== undefined)
    reportTwice(findings, "policy", first.yaml.place([], "policy"), second.yaml.place([], "policy"));
  const raw = first?.raw.policy;
  return {
    overlap: raw?.overlap ?? "split",
    evidence: raw?.evidence ?? rankNames,
    localClasses: new Set((raw?.localClasses ?? []).map((letters) => letters.toUpperCase())),
  };
}

/** A department cannot be the history of another and live. */
function checkFormer(
  files: readonly RulesFile[],
  places: ReadonlyMap<string, Place>,
  findings: Findings,
): void {
  for (const { raw, yaml } of files) {
    for (const [id, { formerly }] of Object.entries(raw.departments ?? {})) {
      for (const [index, former] of (formerly ?? []).entries()) {
        const living = places.get(former);
        if (living !== undefined)
          reportTwice(findings, former, living, yaml.place(["departments", id, "formerly", index]));
      }
    }
  }
}
