/** Of packages, their costs, budget periods and ended holds: which table, which columns. */
import type { Fact } from "../../domain/fact.ts";
import type { Value } from "../sql.ts";

export type EListFact = Extract<Fact, { kind: "budget-period" | "hold-count" | "package" | "package-cost" }>;

export const eListTables = {
  "budget-period": { table: "budget_period", keepsDeleted: true, hashed: true },
  "hold-count": { table: "hold_fact", keepsDeleted: false, hashed: true },
  package: { table: "package", keepsDeleted: true, hashed: true },
  "package-cost": { table: "package_cost", keepsDeleted: false, hashed: true },
} as const;

export function eListColumns(fact: EListFact): Readonly<Record<string, Value>> {
  switch (fact.kind) {
    case "budget-period":
      return { name: fact.name, from_on: fact.from, to_on: fact.to };
    case "hold-count":
      return {
        record_external_id: fact.recordId,
        month: fact.month,
        placed: fact.placed,
        filled: fact.filled,
        cancelled: fact.cancelled,
        expired: fact.expired,
      };
    case "package":
      return { name: fact.name, vendor: fact.vendor, platform: fact.platform };
    case "package-cost":
      return {
        package_external_id: fact.packageId,
        from_on: fact.from,
        to_on: fact.to,
        amount_minor: fact.amountMinor,
        currency: fact.currency,
      };
  }
}
