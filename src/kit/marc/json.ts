/** MARC-in-JSON (Ross Singer's form, which Koha speaks): `{leader, fields: [{tag: value | {ind1, ind2, subfields}}]}`. */
import { isDataField } from "../../domain/marc/record.ts";
import type { MarcField, MarcRecord } from "../../domain/marc/record.ts";
import type { Json } from "../../domain/json.ts";
import { DataError } from "../../domain/problem.ts";
import type { Problem } from "../../domain/problem.ts";
import { uniqueByCode } from "./decoded.ts";
import type { DecodedText } from "./decoded.ts";
import { controlNumberOf } from "./notes.ts";
import { controlWarning, hasControls, withoutControls } from "./text.ts";

const leaderLength = 24;

/** One record that is parsed already, such as an element of Koha's answer. Throws DataError when it is none. */
export function marcInJson(value: unknown): MarcRecord {
  const decoded = decodeMarcInJson(value);
  if (!decoded.ok) throw new DataError(decoded.problem);
  return decoded.record;
}

/** The same with what was repaired. */
export function decodeMarcInJson(value: unknown): DecodedText {
  const warnings: Problem[] = [];
  const fields: MarcField[] = [];
  try {
    const { leader, fields: written } = asObject(value, "the record");
    if (!Array.isArray(written)) throw shapeError("the record has no array `fields`");
    for (const field of written)
      for (const [tag, content] of Object.entries(asObject(field, "a field")))
        fields.push(toField(tag, content, warnings));
    if (leader === undefined)
      warnings.push({ code: "leader", what: "the record has no leader; blanks stand for it" });
    const text = leader === undefined ? "" : toText(leader, "the leader", warnings);
    if (leader !== undefined && text.length !== leaderLength)
      warnings.push({
        code: "leader-length",
        what: `the leader has ${String(text.length)} characters, not 24`,
      });
    const record = { leader: text.padEnd(leaderLength).slice(0, leaderLength), fields };
    return { ok: true, record, warnings: uniqueByCode(warnings) };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return { ok: false, problem: error.problem, controlNumber: controlNumberOf({ fields }) };
  }
}

export function formatMarcInJson(record: MarcRecord): Json {
  return {
    leader: record.leader,
    fields: record.fields.map((field) => ({
      [field.tag]: isDataField(field)
        ? {
            ind1: field.ind1,
            ind2: field.ind2,
            subfields: field.subfields.map(([code, value]) => ({ [code]: value })),
          }
        : field.value,
    })),
  };
}

function toField(tag: string, content: unknown, warnings: Problem[]): MarcField {
  if (tag === "") throw shapeError("a field has no tag");
  if (tag.length !== 3)
    warnings.push({ code: "tag", what: `a field's tag is ${JSON.stringify(tag)}, not three characters` });
  if (typeof content === "string") {
    if (content === "") warnings.push(emptyWarning(tag));
    return { tag, value: toText(content, tag, warnings) };
  }
  const { ind1, ind2, subfields: written } = asObject(content, tag);
  if (!Array.isArray(written)) throw shapeError(`${tag} has no array \`subfields\``);
  const subfields: [string, string][] = [];
  for (const subfield of written)
    for (const [code, value] of Object.entries(asObject(subfield, `a subfield of ${tag}`))) {
      if (code === "" || [...code].length !== 1)
        throw shapeError(`${tag}: a subfield's code is ${JSON.stringify(code)}, not one character`);
      if (value === "") warnings.push(emptyWarning(tag));
      subfields.push([toText(code, tag, warnings), toText(value, `${tag} $${code}`, warnings)]);
    }
  if (subfields.length === 0) warnings.push(emptyWarning(tag));
  return { tag, ind1: indicator(ind1, tag, warnings), ind2: indicator(ind2, tag, warnings), subfields };
}

function indicator(value: unknown, tag: string, warnings: Problem[]): string {
  const text = value === undefined || value === null ? "" : toText(value, `an indicator of ${tag}`, warnings);
  return text === "" ? " " : text;
}

function emptyWarning(tag: string): Problem {
  return { code: "empty-field", what: `${tag}: a field or subfield without data` };
}

function asObject(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw shapeError(`${what} is no object`);
  return value as Record<string, unknown>;
}

function toText(value: unknown, what: string, warnings: Problem[]): string {
  if (typeof value !== "string")
    throw shapeError(`${what} is ${value === null ? "null" : typeof value}, not text`);
  if (!hasControls(value)) return value;
  warnings.push(controlWarning);
  return withoutControls(value);
}

function shapeError(what: string): DataError {
  return new DataError({
    code: "not-marc-in-json",
    what,
    cure: "give records as MARC-in-JSON: leader and fields",
  });
}
