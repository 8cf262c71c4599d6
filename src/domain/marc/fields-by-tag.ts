/** The fields of a record by their tags, for who asks for many of them. */
import { isDataField } from "./record.ts";
import type { DataField, MarcField, MarcRecord } from "./record.ts";

export interface FieldsByTag {
  /** The first control field's value, or null. */
  control(tag: string): string | null;
  /** Data fields with the tag, in record order. */
  data(tag: string): readonly DataField[];
  /** The first data field of the record with one of the tags. */
  first(...tags: readonly string[]): DataField | undefined;
}

const none: readonly DataField[] = [];

export function fieldsByTag({ fields }: MarcRecord): FieldsByTag {
  const controls = new Map<string, string>();
  const groups = new Map<string, DataField[]>();
  for (const field of fields) add(controls, groups, field);
  return {
    control: (tag) => controls.get(tag) ?? null,
    data: (tag) => groups.get(tag) ?? none,
    first: (...tags) => {
      const found = tags.filter((tag) => groups.has(tag));
      if (found.length < 2) return groups.get(found[0] ?? "")?.[0];
      return fields.find((field): field is DataField => found.includes(field.tag) && isDataField(field));
    },
  };
}

function add(controls: Map<string, string>, groups: Map<string, DataField[]>, field: MarcField): void {
  if (!isDataField(field)) {
    if (!controls.has(field.tag)) controls.set(field.tag, field.value);
    return;
  }
  const group = groups.get(field.tag);
  if (group === undefined) groups.set(field.tag, [field]);
  else group.push(field);
}
