/**
 * What of a fund is spent, promised and left at the end of the period, as Koha's fund page counts it (Koha
 * `C4/Budgets.pm`): received copies at their price (else the estimate), outstanding copies at the estimate, cancelled
 * lines out, lines in open baskets in unless the library leaves them out. Freight and invoice adjustments are not
 * delivered by the REST interface. Allocations are those of today.
 */
import { addDays } from "../domain/time.ts";
import type { CalendarDay } from "../domain/time.ts";
import { add, fraction, zero } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import type { Reader } from "../store/port.ts";
import { readFunds, readOrders, titleOfOrder } from "../store/queries/measures/money.ts";
import type { FundRow, OrderRow } from "../store/queries/measures/money.ts";
import { once } from "../store/queries/once.ts";
import { unassigned } from "../domain/evidence.ts";
import { decimalText } from "./rounding.ts";
import { weighted } from "./count.ts";
import { readFundPeriods } from "./fund-periods.ts";
import type { Cell, MappingInfo, Measure, MeasureContext, MeasureSettings, Shares } from "./types.ts";

export interface OrderAmounts {
  readonly status: string;
  readonly cancelledOn: string | null;
  readonly quantity: number;
  readonly quantityReceived: number;
  readonly unitPriceMinor: number | null;
  readonly estimateMinor: number | null;
}

/** In minor units; `available` can be negative. */
export type Balance = Readonly<Record<"allocated" | "spent" | "encumbered" | "available", number>>;

export const fundBalance: Measure = {
  id: "fund-balance",
  unit: "money",
  digits: 2,
  additive: true,
  kind: "snapshot",
  needs: ["funds", "orders"],
  by: ["department", "liaison", "fund"],
  parameters: [],
  // No budget period is not an empty one.
  missing: async ({ reader, settings, at }) => {
    const fundPeriods = await readFundPeriods(reader, settings);
    const all = await readFunds(reader);
    if (fundPeriods.length === 0 || all.length === 0) return null;
    const { funds } = currentFunds(all, { ...settings, fundPeriods }, at);
    return funds.length > 0 ? null : `no budget period is known for ${addDays(at, -1)}`;
  },
  compute: async (context) => {
    const book = await readBook(context);
    const own = book.funds.map((fund) => cellOf(book, fund, fund.code));
    const cells =
      context.dimension === "fund"
        ? book.funds.flatMap((fund) =>
            book.family(fund).map((member) => underFund(cellOf(book, member, fund.code), book.shares(fund))),
          )
        : own;
    const currencies = new Set(book.funds.map(({ currency }) => currency));
    return {
      cells,
      totalCells: own,
      figure: (weightedCells) =>
        currencies.size > 1
          ? { value: null, reason: "not-applicable" }
          : { value: balanceOf([0, 1, 2].map((place) => weighted(weightedCells, place))) },
      notes: [
        "without freight and invoice adjustments",
        ...(currencies.size > 1 ? ["funds in several currencies are not added up"] : []),
        ...book.notes,
      ],
    };
  },
  trace: async function* (context) {
    const book = await readBook(context);
    for (const fund of book.funds) {
      for (const order of book.orders(fund).filter(isAlive)) {
        const { record, id, quantity } = order;
        const title = titleOfOrder(context.reader, order);
        yield { shares: book.shares(fund), record, item: `order:${id}`, title, count: quantity };
      }
    }
  },
};

export interface Spending {
  readonly spent: number;
  readonly encumbered: number;
}

/** Spent and encumbered of order lines. */
export function spending(
  lines: readonly OrderAmounts[],
  { encumberOpenBaskets }: Pick<MeasureSettings, "encumberOpenBaskets">,
): Spending {
  let [spent, encumbered] = [0, 0];
  for (const line of lines) {
    if (!isAlive(line)) continue;
    const outstanding = Math.max(0, line.quantity - line.quantityReceived);
    spent += line.quantityReceived * (line.unitPriceMinor ?? line.estimateMinor ?? 0);
    if (line.status === "new" && !encumberOpenBaskets) continue;
    encumbered += outstanding * (line.estimateMinor ?? 0);
  }
  return { spent, encumbered };
}

