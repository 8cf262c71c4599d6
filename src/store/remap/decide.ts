/** Decides one scanned record and its copies, and says what differs from the store, or from another mapping. */
import type { Evidence, TargetItem, TargetRecord } from "../../domain/evidence.ts";
import { packEvidence } from "../evidence.ts";
import { readMarc } from "../marc.ts";
import { titleSet } from "../sets.ts";
import type { Sets } from "../sets.ts";
import type { Sql } from "../sql.ts";
import { scannedEvidence, scannedItem, scannedRecord } from "./scan.ts";
import type { Scanned, ScannedItem } from "./scan.ts";
import { creditsOf } from "./credits.ts";
import type { Credits } from "./credits.ts";
import type { MarcReading, RemapOptions, RemapRules } from "./types.ts";

export interface DecidedItem {
  readonly item: ScannedItem;
  readonly from: number;
  readonly to: number;
  readonly scheme: string | null;
  readonly sortKey: string | null;
}

export interface DecidedRecord {
  readonly recordSet: number;
  readonly from: number;
  readonly to: number;
  /** Copies for which anything differs from the store, or between the mappings. */
  readonly items: readonly DecidedItem[];
  /** Which rules give the title to its departments, after and before; empty where it stays. */
  readonly won: Credits;
  readonly lost: Credits;
  /** What is to be kept of the record's evidence, packed; null: as it is. */
  readonly evidence: string | null;
}

/** Null: nothing that could decide the record differently has changed. */
export type Decide = (scanned: Scanned, sql: Sql, sets: Sets) => DecidedRecord | null;

/** `readAnew`: call numbers are read, not taken as they are stored. */
export function createDecide(rules: RemapRules, options: RemapOptions, readAnew: boolean): Decide {
  const { before, against = false, marc } = options;
  const touches = readAnew ? null : (options.touches ?? null);

  /** Copies of the deleted, and they themselves, keep weights of another time until a mapping is applied. */
  function isUntouched(scanned: Scanned, record: TargetRecord, items: readonly TargetItem[]): boolean {
    if (touches === null || scanned.row.deletedAt !== null) return false;
    if (scanned.items.some(({ deletedAt }) => deletedAt !== null) || touches(record, null)) return false;
    return !items.some((item) => touches(record, item));
  }

  return (scanned, sql, sets) => {
    const { row } = scanned;
    const stored = scannedEvidence(scanned);
    const kept = marc === undefined ? stored : withMarc(sql, marc, row.id, stored);
    const evidence = marc === undefined ? null : packEvidence(kept);
    const record = scannedRecord(scanned, kept);
    const anew = readAnew ? rules.readCallNumber : null;
    const targets = scanned.items.map((item) => scannedItem(item, scanned, anew));
    const changed = evidence !== null && evidence !== row.evidence;
    if (!changed && isUntouched(scanned, record, targets)) return null;

    const own = rules.assign(record, null);
    const decisions = targets.map((target) => rules.assign(record, target));
    const recordSet = sets.idOfDecision(own);
    const to = decisions.map((decision) => sets.idOfDecision(decision));
    const toTitle = titleSet(sets, recordSet, living(scanned, to));

    const ownBefore = against && before !== undefined ? before.assign(record, null) : null;
    const decisionsBefore =
      against && before !== undefined ? targets.map((target) => before.assign(record, target)) : null;
    const from = decisionsBefore?.map((decision) => sets.idOfDecision(decision)) ?? null;
    const fromTitle =
      ownBefore === null || from === null
        ? row.titleSetId
        : titleSet(sets, sets.idOfDecision(ownBefore), living(scanned, from));

    const items = scanned.items.flatMap((item, at): DecidedItem[] => {
      const callNumber = targets[at]?.callNumber ?? null;
      const decided = {
        item,
        from: from?.[at] ?? item.setId,
        to: to[at] ?? item.setId,
        scheme: callNumber?.kind ?? null,
        sortKey: callNumber?.sortKey ?? null,
      };
      const same =
        decided.to === item.setId &&
        decided.from === item.setId &&
        decided.scheme === item.scheme &&
        decided.sortKey === item.sortKey;
      return same ? [] : [decided];
    });
    const stays = toTitle === fromTitle;
    if (stays && recordSet === row.setId && items.length === 0 && !changed) return null;
    const counted = stays ? [] : countedTargets(scanned, targets);
    return {
      recordSet,
      from: fromTitle,
      to: toTitle,
      items,
      won: creditsOf(record, counted, rules),
      lost: before === undefined ? [] : creditsOf(record, counted, before),
      evidence: changed ? evidence : null,
    };
  };
}

function withMarc(
  sql: Sql,
  { selectors, extract }: MarcReading,
  recordId: number,
  stored: readonly Evidence[],
): Evidence[] {
  const kept = stored.filter(({ rank }) => rank !== "marc");
  if (selectors.length === 0) return kept;
  const marc = readMarc(sql, recordId);
  return marc === null ? kept : [...kept, ...extract(marc)];
}

/** The sets of the copies by which a title counts. */
function living({ items }: Scanned, sets: readonly number[]): number[] {
  return sets.filter((_, at) => isLiving(items[at]));
}

/** What a title counts by: its living copies, without any the record itself. */
function countedTargets({ items }: Scanned, targets: readonly TargetItem[]): readonly (TargetItem | null)[] {
  const counted = targets.filter((_, at) => isLiving(items[at]));
  return counted.length === 0 ? [null] : counted;
}

function isLiving(item: ScannedItem | undefined): boolean {
  return item !== undefined && item.deletedAt === null && item.withdrawn === 0;
}
