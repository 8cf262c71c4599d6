import { dayIn } from "../domain/time.ts";
import { presentLiaison } from "../mapping/index.ts";
import type { Department } from "../mapping/index.ts";
import { departmentsFor } from "./departments.ts";
import type { AnswerContext } from "./context.ts";
import type { Answer, DepartmentItem, LiaisonItem } from "./types.ts";

/** Of departments in a text: more are listed in `items` alone. */
const mostNames = 10;

export function answerDepartments(
  context: AnswerContext,
  { q }: { readonly q?: string },
): Answer<DepartmentItem> {
  const departments = departmentsFor(context.mapping, q);
  if (departments.length === 0) return noDepartment(context, q);
  const { words } = context;
  return {
    found: true,
    text: words.say("answer.departments", {
      count: departments.length,
      departments: namesText(words, departments),
    }),
    items: departments.map(({ id, name, group }) => ({ id, name, ...(group !== null && { group }) })),
  };
}

/** Whoever stands in is named while the liaison is away. */
export function answerLiaisons(
  context: AnswerContext,
  { department }: { readonly department?: string },
): Answer<LiaisonItem> {
  const departments = departmentsFor(context.mapping, department);
  if (departments.length === 0) return noDepartment(context, department);
  const items = departments.flatMap((one) => itemsOf(context, one));
  const texts = departments.map((one) => textOf(context, one, items));
  return { found: items.length > 0, text: texts.join(" "), items };
}

/** An answer that names what there is, so that the next question can be a better one. */
export function noDepartment<Item>(
  { words, mapping }: AnswerContext,
  asked: string | undefined,
): Answer<Item> {
  const departments = namesText(words, [...mapping.departments.values()]);
  const text = words.say("answer.no-department", { asked: asked ?? "", departments });
  return { found: false, text, items: [] };
}

function namesText(words: AnswerContext["words"], departments: readonly Department[]): string {
  const names = departments.map(({ name }) => name);
  return names.length > mostNames ? `${names.slice(0, mostNames).join(", ")} …` : words.list(names);
}

function itemsOf(context: AnswerContext, { id, name, liaisons }: Department): LiaisonItem[] {
  const today = dayIn(context.now(), context.zone);
  const present = liaisons.flatMap(
    (liaison) => presentLiaison(context.mapping.liaisons, liaison, today) ?? [],
  );
  return [...new Set(present)].map(({ name: who, contact }) => ({
    department: id,
    departmentName: name,
    name: who,
    email: contact.email,
    ...(contact.phone !== null && { phone: contact.phone }),
    ...(contact.office !== null && { office: contact.office }),
    ...(contact.url !== null && { url: contact.url }),
  }));
}

function textOf(
  { words }: AnswerContext,
  { id, name: department }: Department,
  items: readonly LiaisonItem[],
): string {
  const own = items.filter((item) => item.department === id);
  if (own.length === 0) return words.say("answer.no-liaison", { department });
  const sentences = own.map(({ name, email, phone, office, url }) => {
    const ways = [
      email,
      ...(phone === undefined ? [] : [words.say("answer.phone", { phone })]),
      ...(office === undefined ? [] : [office]),
      ...(url === undefined ? [] : [url]),
    ];
    return words.say("answer.liaison", { department, name, contact: ways.join(", ") });
  });
  return sentences.join(" ");
}