export function isAlive({ status, cancelledOn }: Pick<OrderAmounts, "status" | "cancelledOn">): boolean {
  return status !== "cancelled" && cancelledOn === null;
}

/**
 * A line as it stood at the beginning of a day, by its own dates: what came or was cancelled later was outstanding.
 * The children of a split order add up to what it was before. Null: it was not ordered yet. What has no date was
 * always so.
 */
export function orderAt<Line extends OrderAmounts & Pick<OrderRow, "orderedOn" | "receivedOn">>(
  line: Line,
  day: CalendarDay,
): Line | null {
  const { orderedOn, receivedOn, cancelledOn } = line;
  if (orderedOn !== null && orderedOn >= day) return null;
  const then = receivedOn !== null && receivedOn >= day ? { ...line, quantityReceived: 0 } : line;
  return cancelledOn !== null && cancelledOn >= day
    ? { ...then, status: "ordered", cancelledOn: null }
    : then;
}

/** Allocated, spent, encumbered as exact sums; rounded once, to the minor unit. */
export function balanceOf(parts: readonly Fraction[]): Balance {
  const [allocated = 0, spent = 0, encumbered = 0] = parts.map((part) => Number(decimalText(part, 0)));
  return { allocated, spent, encumbered, available: allocated - spent - encumbered };
}

/** Funds of the budget period, each with its orders, its children, and whose it is. */
export interface Book {
  readonly funds: readonly FundRow[];
  readonly notes: readonly string[];
  orders(fund: FundRow): readonly OrderRow[];
  children(fund: FundRow): readonly FundRow[];
  /** The fund with all beneath it. */
  family(fund: FundRow): readonly FundRow[];
  shares(fund: FundRow): Shares;
  spending(fund: FundRow): Spending;
}

/**
 * A fund's own cell: its allocation less what its child funds were given of it, so that any family adds up to the
 * allocation of its head.
 */
export function cellOf(book: Book, fund: FundRow, key: string): Cell {
  const { spent, encumbered } = book.spending(fund);
  const given = book.children(fund).reduce((sum, child) => sum + child.allocatedMinor, 0);
  return { shares: book.shares(fund), key, amounts: [fund.allocatedMinor - given, spent, encumbered] };
}

/** Shares of a fund's family in its own row: a department sees the rows of its funds, the library all of each. */
export function underFund(cell: Cell, owners: Shares): Cell {
  if (cell.shares === null) return cell;
  const shares = new Map<string, Fraction>();
  for (const [id, share] of cell.shares) {
    const row = owners.has(id) ? id : ofNoRow;
    shares.set(row, add(shares.get(row) ?? zero, share));
  }
  return { ...cell, shares };
}

/** No department's id. */
const ofNoRow = "";

/** As it stood at the beginning of the day that the figure is of. */
export async function readBook({ reader, settings, mapping, at }: MeasureContext): Promise<Book> {
  const { encumberOpenBaskets } = settings;
  return bookOf(reader, at, {
    encumberOpenBaskets,
    fundPeriods: await readFundPeriods(reader, settings),
    departments: mapping.departments.map(({ id, name, funds = [] }) => ({ id, name, funds })),
  });
}

type BookRules = Pick<MeasureSettings, "fundPeriods" | "encumberOpenBaskets"> &
  Pick<MappingInfo, "departments">;

const bookOf = once(async (reader: Reader, at: CalendarDay, rules: BookRules): Promise<Book> => {
  const { funds, notes } = currentFunds(await readFunds(reader), rules, at);
  const lines = (await readOrders(reader)).flatMap((line) => orderAt(line, at) ?? []);
  const ordersByFund = Map.groupBy(lines, ({ source, fund }) => `${source} ${fund}`);
  const orders = (fund: FundRow): readonly OrderRow[] => ordersByFund.get(`${fund.source} ${fund.id}`) ?? [];
  const children = Map.groupBy(funds, ({ source, parent }) => `${source} ${parent ?? ""}`);
  const childrenOf = (fund: FundRow): readonly FundRow[] => children.get(`${fund.source} ${fund.id}`) ?? [];
  const family = (fund: FundRow): FundRow[] => {
    // A set grows while it is walked; a fund that is its own ancestor, which Koha does not forbid, is in it once.
    const members = new Set([fund]);
    for (const member of members) for (const child of childrenOf(member)) members.add(child);
    return [...members];
  };
  const shares = (fund: FundRow): Shares => {
    const owners = fundOwners(fund, funds, rules.departments);
    if (owners.length === 0) return new Map([[unassigned, fraction(1)]]);
    return new Map(owners.map((id) => [id, fraction(1, owners.length)]));
  };
  return {
    funds,
    notes,
    orders,
    children: childrenOf,
    family,
    shares: kept(shares),
    spending: kept((fund) => spending(orders(fund), rules)),
  };
});

