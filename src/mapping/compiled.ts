/** What the files of a mapping come to. */
import type { Condition } from "./condition.ts";
import type { ConditionAt, DepartmentRules, Policy, Weeding } from "./rule.ts";

export interface Department {
  readonly id: string;
  readonly name: string;
  readonly group: string | null;
  readonly formerly: readonly string[];
  readonly liaisons: readonly string[];
  /** Codes or ids of the funds that its rules name, `*` at the end allowed: whose money is shown to it. */
  readonly funds: readonly string[];
}

export interface Liaison {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly language: string;
  /** Ids of reports; null: all. */
  readonly reports: readonly string[] | null;
  readonly substitute: string | null;
  /** The last day on which the substitute stands in. */
  readonly until: string | null;
  readonly contact: Contact;
}

/** What readers are told of a liaison, where a public way out is configured. */
export interface Contact {
  readonly email: string;
  readonly phone: string | null;
  readonly url: string | null;
  readonly office: string | null;
}

export interface CompiledFiles {
  readonly departments: ReadonlyMap<string, Department>;
  readonly liaisons: ReadonlyMap<string, Liaison>;
  readonly rules: readonly DepartmentRules[];
  readonly exclude: readonly ConditionAt[];
  readonly weeding: readonly Weeding[];
  readonly policy: Policy;
}

/** Every condition of a mapping, wherever it stands. */
export function conditionsIn({ rules, exclude, weeding }: CompiledFiles): Condition[] {
  return [
    ...rules.flatMap(({ rules: own, except }) => [
      ...own.flatMap(({ condition, unless }) => [condition, ...unless]),
      ...except,
    ]),
    ...exclude.map(({ condition }) => condition),
    ...weeding.map(({ condition }) => condition),
  ];
}
