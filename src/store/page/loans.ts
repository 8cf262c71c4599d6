import { hash as digest } from "node:crypto";
import type { LoanFact } from "../../domain/fact.ts";
import { monthOf } from "../../domain/time.ts";
import type { CalendarDay } from "../../domain/time.ts";
import { upsertText } from "../sql.ts";
import { itemId } from "./items.ts";
import type { PageContext, UseChange } from "./types.ts";

const upsertLoan = upsertText(
  "loan",
  ["site", "source", "external_id"],
  ["site", "source", "external_id", "item_id", "library", "out_on", "in_on", "onsite", "renewals", "hash"],
);

export interface LoanRow {
  readonly itemId: number;
  readonly library: string;
  readonly outOn: CalendarDay;
  readonly onsite: number;
  readonly renewals: string | null;
}

/** The source has forgotten which item it was. */
const forgottenItem = 0;

/**
 * Stores a loan and moves by difference what it counts for. What was known of its item stays known when the source
 * forgets it (Koha sets the item of a closed loan to NULL when the item is deleted).
 */
export function storeLoan(context: PageContext, fact: LoanFact): boolean {
  const { sql, write, site } = context;
  const known = sql.get<LoanRow & { readonly hash: string }>(
    `SELECT item_id AS itemId, library, out_on AS outOn, onsite, renewals, hash FROM loan
     WHERE site = ? AND source = ? AND external_id = ?`,
    site,
    write.source,
    fact.id,
  );
  const hash = digest("sha256", JSON.stringify(fact), "base64url");
  if (known?.hash === hash) return false;

  const loan: LoanRow = {
    itemId: fact.itemId === null ? (known?.itemId ?? forgottenItem) : itemId(context, fact.itemId),
    library: fact.library ?? "",
    outOn: fact.outOn,
    onsite: fact.onsite ? 1 : 0,
    renewals:
      fact.renewals === null ? null : JSON.stringify(fact.renewals.map(({ month, count }) => [month, count])),
  };
  if (known !== undefined) for (const use of usesOf(known, write.source, -1)) context.rollup.addUse(use);
  for (const use of usesOf(loan, write.source, 1)) context.rollup.addUse(use);
  sql.run(
    upsertLoan,
    site,
    write.source,
    fact.id,
    loan.itemId,
    loan.library,
    loan.outOn,
    fact.inOn,
    loan.onsite,
    loan.renewals,
    hash,
  );
  return true;
}

/** What one loan counts for: itself in the month in which it was made, each renewal in its own. */
export function usesOf(loan: LoanRow, source: string, sign: 1 | -1): UseChange[] {
  const at = { itemId: loan.itemId, library: loan.library, source };
  const made: UseChange = {
    ...at,
    month: monthOf(loan.outOn),
    kind: loan.onsite === 1 ? "onsite" : "checkout",
    change: sign,
  };
  const renewals =
    loan.renewals === null ? [] : (JSON.parse(loan.renewals) as [month: number, count: number][]);
  return [
    made,
    ...renewals.map(([month, count]): UseChange => ({ ...at, month, kind: "renewal", change: sign * count })),
  ];
}