/** Found out once for each fund. */
function kept<Value>(find: (fund: FundRow) => Value): (fund: FundRow) => Value {
  const found = new Map<FundRow, Value>();
  return (fund) => {
    const known = found.get(fund);
    if (known !== undefined) return known;
    const value = find(fund);
    found.set(fund, value);
    return value;
  };
}

/** The departments whose rules name the fund, else those that own the fund above it. */
export function fundOwners(
  fund: FundRow,
  funds: readonly FundRow[],
  departments: MappingInfo["departments"],
): string[] {
  const seen = new Set<FundRow>();
  for (let at: FundRow | undefined = fund; at !== undefined && !seen.has(at); at = parentOf(at, funds)) {
    const named = at;
    const owners = departments.filter(({ funds: patterns = [] }) =>
      patterns.some((pattern) => isNamed(named, pattern)),
    );
    if (owners.length > 0) return owners.map(({ id }) => id);
    seen.add(at);
  }
  return [];
}

/** By the codes of funds, of all budget periods, whose they are; those that nobody owns are not in it. */
export async function ownersOfFunds({
  reader,
  mapping,
}: Pick<MeasureContext, "reader" | "mapping">): Promise<ReadonlyMap<string, Shares>> {
  const funds = await readFunds(reader);
  const owned = new Map<string, Set<string>>();
  for (const fund of funds) {
    const owners = fundOwners(fund, funds, mapping.departments);
    if (owners.length > 0) owned.set(fund.code, new Set([...(owned.get(fund.code) ?? []), ...owners]));
  }
  return new Map(
    [...owned].map(([code, owners]) => [
      code,
      new Map([...owners].map((id) => [id, fraction(1, owners.size)])),
    ]),
  );
}

function parentOf({ source, parent }: FundRow, funds: readonly FundRow[]): FundRow | undefined {
  return parent === null ? undefined : funds.find((fund) => fund.source === source && fund.id === parent);
}

/** A rule names a fund by code or id, with `*` at the end for every code that begins so. */
function isNamed({ code, id }: FundRow, pattern: string): boolean {
  if (!pattern.endsWith("*")) return pattern === code || pattern === id;
  return code.startsWith(pattern.slice(0, -1));
}

/**
 * Funds of the budget period that holds the day before, where the library has told its periods: the end of June
 * belongs to the year that ends in June. Else of each code the one of the newest period (Koha numbers periods as they
 * are made).
 */
function currentFunds(
  funds: readonly FundRow[],
  { fundPeriods }: Pick<MeasureSettings, "fundPeriods">,
  at: CalendarDay,
): { readonly funds: readonly FundRow[]; readonly notes: readonly string[] } {
  if (fundPeriods.length > 0) {
    const last = addDays(at, -1);
    const open = fundPeriods.filter(({ from, to }) => from <= last && last <= to).map(({ id }) => id);
    return { funds: funds.filter(({ period }) => period === null || open.includes(period)), notes: [] };
  }
  const newest = new Map<string, number>();
  for (const { source, code, period } of funds) {
    const key = `${source} ${code}`;
    newest.set(key, Math.max(newest.get(key) ?? 0, Number(period ?? 0)));
  }
  const kept = funds.filter(
    ({ source, code, period }) => Number(period ?? 0) === newest.get(`${source} ${code}`),
  );
  const notes =
    kept.length < funds.length
      ? ["of each fund the newest budget period, for its days are not configured"]
      : [];
  return { funds: kept, notes };
}

/** Tells a balance from an unknown value. */
export function isBalance(value: unknown): value is Balance {
  return typeof value === "object" && value !== null && "available" in value;
}
