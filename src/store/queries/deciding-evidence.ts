/** By which kind of evidence titles and items come to their departments. It is not stored, but decided once more. */
import type { Assignment, Decision } from "../../domain/evidence.ts";
import { toNumber } from "../../domain/weight.ts";
import { itemColumns, recordColumns, targetItem, targetRecord } from "../page/assign.ts";
import type { ItemRow, RecordRow } from "../page/assign.ts";
import type { Rules } from "../page/types.ts";
import type { Reader } from "../port.ts";

export interface EvidenceShare {
  /**
   * `record`, `fund`, `collection` (any code of the copy), a scheme of call numbers (`lcc ddc nlm udc other`),
   * `heading`, `any` (what nothing else matched).
   */
  readonly kind: string;
  readonly titles: number;
  readonly items: number;
}

const asNamed: ReadonlySet<string> = new Set(["record", "fund", "lcc", "ddc", "nlm", "udc", "other"]);
const codesOfCopy: ReadonlySet<string> = new Set(["collection", "location", "library", "itemType"]);
const batch = 1000;

/**
 * Living titles and items by the kind of evidence that decided, the biggest first, by weight: a title with two
 * copies, one by its collection and one by its call number, counts half and half. `rules` are those in force.
 * Unassigned and excluded titles are not in it, so that it adds up to the departments' titles.
 */
export function decidingEvidence(
  { sql, site }: Reader,
  rules: Pick<Rules, "assign" | "readCallNumber">,
): EvidenceShare[] {
  const titles = new Map<string, number>();
  const items = new Map<string, number>();
  for (let last = 0; ;) {
    const rows = sql.all<RecordRow>(
      `SELECT ${recordColumns} FROM record WHERE site = ? AND id > ? AND deleted_at IS NULL AND suppressed = 0
       ORDER BY id LIMIT ${batch}`,
      site,
      last,
    );
    for (const row of rows) {
      const record = targetRecord(sql, site, row);
      const copies = sql.all<ItemRow>(
        `SELECT ${itemColumns} FROM item WHERE record_id = ? AND deleted_at IS NULL AND withdrawn = 0 ORDER BY id`,
        row.id,
      );
      const own = rules.assign(record, null);
      const decisions = copies.map((copy) =>
        rules.assign(
          record,
          targetItem(copy, rules.readCallNumber(copy.callNumber, copy.classSource, row.classSource)),
        ),
      );
      for (const decision of decisions) addTo(items, decision, 1);
      const counted = decisions.filter(({ excluded }) => !excluded);
      if (own.excluded) continue;
      if (copies.length === 0) addTo(titles, own, 1);
      else for (const decision of counted) addTo(titles, decision, 1 / counted.length);
    }
    const final = rows.at(-1);
    if (final === undefined) break;
    last = final.id;
  }
  return [...new Set([...titles.keys(), ...items.keys()])]
    .map((kind) => ({ kind, titles: titles.get(kind) ?? 0, items: items.get(kind) ?? 0 }))
    .sort((a, b) => b.titles - a.titles || (a.kind < b.kind ? -1 : 1));
}

function addTo(sums: Map<string, number>, { assignments }: Decision, of: number): void {
  for (const { rule, evidence, weight } of assignments) {
    if (rule === null) continue;
    const kind = kindOf(evidence);
    sums.set(kind, (sums.get(kind) ?? 0) + of * toNumber(weight));
  }
}

function kindOf(evidence: Assignment["evidence"]): string {
  if (evidence === null) return "any";
  if (codesOfCopy.has(evidence.kind)) return "collection";
  return asNamed.has(evidence.kind) ? evidence.kind : "heading";
}
