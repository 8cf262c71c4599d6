/**
 * Three years of loans with the seasons of a university: full in term, thin in July, August and December; a few
 * titles carry much of the use, about a third is never lent.
 */
import { addDay, localDay, localMoment } from "./clock.ts";
import type { Item, Loan, Patron } from "./model.ts";
import type { Random } from "./random.ts";

/** January to December. */
const season = [0.8, 1.15, 1.15, 1.2, 0.85, 0.5, 0.35, 0.4, 1.35, 1.35, 1.2, 0.5] as const;
/** Sunday to Saturday. */
const weekday = [0.6, 1.2, 1.2, 1.15, 1.15, 0.95, 0.5] as const;
const closedOn = new Set(["01-01", "07-04", "12-24", "12-25", "12-26", "12-31"]);
const day = 86_400_000;
const loanDays = 28;

export interface LoanOptions {
  readonly random: Random;
  readonly patrons: readonly Patron[];
  /** They borrow until a year before the end, then leave. */
  readonly leavers: readonly Patron[];
  /** First day and the day after the last one. */
  readonly from: string;
  readonly until: string;
  /** Loans on a day of average strength. */
  readonly perDay: number;
}

/** Running sums of the items' attraction, to draw from by halving. */
function attraction(items: readonly Item[], random: Random): readonly number[] {
  const ranks = items.map((_, index) => index);
  for (let at = ranks.length - 1; at > 0; at -= 1) {
    const other = random.between(0, at);
    [ranks[at], ranks[other]] = [ranks[other] ?? 0, ranks[at] ?? 0];
  }
  let total = 0;
  return items.map((item, index) => {
    const place =
      { RES: 6, STACKS: 1, AV: 1.2, REF: 0.15, SPEC: 0.05, PERBIND: 0.1, MAPS: 0.1 }[item.location] ?? 1;
    const rank = ranks[index] ?? 0;
    const sleeping = rank > items.length * 0.68 ? 0.01 : 1;
    const barred = item.notForLoan > 0 ? 0.15 : 1;
    total += (place * sleeping * barred) / (rank + 60) ** 1.1;
    return total;
  });
}

function draw(sums: readonly number[], random: Random): number {
  const wanted = random.next() * (sums.at(-1) ?? 0);
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) > wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Moments at which someone stands at the desk, in order. */
function visits({ random, from, until, perDay }: LoanOptions): number[] {
  const moments: number[] = [];
  for (let today = from; today < until; today = addDay(today, 1)) {
    if (closedOn.has(today.slice(5))) continue;
    const strength =
      (season[Number(today.slice(5, 7)) - 1] ?? 1) * (weekday[new Date(today).getUTCDay()] ?? 1);
    const count = Math.round(perDay * strength * (0.75 + random.next() * 0.5));
    for (let n = 0; n < count; n += 1)
      moments.push(localMoment(today, random.between(540, 1320)) + random.between(0, 59) * 1000);
    const lastOfMonth = addDay(today, 1).endsWith("-01");
    if (lastOfMonth) moments.push(localMoment(today, 23 * 60 + 30));
  }
  // Half past one in the night when clocks go back comes twice; the reading room was open.
  for (const night of ["2024-11-03", "2025-11-02", "2026-11-01"])
    if (night >= from && night < until)
      moments.push(localMoment(night, 90), localMoment(night, 90) + 3_600_000);
  return moments.sort((a, b) => a - b);
}

export interface Circulation {
  readonly open: Loan[];
  readonly closed: Loan[];
}

