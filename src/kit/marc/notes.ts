/** What is worth saying about a record that reads well, and keys that occur twice in one file. */
import { isDataField } from "../../domain/marc/record.ts";
import type { MarcField } from "../../domain/marc/record.ts";
import type { Problem } from "../../domain/problem.ts";
import { createSeen } from "./seen.ts";

interface Fields {
  readonly fields: readonly MarcField[];
}

/** The first 001, without blanks around it; null when there is none or it is empty. */
export function controlNumberOf(record: Fields): string | null {
  for (const field of record.fields)
    if (field.tag === "001" && !isDataField(field))
      return field.value.trim() === "" ? null : field.value.trim();
  return null;
}

/** Koha's own key, the first 999 $c; null when there is none. */
export function biblionumberOf(record: Fields): string | null {
  for (const field of record.fields)
    if (field.tag === "999" && isDataField(field))
      for (const [code, value] of field.subfields)
        if (code === "c" && value.trim() !== "") return value.trim();
  return null;
}

/** One per file: it remembers the control numbers. Gives no-title, no-biblionumber, repeated-001, duplicate ones. */
export function createNotes(): (record: Fields) => readonly Problem[] {
  const seen = createSeen();
  return (record) => {
    const notes: Problem[] = [];
    const control = controlNumberOf(record);
    if (control !== null && seen.add(control))
      notes.push({
        code: "duplicate-control-number",
        what: `001 ${JSON.stringify(control)} was seen before`,
      });
    let [controls, titles] = [0, 0];
    for (const { tag } of record.fields) {
      if (tag === "001") controls += 1;
      else if (tag === "245") titles += 1;
    }
    if (controls > 1) notes.push({ code: "repeated-001", what: "more than one 001; the first counts" });
    if (titles === 0) notes.push({ code: "no-title", what: "no 245" });
    if (biblionumberOf(record) === null) notes.push({ code: "no-biblionumber", what: "no 999 $c" });
    return notes;
  };
}
