import { named, number, share, texts, word, yaml, years, yes } from "./cells.ts";
import type { CellForm } from "./cells.ts";

export type Columns = Readonly<Record<string, CellForm>>;

const condition: Columns = {
  record: texts,
  fund: texts,
  collection: texts,
  location: texts,
  library: texts,
  itemType: texts,
  package: texts,
  platform: texts,
  lcc: texts,
  ddc: texts,
  nlm: texts,
  udc: texts,
  callNumberPrefix: texts,
  subject: named,
  marc: named,
  language: texts,
  materialType: texts,
  publicationYear: years,
  any: yes,
};

/** The columns of what a mapping file holds, beside those that say where it stands. */
export const columns = {
  departments: { name: word, group: word, formerly: texts, liaisons: texts },
  rules: { ...condition, share, priority: number, unless: yaml },
  liaisons: { name: word, email: word, language: word, reports: texts, substitute: word, until: word },
  weeding: {
    ...condition,
    ageYears: number,
    unusedYears: number,
    factors: texts,
    mode: word,
    graceYears: number,
    protect: texts,
  },
} as const satisfies Readonly<Record<string, Columns>>;

/** The cells of a value, absent ones left out. */
export function cellsOf(form: Columns, value: unknown): Readonly<Record<string, string>> {
  const held = (value ?? {}) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(form)
      .map(([key, { toCell }]) => [key, toCell(held[key])] as const)
      .filter(([, text]) => text !== ""),
  );
}

/** The inverse: the value that cells say. Throws RangeError as the forms do. */
export function valueOf(form: Columns, cells: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(cells).flatMap(([key, text]) => {
      const column = form[key];
      return column === undefined ? [] : [[key, column.fromCell(text)]];
    }),
  );
}
