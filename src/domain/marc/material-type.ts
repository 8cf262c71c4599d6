/** Kind of material from leader/06-07, 006, 007, 008 and a thesis note (MARC 21 Bibliographic). */
import type { MaterialType } from "../description.ts";
import { controlValue, dataFields, isDataField } from "./record.ts";
import type { MarcRecord } from "./record.ts";

/** By leader/06, for what is no language material. */
const types: Readonly<Record<string, MaterialType>> = {
  c: "score",
  d: "score",
  e: "map",
  f: "map",
  g: "video",
  i: "sound",
  j: "sound",
};

const onlineForms = new Set(["o", "q", "s"]);

export function materialTypeOf(record: MarcRecord): MaterialType {
  const [type, level] = [record.leader.charAt(6), record.leader.charAt(7)];
  const named = types[type];
  if (named !== undefined) return named;
  if (!["a", "t", "m"].includes(type)) return "mixed";
  const electronic = isElectronic(record, type);
  if (type !== "t" && ["b", "i", "s"].includes(level)) return electronic ? "e-journal" : "serial";
  if (dataFields(record, "502").length > 0) return "thesis";
  if (electronic) return "e-book";
  return type === "m" ? "mixed" : "book";
}

/** 008/23 form of item, an added 006 of computer files with an online form, or 007 of a remote electronic resource. */
function isElectronic(record: MarcRecord, type: string): boolean {
  const fixed = controlValue(record, "008") ?? "";
  if (type !== "m" && onlineForms.has(fixed.charAt(23))) return true;
  return record.fields.some((field) => {
    if (isDataField(field)) return false;
    if (field.tag === "006") return field.value.startsWith("m") && onlineForms.has(field.value.charAt(6));
    return field.tag === "007" && field.value.startsWith("cr");
  });
}
