/** Cells of worklists: a value that a spreadsheet can reckon with, and its words. */
import type { CalendarDay } from "../../../domain/time.ts";
import type { SectionContext } from "../../context.ts";
import type { Cell, Column } from "../../model.ts";
import { countCell, dataCell } from "../titles.ts";

/** Of our own words, which need no isolation. Null: empty. */
export function textCell(value: string | null): Cell {
  return { value, text: value ?? "" };
}

/** A code with what it stands for. */
export function codeCell(code: string | null, name: string | null): Cell {
  return code === null || name === null ? dataCell(code) : { value: code, text: { data: name } };
}

/** Null: unknown, an empty cell and never a 0. */
export function numberCell(context: SectionContext, value: number | null): Cell {
  return value === null ? textCell(null) : countCell(context, value);
}

export function dayCell({ words }: SectionContext, day: CalendarDay | null): Cell {
  return { value: day, text: day === null ? "" : words.day(day) };
}

/** From minor units. */
export function moneyCell({ words, settings }: SectionContext, minor: number | null): Cell {
  return { value: minor, text: minor === null ? "" : words.money(minor, settings.currency) };
}

export function moneyKind(currency: string): Pick<Column, "kind"> {
  return { kind: { currency } };
}

export function linkCell(url: string | null): Cell {
  return { value: url, text: url ?? "", ...(url !== null && /^https?:\/\//.test(url) && { href: url }) };
}

/** Of the JSON list that a record carries; null: it has none. */
export function firstIsbn(isbn: string): string | null {
  const list: unknown = JSON.parse(isbn);
  const [first] = Array.isArray(list) ? (list as unknown[]) : [];
  return typeof first === "string" ? first : null;
}
