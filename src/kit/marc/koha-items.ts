/**
 * Items as Koha embeds them in a record: field 952, subfields as in Koha's default MARC 21 framework. The notes $x $z
 * and the due date $q are not read: they may speak of a person.
 */
import { createHash } from "node:crypto";
import type { ItemFact } from "../../domain/fact.ts";
import { controlValue, dataFields } from "../../domain/marc/record.ts";
import type { DataField, MarcRecord } from "../../domain/marc/record.ts";
import { tryMinor } from "../../domain/money.ts";
import { tryDay } from "../../domain/time.ts";
import type { CalendarDay } from "../../domain/time.ts";
import type { Kit } from "../contract.ts";
import { biblionumberOf, controlNumberOf } from "./notes.ts";

/** The items of a record; one without item number (952 $9) is known by its record and its position from 1. */
export function itemsOf952(record: MarcRecord, recordId: string, kit: Pick<Kit, "currency">): ItemFact[] {
  return dataFields(record, "952").map((field, index) => {
    const values = valuesOf(field);
    const text = (code: string): string | null => values[code] ?? null;
    return {
      kind: "item",
      id: text("9") ?? `${recordId}/${String(index + 1)}`,
      recordId,
      homeLibrary: text("a"),
      holdingLibrary: text("b"),
      location: text("c"),
      collection: text("8"),
      itemType: text("y"),
      callNumber: text("o"),
      classSource: text("2"),
      barcode: text("p"),
      copyNumber: text("t"),
      volume: text("h"),
      inventoryNumber: text("i"),
      acquiredOn: dayOf(text("d")),
      priceMinor: minorOf(text("g"), kit.currency),
      replacementPriceMinor: minorOf(text("v"), kit.currency),
      notForLoan: statusOf(text("7")),
      lost: statusOf(text("1")),
      withdrawn: statusOf(text("0")),
      damaged: statusOf(text("4")),
      withdrawnOn: null,
      lostOn: null,
      lastCheckoutOn: dayOf(text("s")),
      checkouts: countOf(text("l")),
      renewals: countOf(text("m")),
      inHouseUses: null,
    };
  });
}

/** The record as it is stored: items are facts of their own, and 952 may carry notes about people. */
export function withoutItems(record: MarcRecord): MarcRecord {
  return { leader: record.leader, fields: record.fields.filter(({ tag }) => tag !== "952") };
}

/** Koha's biblionumber (999 $c); else `(003)001`; without 001 a hash of the content, items apart. */
export function externalIdOf(record: MarcRecord): string {
  const biblionumber = biblionumberOf(record);
  if (biblionumber !== null) return biblionumber;
  const control = controlNumberOf(record);
  if (control === null) {
    const content = JSON.stringify(withoutItems(record));
    return createHash("sha256").update(content).digest("hex");
  }
  const agency = controlValue(record, "003")?.trim() ?? "";
  return agency === "" ? control : `(${agency})${control}`;
}

/** The first value of each subfield, without blanks around it; what is empty then is left out. */
function valuesOf(field: DataField): Readonly<Record<string, string>> {
  const values: Record<string, string> = Object.create(null) as Record<string, string>;
  const empty: string[] = [];
  for (const [code, value] of field.subfields) {
    if (code in values || empty.includes(code)) continue;
    const text = value.trim();
    if (text === "") empty.push(code);
    else values[code] = text;
  }
  return values;
}

function minorOf(text: string | null, currency: string): number | null {
  return text === null ? null : tryMinor(text, currency);
}

/** `YYYY-MM-DD` or `YYYYMMDD`, with or without a time after it; anything else is no day. */
function dayOf(text: string | null): CalendarDay | null {
  if (text === null) return null;
  const match = /^(\d{4})(-?)(\d{2})\2(\d{2})(?:[ T].*)?$/.exec(text);
  return match === null ? null : tryDay(`${match[1] ?? ""}-${match[3] ?? ""}-${match[4] ?? ""}`);
}

/** 0 is no; a code that is no number is still a yes. */
function statusOf(text: string | null): number {
  if (text === null) return 0;
  return /^-?\d{1,9}$/.test(text) ? Number(text) : 1;
}

function countOf(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
