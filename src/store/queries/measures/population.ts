/**
 * Who is counted at an instant (docs/reference/measures.md, "Populations"), as conditions on `item` joined with its
 * `record`. A withdrawal that was taken back never was: so stock at the start, plus what came, less what went, is
 * always stock at the end.
 */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { CalendarDay, Instant } from "../../../domain/time.ts";

/** The beginning of a calendar day, as day and as instant in the library's zone. */
export interface Moment {
  readonly day: CalendarDay;
  readonly instant: Instant;
}

export interface Population {
  readonly includeSuppressed: boolean;
  /** Only these assignment sets; null: all. */
  readonly setIds: readonly number[] | null;
}

export type Condition = RawBuilder<boolean>;
/** What a record has itself; `material` is its kind of material: book, serial, e-book. */
export type TitleKey = "class" | "language" | "decade" | "material" | null;
export type Key = TitleKey | "library" | "item-type";

/** The day it came: of its accession, else that on which it was first seen. */
export const acquired = sql<string>`coalesce(item.acquired_on, item.first_seen_on)`;

export function acquiredBefore(day: CalendarDay): Condition {
  return sql`${acquired} < ${day}`;
}

export function goneBefore(moment: Moment): Condition {
  return sql`((item.deleted_at IS NOT NULL AND item.deleted_at < ${moment.instant}) OR item.id IN (
    SELECT item_id FROM item_status WHERE kind = 'withdrawn' AND to_on IS NULL AND from_on < ${moment.day}))`;
}

export function heldAt(moment: Moment): Condition {
  return sql`${acquiredBefore(moment.day)} AND NOT ${goneBefore(moment)}`;
}

/** Had come before the end, is gone before the end, and was not both already before the start. */
export function goneWithin(start: Moment, end: Moment): Condition {
  return sql`${acquiredBefore(end.day)} AND ${goneBefore(end)}
    AND NOT (${acquiredBefore(start.day)} AND ${goneBefore(start)})`;
}

export function acquiredWithin(start: CalendarDay, end: CalendarDay): Condition {
  return sql`${acquired} >= ${start} AND ${acquired} < ${end}`;
}

export function hadStatus(kind: "lost" | "not-for-loan", day: CalendarDay): Condition {
  return sql`item.id IN (SELECT item_id FROM item_status WHERE kind = ${kind} AND from_on < ${day}
    AND (to_on IS NULL OR to_on >= ${day}))`;
}

/** Held, not lost, and neither the copy nor its item type barred from loan; damaged ones are in. */
export function circulatingAt(moment: Moment): Condition {
  return sql`${heldAt(moment)} AND NOT ${hadStatus("lost", moment.day)}
    AND NOT ${hadStatus("not-for-loan", moment.day)} AND NOT EXISTS (SELECT 1 FROM item_type
      WHERE item_type.site = item.site AND item_type.source = item.source
        AND item_type.external_id = item.item_type AND item_type.not_for_loan = 1)`;
}

/** Records created (else first seen) before a moment and not deleted before it. */
export function titleHeldAt(moment: Moment): Condition {
  return sql`coalesce(record.created_on, record.first_seen_on) < ${moment.day}
    AND (record.deleted_at IS NULL OR record.deleted_at >= ${moment.instant})`;
}

export function among(
  column: "item.set_id" | "record.title_set_id",
  setIds: readonly number[] | null,
): Condition {
  if (setIds === null) return sql`1 = 1`;
  return setIds.length === 0 ? sql`1 = 0` : sql`${sql.ref(column)} IN (${sql.join(setIds)})`;
}

/** As `among` of items, for what comes by the day of arrival: a set is no way to it. */
export function arrivedAmong(setIds: readonly number[] | null): Condition {
  if (setIds === null) return sql`1 = 1`;
  return setIds.length === 0 ? sql`1 = 0` : sql`+item.set_id IN (${sql.join(setIds)})`;
}

export function visible(includeSuppressed: boolean): Condition {
  return includeSuppressed ? sql`1 = 1` : sql`record.suppressed = 0`;
}

/** Class: scheme and the first three signs of the best call number, for the caller to read the class from. */
const evidenceClass = sql<
  string | null
>`(SELECT evidence.kind || ':' || upper(substr(ltrim(evidence.text), 1, 3)) FROM evidence
  WHERE evidence.record_id = record.id AND evidence.rank = 'call-number' ORDER BY evidence.n LIMIT 1)`;

export function itemKey(key: Key): RawBuilder<string | null> {
  switch (key) {
    case null:
      return sql`NULL`;
    case "library":
      return sql`item.home_library`;
    case "item-type":
      return sql`item.item_type`;
    case "class":
      return sql`CASE WHEN item.sort_key IS NOT NULL AND item.call_number IS NOT NULL
        THEN item.scheme || ':' || upper(substr(ltrim(item.call_number), 1, 3)) ELSE ${evidenceClass} END`;
    default:
      return recordKey(key);
  }
}

export function recordKey(key: TitleKey): RawBuilder<string | null> {
  switch (key) {
    case null:
      return sql`NULL`;
    case "class":
      return evidenceClass;
    case "language":
      return sql`record.language`;
    case "material":
      return sql`record.material_type`;
    case "decade":
      return sql`CAST(record.publication_year / 10 * 10 AS TEXT)`;
  }
}
