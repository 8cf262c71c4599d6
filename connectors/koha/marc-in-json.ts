/**
 * MARC-in-JSON as Koha's `/biblios` gives it: `{leader, fields: [{"245": {ind1, ind2, subfields: [{"a": text}]}}]}`
 * (https://rossfsinger.com/blog/2010/09/a-proposal-to-serialize-marc-in-json/). By hand, since a page holds thousands of subfields.
 */
import type { MarcField, MarcRecord } from "../../src/domain/marc/record.ts";

type Object_ = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Object_ =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The record, or what is wrong with it. A leader of another length is filled up or cut to 24 characters. */
export function decodeMarcInJson(value: unknown): MarcRecord | string {
  if (!isObject(value) || !Array.isArray(value["fields"])) return "it has no fields";
  const leader = value["leader"];
  if (typeof leader !== "string") return "it has no leader";
  const fields: MarcField[] = [];
  for (const one of value["fields"]) {
    const field = fieldOf(one);
    if (typeof field === "string") return field;
    fields.push(field);
  }
  return { leader: leader.padEnd(24).slice(0, 24), fields };
}

function fieldOf(one: unknown): MarcField | string {
  const [tag, content, ...more] = isObject(one) ? Object.entries(one).flat() : [];
  if (typeof tag !== "string" || more.length > 0) return "a field has no tag, or two";
  if (typeof content === "string") return { tag, value: content };
  if (!isObject(content) || !Array.isArray(content["subfields"])) return `field ${tag} has no content`;
  const subfields: (readonly [string, string])[] = [];
  for (const subfield of content["subfields"]) {
    for (const [code, text] of isObject(subfield) ? Object.entries(subfield) : []) {
      if (typeof text === "string") subfields.push([code, text]);
      // Koha leaves null where a subfield is empty.
      else if (text !== null) return `field ${tag} $${code} is no text`;
    }
  }
  return { tag, ind1: indicator(content["ind1"]), ind2: indicator(content["ind2"]), subfields };
}

function indicator(value: unknown): string {
  return typeof value === "string" && value.length === 1 ? value : " ";
}

/** Koha's own number: 999 $c, of the last 999, which Koha writes itself. Null when there is none. */
export function biblioIdOf(value: unknown): number | null {
  const fields = isObject(value) && Array.isArray(value["fields"]) ? value["fields"] : [];
  for (const field of fields.toReversed()) {
    const content: unknown = isObject(field) ? field["999"] : undefined;
    if (!isObject(content) || !Array.isArray(content["subfields"])) continue;
    for (const subfield of content["subfields"]) {
      const id = isObject(subfield) ? Number(subfield["c"]) : NaN;
      if (Number.isSafeInteger(id) && id > 0) return id;
    }
  }
  return null;
}

/** UNIMARC has its title in 200 and no 245; MARC 21 has no field 200. */
export function looksLikeUnimarc(record: MarcRecord): boolean {
  const has = (tag: string): boolean => record.fields.some((field) => field.tag === tag);
  return has("200") && !has("245");
}
