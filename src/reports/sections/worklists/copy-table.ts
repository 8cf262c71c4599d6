/** Worklists of copies: the same columns in the same order, a group for each place that is walked to. */
import { dataFields, subfields } from "../../../domain/marc/record.ts";
import { addMonths, monthOf } from "../../../domain/time.ts";
import type { CalendarDay } from "../../../domain/time.ts";
import { lastUseOf } from "../../../measures/weeding-candidate.ts";
import { totalUseKinds } from "../../../measures/use.ts";
import { readRecordMarc } from "../../../store/queries/worklists/marc.ts";
import { readCopies, readNewerEditions } from "../../../store/queries/worklists/copies.ts";
import type { Edition, ListedCopy } from "../../../store/queries/worklists/copies.ts";
import { copyKey, decisions, readDecisions } from "../../../store/queries/worklists/decisions.ts";
import type { TakenDecision } from "../../../store/queries/worklists/decisions.ts";
import type { SectionContext } from "../../context.ts";
import type { ColumnId } from "../../locale/en.ts";
import type { Cell, Column, TableBlock } from "../../model.ts";
import { column, countCell, dataCell, titleCell, yearCell } from "../titles.ts";
import { codeCell, dayCell, linkCell, moneyCell, moneyKind, numberCell, textCell } from "./cells.ts";

/** A copy that is on a list, in shelf order; what its rule says of it, where there is one. */
export interface Choice {
  readonly id: number;
  readonly reasons?: (copy: ListedCopy) => Cell;
  readonly protectedBy?: Cell;
  /** The higher the sooner; absent: all alike. */
  readonly score?: number;
}

export interface CopyTable {
  readonly id: string;
  readonly caption: string;
  readonly more?: string;
  /** The day at whose beginning the shelves are looked at. */
  readonly at: CalendarDay;
  /** In shelf order. */
  readonly choices: readonly Choice[];
  readonly order: "shelf" | "score";
  /** With the rule's reasons and a column for a decision. */
  readonly judged: boolean;
}

/** What a mail has room for; the rest is on the page and in the files. */
const inMail: readonly ColumnId[] = [
  "callNumber",
  "title",
  "lastUse",
  "usesRecent",
  "reasons",
  "decidedBefore",
];
const underFirst: readonly ColumnId[] = ["author", "year", "barcode"];

export async function copyTable(context: SectionContext, list: CopyTable): Promise<TableBlock> {
  const { reader, settings } = context;
  const endMonth = list.at.endsWith("-01") ? monthOf(list.at) : addMonths(monthOf(list.at), 1);
  const ids = list.choices.map(({ id }) => id);
  const copies = await readCopies(reader, ids, { endMonth, kinds: totalUseKinds(settings) });
  const records = [...new Set(copies.map(({ recordId }) => recordId))];
  const newer = await readNewerEditions(reader, records);
  const decided = await readDecisions(reader, copies);
  const byId = new Map(list.choices.map((choice) => [choice.id, choice]));
  const head = columnsOf(context, list.judged);
  const rowOf = (copy: ListedCopy, position: number): Cell[] => {
    const cells = cellsOf(context, {
      copy,
      position,
      at: list.at,
      newer: newer.get(copy.recordId),
      decided: decided.get(copyKey(copy)),
      choice: byId.get(copy.id),
      url: copy.url ?? onlineAddress(reader, copy.recordId),
    });
    return head.map(({ id }) => cells[id] ?? textCell(null));
  };
  const places = [...Map.groupBy(copies, (copy) => placeOf(context, copy))];
  return {
    type: "table",
    id: list.id,
    caption: list.caption,
    worklist: true,
    columns: head.map(({ column: shown }) => shown),
    groups: places
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([label, here]) => ({
        label,
        rows: here
          .map((copy, n) => ({ row: rowOf(copy, n + 1), score: byId.get(copy.id)?.score ?? 0 }))
          .sort((a, b) => (list.order === "score" ? b.score - a.score : 0))
          .map(({ row }) => row),
      })),
    ...(list.more !== undefined && { more: list.more }),
  };
}

function placeOf({ words }: SectionContext, copy: ListedCopy): string {
  const parts = [copy.libraryName ?? copy.library, copy.locationName ?? copy.location];
  const known = parts.filter((part) => part !== null && part !== "");
  return known.length === 0 ? words.say("no-location") : known.join(" · ");
}

