/** Funds in two budget periods, and what was ordered from them. */
import { addDay, localMoment } from "./clock.ts";
import type { Biblio, Fund, Order, OrderStatus, Patron } from "./model.ts";
import type { Random } from "./random.ts";

/** Fund code, name, parent, share of the parent's money, and the first letters of the classes it buys. */
const tree: readonly (readonly [
  code: string,
  name: string,
  parent: string,
  amount: number,
  classes: string,
])[] = [
  ["HUM", "Humanities", "", 60_000, ""],
  ["HIST", "History", "HUM", 15_000, "CDEF"],
  ["LIT", "Literature and languages", "HUM", 18_000, "P"],
  ["PHIL", "Philosophy and religion", "HUM", 12_000, "B"],
  ["ART", "Art and architecture", "HUM", 9000, "N"],
  ["MUS", "Music", "HUM", 6000, "M"],
  ["SOC", "Social sciences", "", 50_000, ""],
  ["ECON", "Economics and business", "SOC", 18_000, "H"],
  ["POL", "Politics", "SOC", 12_000, "J"],
  ["EDUC", "Education", "SOC", 9000, "L"],
  ["GEOG", "Geography and anthropology", "SOC", 8000, "G"],
  ["SCIE", "Sciences", "", 90_000, ""],
  ["MATH", "Mathematics and computing", "SCIE", 22_000, "Q"],
  ["AGRI", "Agriculture", "SCIE", 6000, "S"],
  ["ENGR", "Engineering", "SCIE", 24_000, "T"],
  ["MEDI", "Medicine", "", 40_000, "R"],
  ["LAWS", "Law", "", 30_000, "K"],
  ["GENR", "General and reference", "", 10_000, "AZUV"],
];

/** Budget periods: id, first day, factor of the amounts. */
const periods = [
  [11, "2025-07-01", 0.95],
  [12, "2026-07-01", 1],
] as const;

export function createFunds(random: Random, staff: readonly Patron[]): Fund[] {
  const funds: Fund[] = [];
  for (const [periodId, start, factor] of periods) {
    for (const [code, name, parent, amount] of tree) {
      const owner = random.pick(staff);
      funds.push({
        id: funds.length + 1,
        code,
        name,
        parentId: funds.find((fund) => fund.code === parent && fund.periodId === periodId)?.id ?? null,
        periodId,
        library: { LAWS: "LAW", MEDI: "MED", SCIE: "SCI", MATH: "SCI", ENGR: "SCI" }[code] ?? "MAIN",
        amount: Math.round(amount * factor * 100) / 100,
        ownerId: random.chance(0.7) ? owner.id : null,
        notes: random.chance(0.3)
          ? `Ask ${owner.first} ${owner.last}, ${owner.phone}, before overspending`
          : null,
        at: localMoment(start, 600),
      });
    }
  }
  return funds;
}

function fundFor(biblio: Biblio | undefined, funds: readonly Fund[], random: Random): Fund {
  const letter = biblio?.facts.lcc.slice(0, 1) ?? "";
  const code = tree.find(([, , , , classes]) => letter !== "" && classes.includes(letter))?.[0] ?? "GENR";
  const fitting = funds.filter((fund) => fund.code === code);
  return random.pick(fitting);
}

export interface OrderOptions {
  readonly random: Random;
  readonly staff: readonly Patron[];
  readonly readers: readonly Patron[];
  readonly funds: readonly Fund[];
  readonly biblios: readonly Biblio[];
  readonly today: string;
  readonly count: number;
}

const cents = (amount: number): number => Math.round(amount * 100) / 100;

/** Partly received orders come as Koha splits them: the parent keeps what is still to come, a child what came. */
export function createOrders(options: OrderOptions): Order[] {
  const { random, staff, readers, funds, biblios, today } = options;
  const orders: Order[] = [];
  for (let n = 0; n < options.count; n += 1) {
    const biblio = random.chance(0.03) ? undefined : random.pick(biblios);
    const fund = fundFor(biblio, funds, random);
    const start = fund.periodId === 11 ? "2025-07-02" : "2026-07-02";
    const last = fund.periodId === 11 ? "2026-06-28" : today;
    const enteredOn = addDay(start, random.between(0, (Date.parse(last) - Date.parse(start)) / 86_400_000));
    const fate = random.next();
    const recent = addDay(enteredOn, 60) > today;
    const status: OrderStatus =
      fate < 0.05
        ? "cancelled"
        : recent
          ? fate < 0.3
            ? "new"
            : "ordered"
          : fate < 0.1
            ? "partial"
            : fate < 0.2
              ? "ordered"
              : "complete";
    const received = addDay(enteredOn, random.between(7, 55));
    const receivedOn = received > today ? today : received;
    const reader = random.pick(readers);
    const list = random.between(1200, 16_000) / 100;
    const taxRate = 0.06;
    const excluded = cents(list * 0.9);
    const base: Order = {
      id: 201 + orders.length,
      biblioId: biblio?.id ?? null,
      fundId: fund.id,
      parentId: null,
      status,
      quantity: status === "partial" ? 2 : random.chance(0.15) ? random.between(2, 4) : 1,
      quantityReceived: 0,
      listPrice: list,
      ecostExcluded: excluded,
      ecostIncluded: cents(excluded * (1 + taxRate)),
      unitPriceExcluded: null,
      unitPriceIncluded: null,
      taxRate,
      enteredOn,
      receivedOn: null,
      cancelledOn: status === "cancelled" ? addDay(enteredOn, 5) : null,
      cancellationReason: status === "cancelled" ? "Out of print" : null,
      createdBy: random.pick(staff).id,
      internalNote: random.chance(0.12)
        ? `requested by Prof. ${reader.first} ${reader.last} (${reader.email})`
        : null,
      vendorNote: random.chance(0.04) ? `Deliver to ${reader.last}, ${reader.first}, ${reader.street}` : null,
      basketId: 31 + Math.floor(n / 12),
      invoiceId: null,
      at: localMoment(enteredOn, random.between(500, 1000)),
    };
    orders.push(status === "complete" ? asReceived(base, base.quantity, receivedOn, random) : base);
    if (status === "partial")
      orders.push({
        ...asReceived({ ...base, quantity: 1, status: "complete" }, 1, receivedOn, random),
        id: 201 + orders.length,
        parentId: base.id,
      });
  }
  return orders;
}

function asReceived(order: Order, quantity: number, receivedOn: string, random: Random): Order {
  const excluded = cents(order.ecostExcluded * (0.92 + random.next() * 0.16));
  return {
    ...order,
    quantityReceived: quantity,
    receivedOn,
    unitPriceExcluded: excluded,
    unitPriceIncluded: cents(excluded * (1 + order.taxRate)),
    invoiceId: 71 + (order.basketId % 20),
    at: localMoment(receivedOn, random.between(500, 1000)),
  };
}