/** Lends, renews and takes back; counters, due dates and timestamps of the items move with it, as Koha's do. */
export function circulate(items: readonly Item[], options: LoanOptions): Circulation {
  const { random, patrons } = options;
  const end = localMoment(options.until, 0);
  const sums = attraction(items, random);
  const freeAt = new Map<number, number>();
  const staff = patrons.filter((patron) => patron.staff);
  const stayers = patrons.filter((patron) => !patron.staff && !options.leavers.includes(patron));
  const readers = [...stayers, ...options.leavers];
  const all: Loan[] = [];
  let renewalId = 0;

  for (const outAt of visits(options)) {
    const item = available(items, sums, freeAt, outAt, random);
    if (item === null) continue;
    const onsite =
      item.notForLoan > 0 || (item.location === "SPEC" && random.chance(0.5)) || random.chance(0.01);
    const patron = random.pick(end - outAt > 365 * day ? readers : stayers);
    const issuer = random.pick(staff);
    const loan: Loan = {
      id: 0,
      itemId: item.id,
      patronId: patron.id,
      issuerId: random.chance(0.3) ? null : issuer.id,
      library: random.chance(0.9) ? item.homeLibrary : "MAIN",
      outAt,
      dueAt: onsite
        ? localMoment(localDay(outAt), 1439)
        : localMoment(addDay(localDay(outAt), loanDays), 1439),
      inAt: null,
      inLibrary: null,
      onsite,
      note: random.chance(0.01) ? `Pages loose, says ${patron.first} ${patron.last} <${patron.email}>` : null,
      renewals: [],
      at: outAt,
    };
    if (!onsite) renewalId = renew(loan, end, renewalId, staff, random);
    const back = returnMoment(loan, random);
    freeAt.set(item.id, back);
    if (back < end) {
      loan.inAt = back;
      loan.inLibrary = random.chance(0.93) ? loan.library : random.pick(["MAIN", "SCI", "LAW", "MED"]);
    }
    loan.at = Math.max(outAt, loan.renewals.at(-1)?.at ?? 0, loan.inAt ?? 0);
    enter(item, loan);
    all.push(loan);
  }
  all.forEach((loan, index) => (loan.id = 5001 + index + Math.floor(index / 50)));
  return { open: all.filter((loan) => loan.inAt === null), closed: all.filter((loan) => loan.inAt !== null) };
}

function available(
  items: readonly Item[],
  sums: readonly number[],
  freeAt: ReadonlyMap<number, number>,
  at: number,
  random: Random,
): Item | null {
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const item = items[draw(sums, random)];
    if (item === undefined) continue;
    const gone = Math.min(item.lostAt ?? Infinity, item.withdrawnAt ?? Infinity);
    const arrived = localMoment(item.acquiredOn ?? "2010-01-01", 600) + 2 * day;
    // A loan is at most 28 days with four renewals: what is lost later was still there to be returned.
    if ((freeAt.get(item.id) ?? 0) < at && arrived < at && at + 200 * day < gone && item.notForLoan !== -1)
      return item;
  }
  return null;
}

function renew(loan: Loan, end: number, lastId: number, staff: readonly Patron[], random: Random): number {
  let id = lastId;
  let wish = random.next();
  while (wish < 0.2 && loan.renewals.length < 4) {
    const at = loan.dueAt - random.between(1, 6) * day + random.between(-300, 300) * 60_000;
    if (at >= end || at <= loan.outAt) break;
    id += 1;
    const renewer = random.pick(staff);
    loan.renewals.push({ id, at, renewerId: random.chance(0.5) ? renewer.id : loan.patronId });
    loan.dueAt = localMoment(addDay(localDay(loan.dueAt), loanDays), 1439);
    wish = random.next() * 0.5;
  }
  return id;
}

function returnMoment(loan: Loan, random: Random): number {
  if (loan.onsite) return Math.min(loan.outAt + random.between(10, 300) * 60_000, loan.dueAt);
  const earliest = loan.renewals.at(-1)?.at ?? loan.outAt;
  const fate = random.next();
  if (fate < 0.004) return Infinity; // never came back
  if (fate < 0.08) return loan.dueAt + random.between(1, 40) * day - random.between(60, 840) * 60_000;
  const kept = Math.max(1.5 * day, random.next() * (loan.dueAt - earliest));
  return Math.floor((earliest + kept) / 1000) * 1000;
}

function enter(item: Item, loan: Loan): void {
  item.checkouts = (item.checkouts ?? 0) + 1;
  if (loan.renewals.length > 0) item.renewals = (item.renewals ?? 0) + loan.renewals.length;
  item.lastCheckoutOn = localDay(loan.outAt);
  item.lastSeenAt = loan.inAt ?? loan.outAt;
  item.dueOn = loan.inAt === null ? localDay(loan.dueAt) : null;
  item.at = Math.max(item.at, loan.at);
}