function columnsOf(
  context: SectionContext,
  judged: boolean,
): readonly { readonly id: ColumnId; readonly column: Column }[] {
  const { words, settings } = context;
  const money = moneyKind(settings.currency);
  const own = (id: ColumnId, more: Partial<Column> = {}): { id: ColumnId; column: Column } => ({
    id,
    column: {
      ...column(context, id, "start"),
      ...more,
      ...(underFirst.includes(id) && { under: true }),
      ...(![...inMail, ...underFirst].includes(id) && { dataOnly: true }),
    },
  });
  const number = { align: "end" } as const;
  const day = { kind: "day" } as const;
  const choices = decisions.map((decision) => words.say(`decision.${decision}`));
  return [
    ...(judged ? [own("decision", { choices })] : []),
    own("note"),
    own("number", number),
    own("callNumber"),
    own("title"),
    own("author"),
    own("year"),
    own("edition"),
    own("library"),
    own("location"),
    own("collection"),
    own("barcode"),
    own("copies", number),
    own("lastUse", day),
    own("usesRecent", number),
    own("usesEver", number),
    own("inHouse", number),
    own("acquired", day),
    own("price", { ...number, ...money }),
    ...(judged ? [own("reasons"), own("protectedBy")] : []),
    own("newerEdition"),
    own("otherHolders", number),
    own("alsoDigital"),
    own("holds", number),
    own("link"),
    own("decidedBefore"),
    own("item"),
  ];
}

interface Told {
  readonly copy: ListedCopy;
  readonly position: number;
  readonly at: CalendarDay;
  readonly newer: Edition | undefined;
  readonly decided: TakenDecision | undefined;
  readonly choice: Choice | undefined;
  readonly url: string | null;
}

function cellsOf(
  context: SectionContext,
  { copy, position, at, newer, decided, choice, url }: Told,
): Partial<Record<ColumnId, Cell>> {
  const link = context.titleUrl(copy.record);
  return {
    number: countCell(context, position),
    callNumber: dataCell(copy.callNumber),
    title: titleCell(context, copy),
    author: dataCell(copy.author),
    year: yearCell(copy.year),
    edition: dataCell(copy.edition),
    library: codeCell(copy.library, copy.libraryName),
    location: codeCell(copy.location, copy.locationName),
    collection: codeCell(copy.collection, copy.collectionName),
    barcode: dataCell(copy.barcode),
    copies: countCell(context, copy.copies),
    lastUse: dayCell(context, lastUseOf(copy, at)),
    usesRecent: countCell(context, copy.usesInFiveYears),
    usesEver: numberCell(context, usesEver(copy)),
    inHouse: numberCell(context, inHouse(copy)),
    acquired: dayCell(context, copy.acquiredOn),
    price: moneyCell(context, copy.priceMinor),
    reasons: choice?.reasons?.(copy) ?? textCell(null),
    protectedBy: choice?.protectedBy ?? textCell(null),
    newerEdition: textCell(newer === undefined ? null : editionText(newer)),
    otherHolders: numberCell(context, copy.otherHolders),
    alsoDigital: linkCell(url),
    holds: countCell(context, copy.holds),
    link: linkCell(link),
    decidedBefore: textCell(decided === undefined ? null : decidedText(context, decided)),
    item: dataCell(`${copy.source}:${copy.item}`),
  };
}

/** The larger of what is on record and what the source's counters say: counters reach further back, records are surer. */
export function usesEver({ usesOnRecord, checkoutCounter, inHouseCounter }: ListedCopy): number | null {
  const told = checkoutCounter !== null || inHouseCounter !== null;
  const counted = (checkoutCounter ?? 0) + (inHouseCounter ?? 0);
  return told || usesOnRecord > 0 ? Math.max(usesOnRecord, counted) : null;
}

function inHouse({ inHouseOnRecord, inHouseCounter }: ListedCopy): number | null {
  return inHouseCounter === null && inHouseOnRecord === 0
    ? null
    : Math.max(inHouseOnRecord, inHouseCounter ?? 0);
}

function editionText({ year, callNumber }: Edition): string {
  return callNumber === null ? String(year) : `${String(year)}: ${callNumber}`;
}

function decidedText({ words, settings }: SectionContext, decided: TakenDecision): string {
  const { decision, note, decidedAt } = decided;
  const what = `${words.say(`decision.${decision}`)}, ${words.moment(decidedAt, settings.zone)}`;
  return note === null ? what : `${what}: ${note}`;
}

/** MARC 856 by HTTP, of the resource itself or a version of it (second indicator 0 and 1). */
function onlineAddress(reader: SectionContext["reader"], recordId: number): string | null {
  const marc = readRecordMarc(reader, recordId);
  if (marc === null) return null;
  const field = dataFields(marc, "856").find(({ ind1, ind2 }) => ind1 === "4" && "01".includes(ind2));
  return (field === undefined ? undefined : subfields(field, "u")[0]) ?? null;
}
