/** Proposals as rules of the mapping files. */
import { parse } from "yaml";
import type { MappingFile } from "../read.ts";
import { mergeYaml } from "../sheet/merge.ts";

/** What becomes an entry of `subject: { any: [ … ] }` of a department. */
export interface ProposedEntry {
  readonly department: string;
  readonly entry: string;
}

/** As a rule is written; a rule has so many entries that it fits a screen. */
export interface SubjectRule {
  readonly subject: { readonly any: readonly string[] };
}

const entriesOfRule = 12;

/** The proposals of each department, in their order, as rules. */
export function rulesByDepartment(proposals: readonly ProposedEntry[]): ReadonlyMap<string, SubjectRule[]> {
  const rules = new Map<string, SubjectRule[]>();
  const entries = new Map<string, string[]>();
  for (const { department, entry } of proposals) {
    let open = entries.get(department);
    if (open === undefined || open.length === entriesOfRule) {
      open = [];
      entries.set(department, open);
      const rule = { subject: { any: open } };
      const known = rules.get(department);
      if (known === undefined) rules.set(department, [rule]);
      else known.push(rule);
    }
    open.push(entry);
  }
  return rules;
}

interface RawDepartments {
  readonly departments?: Readonly<Record<string, { readonly rules?: readonly unknown[] }>>;
}

/** The files with the proposals behind the rules of their departments; comments stay, other files are the same. */
export function withProposals(
  files: readonly MappingFile[],
  proposals: readonly ProposedEntry[],
): MappingFile[] {
  const added = rulesByDepartment(proposals);
  return files.map((file) => {
    const raw: unknown = /\.ya?ml$/.test(file.path) ? parse(file.text) : null;
    if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return file;
    const { departments = {} } = raw as RawDepartments; // checked: the files compile
    const next = Object.fromEntries(
      Object.entries(departments).map(([id, department]) => {
        const rules = added.get(id);
        return [
          id,
          rules === undefined
            ? department
            : { ...department, rules: [...(department.rules ?? []), ...rules] },
        ];
      }),
    );
    return Object.keys(departments).some((id) => added.has(id))
      ? { path: file.path, text: mergeYaml(file.text, raw, { ...raw, departments: next }) }
      : file;
  });
}
