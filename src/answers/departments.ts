/** Which departments a reader means: by name, by a call number, or by a subject heading that a rule names. */
import { unassigned } from "../domain/evidence.ts";
import { folded } from "../domain/folded.ts";
import { targetOfCallNumber, targetOfHeading } from "../mapping/index.ts";
import type { Department, Mapping } from "../mapping/index.ts";
import { subjectOf } from "./questions.ts";

/** Words that stand around a subject in a question, in the languages of the reports. */
const fillers = new Set(
  folded(
    `the a an of for in on and my our department school faculty institute library subject
     der die das des dem den ein eine für in und mein meine fach fachbereich fakultät institut
     le la les l un une de du des d et mon ma département faculté discipline
     el los las un una de del y en mi departamento facultad materia`,
  ).split(" "),
);

/** All of them when nothing is asked for; otherwise those that fit best, in the order of the mapping. */
export function departmentsFor(mapping: Mapping, asked: string | undefined): readonly Department[] {
  const all = [...mapping.departments.values()].filter(({ id }) => id !== unassigned);
  if (asked === undefined || asked.trim() === "") return all;
  const subject = subjectOf(asked);
  const query = folded(subject);
  if (query === "") return [];
  const exact = all.filter((department) => namesOf(department).includes(query));
  if (exact.length > 0) return exact;
  const group = all.filter((department) => folded(department.group ?? "") === query);
  if (group.length > 0) return group;
  const words = query.split(" ").filter((word) => !fillers.has(word));
  const named = all.filter((department) => namesOf(department).some((name) => sharesWords(name, words)));
  if (named.length > 0) return named;
  const byRule = decided(mapping, subject);
  if (byRule.length > 0) return byRule;
  return all.filter((department) => namesOf(department).some((name) => soundsLike(name, words)));
}

function namesOf({ id, name, formerly }: Department): string[] {
  return [id, name, ...formerly].map(folded);
}

/** Every word that was asked for begins a word of the name, or every word of the name was asked for. */
function sharesWords(name: string, asked: readonly string[]): boolean {
  const words = name.split(" ").filter((word) => !fillers.has(word));
  if (asked.length === 0 || words.length === 0) return false;
  const begins = (word: string): boolean => word.length >= 3 && words.some((own) => own.startsWith(word));
  return asked.every(begins) || words.every((own) => asked.includes(own));
}

/** Mathématiques for Mathematics: the same beginning of most of the word, in whatever language. */
function soundsLike(name: string, asked: readonly string[]): boolean {
  const words = name.split(" ");
  const alike = (word: string, own: string): boolean => {
    let same = 0;
    while (same < word.length && word[same] === own[same]) same += 1;
    return same >= 5 && same >= 0.6 * Math.max(word.length, own.length);
  };
  return asked.length > 0 && asked.every((word) => words.some((own) => alike(word, own)));
}

/** By the rules for call numbers, else for headings; a rule for whatever is left is no answer. */
function decided(mapping: Mapping, asked: string): Department[] {
  for (const target of [targetOfCallNumber(asked), targetOfHeading(asked)]) {
    const { assignments, excluded } = mapping.assign(target, null);
    if (excluded) continue;
    const ids = assignments.flatMap(({ department, evidence }) => (evidence === null ? [] : [department]));
    const departments = [...new Set(ids)].flatMap((id) => mapping.departments.get(id) ?? []);
    if (departments.length > 0) return departments;
  }
  return [];
}
