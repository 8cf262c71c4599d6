/** Small builders of facts and messages, for tests of jobs and store. */
import type { HoldFact, ItemFact, LoanFact, RecordFact } from "../../src/domain/fact.ts";
import type { Decision, TargetItem, TargetRecord } from "../../src/domain/evidence.ts";
import type { MarcField } from "../../src/domain/marc/record.ts";
import type { CalendarDay, Instant, Month } from "../../src/domain/time.ts";
import { fraction } from "../../src/domain/weight.ts";
import type { Fact } from "../../src/domain/fact.ts";
import type { Message } from "../../src/kit/contract.ts";
import type { Rules } from "../../src/store/index.ts";

export const day = (text: string): CalendarDay => text as CalendarDay;
export const instant = (text: string): Instant => new Date(text).toISOString() as Instant;

export function recordFact(
  id: string,
  fields: { readonly lcc?: string; readonly suppressed?: boolean } = {},
): RecordFact {
  const data = (tag: string, ind2: string, ...subfields: [string, string][]): MarcField => ({
    tag,
    ind1: " ",
    ind2,
    subfields,
  });
  return {
    kind: "record",
    id,
    marc: {
      leader: "00000nam a2200000 a 4500",
      fields: [
        { tag: "001", value: `c${id}` },
        { tag: "008", value: "200101s2015    xxu           000 0 eng d" },
        ...(fields.lcc === undefined ? [] : [data("050", "0", ["a", fields.lcc])]),
        data("245", "0", ["a", `Title ${id}`]),
        ...(fields.suppressed === true ? [data("942", " ", ["n", "1"])] : []),
        data("999", " ", ["c", id]),
      ],
    },
  };
}

export function itemFact(id: string, recordId: string, change: Partial<ItemFact> = {}): ItemFact {
  return {
    kind: "item",
    id,
    recordId,
    homeLibrary: "MAIN",
    holdingLibrary: "MAIN",
    location: null,
    collection: null,
    itemType: "BK",
    callNumber: null,
    classSource: null,
    barcode: null,
    copyNumber: null,
    volume: null,
    inventoryNumber: null,
    acquiredOn: day("2020-01-01"),
    priceMinor: null,
    replacementPriceMinor: null,
    notForLoan: 0,
    lost: 0,
    withdrawn: 0,
    damaged: 0,
    withdrawnOn: null,
    lostOn: null,
    lastCheckoutOn: null,
    checkouts: null,
    renewals: null,
    inHouseUses: null,
    ...change,
  };
}

export function loanFact(
  id: string,
  itemId: string | null,
  outOn: string,
  change: Partial<LoanFact> = {},
): LoanFact {
  return {
    kind: "loan",
    id,
    itemId,
    library: "MAIN",
    outOn: day(outOn),
    inOn: null,
    onsite: false,
    renewals: [],
    ...change,
  };
}

export function holdFact(id: string, recordId: string): HoldFact {
  return { kind: "hold", id, recordId, itemId: null, placedOn: day("2026-10-01"), suspended: false };
}

export const month = (text: string): Month =>
  (Number(text.slice(0, 4)) * 12 + Number(text.slice(5)) - 1) as Month;

export function factMessage(fact: Fact): Message {
  return { type: "fact", fact, origin: { at: "test" } };
}

/** Decides by collection (`PHYS`, `HALF`), by the letters of a call number, and leaves the rest unassigned. */
export function testRules(change: Partial<Rules> = {}): Rules {
  const decide = (record: TargetRecord, item: TargetItem | null): Decision => {
    const give = (...shares: [string, number, number][]): Decision => ({
      excluded: false,
      assignments: shares.map(([department, num, den]) => ({
        department,
        weight: fraction(num, den),
        rule: null,
        evidence: null,
      })),
    });
    if (item?.itemType === "ILL") return { excluded: true, assignments: [] };
    if (item?.collection === "PHYS") return give(["physics", 1, 1]);
    if (item?.collection === "HALF") return give(["physics", 1, 2], ["chemistry", 1, 2]);
    const [evidence] = record.evidence;
    if (evidence?.text.startsWith("QC") === true) return give(["physics", 1, 1]);
    if (evidence?.text.startsWith("QD") === true) return give(["chemistry", 1, 1]);
    return give(["unassigned", 1, 1]);
  };
  return {
    assign: decide,
    vanishPercent: 5,
    extractEvidence: (record) =>
      record.fields.flatMap((field) =>
        "subfields" in field && field.tag === "050"
          ? [
              {
                kind: "lcc",
                rank: "call-number" as const,
                sortKey: field.subfields[0]?.[1] ?? "",
                text: field.subfields[0]?.[1] ?? "",
                authority: null,
                tag: "050",
              },
            ]
          : [],
      ),
    readCallNumber: () => null,
    ...change,
  };
}
