import { stringify } from "csv-stringify/sync";
import { formulaSafe } from "../../render/csv.ts";
import type { NewTitleEntry, NewTitlesList } from "../model.ts";

const columns: readonly (readonly [
  name: string,
  valueOf: (entry: NewTitleEntry) => string | number | null,
])[] = [
  ["id", ({ id }) => id],
  ["record", ({ record }) => record],
  ["title", ({ title }) => title],
  ["author", ({ author }) => author],
  ["edition", ({ edition }) => edition],
  ["publisher", ({ publisher }) => publisher],
  ["year", ({ year }) => year],
  ["language", ({ language }) => language],
  ["material_type", ({ materialType }) => materialType],
  ["call_number", ({ callNumber }) => callNumber],
  ["sort_key", ({ sortKey }) => sortKey],
  ["class", (entry) => entry.class],
  ["library", ({ library }) => library],
  ["location", ({ location }) => location],
  ["arrived_on", ({ arrivedOn }) => arrivedOn],
  ["isbn", ({ isbn }) => isbn.join("|")],
  ["issn", ({ issn }) => issn.join("|")],
  ["subjects", ({ subjects }) => subjects.join("|")],
  ["url", ({ url }) => url],
  ["online_url", ({ onlineUrl }) => onlineUrl],
];

/** UTF-8 with a byte order mark, CR LF, a header also when there is no row; lists joined by `|`. */
export function renderTitlesCsv(list: NewTitlesList): string {
  const rows = list.entries.map((entry) =>
    columns.map(([, valueOf]) => {
      const value = valueOf(entry);
      return typeof value === "string" ? formulaSafe(value) : value === null ? "" : String(value);
    }),
  );
  return `\uFEFF${stringify([columns.map(([name]) => name), ...rows], { record_delimiter: "\r\n" })}`;
}
