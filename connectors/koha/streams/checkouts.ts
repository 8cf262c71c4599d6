/**
 * Loans, open and closed, without their readers. A closed loan can have an old number, so changes are asked by
 * timestamp. Rows that Koha deletes or empties later keep their counts here: nothing is ever taken for gone.
 */
import { z } from "zod";
import { StopError } from "../../../src/domain/problem.ts";
import type { Problem } from "../../../src/domain/problem.ts";
import type { LoanFact } from "../../../src/domain/fact.ts";
import type { Json } from "../../../src/domain/json.ts";
import { addDays, addMonths, addYears, dayIn, monthOf, monthText, tryDay } from "../../../src/domain/time.ts";
import type { CalendarDay, Month } from "../../../src/domain/time.ts";
import type { Kit, Message, Stream } from "../../../src/kit/contract.ts";
import type { Koha } from "../client.ts";
import { bigPage } from "../config.ts";
import type { Config } from "../config.ts";
import { KohaFault } from "../errors.ts";
import { part, tryPage } from "../halving.ts";
import type { Entry, Listing, Page, Range } from "../halving.ts";
import { lanesUpTo, sweepLanes } from "../lanes.ts";
import { messageOf } from "../messages.ts";
import type { Decoder } from "../messages.ts";
import { Checkout, idIn } from "../schema.ts";
import { changedSince, sinceAfter } from "../since.ts";
import { asJson, newestOf, offWhenMissing, SinceState, SweepState, topOf } from "../tracked.ts";
import { dayOf, monthIn, textOf } from "../values.ts";

/** What this Koha turned out to be able to. */
const Abilities = z.object({
  /** First day of the returned loans that were asked for; null: all. */
  from: z.string().nullable(),
  /** Renewals come with the loans (23.11 and later). */
  renewals: z.boolean(),
  /** How many of `defences` a page needed. */
  hidden: z.int(),
});
type Abilities = z.infer<typeof Abilities>;

const Cursor = z.union([
  z.object({ abilities: Abilities, phase: z.enum(["open", "closed"]), sweep: SweepState }),
  z.object({ abilities: Abilities, since: SinceState }),
]);
type Sweeping = Extract<z.infer<typeof Cursor>, { sweep: SweepState }>;
type Changing = Exclude<z.infer<typeof Cursor>, Sweeping>;

/**
 * A closed loan whose reader or item was deleted does not fit the schema of older versions, and its page is a 500
 * (bugs 41889 until 25.11.06, 32801 until 22.11.08): such rows are then left out.
 */
const defences: readonly Readonly<Record<string, Json>>[] = [
  {},
  { "me.patron_id": { "!=": null } },
  { "me.patron_id": { "!=": null }, "me.item_id": { "!=": null } },
];

export function checkoutsStream(config: Config, kit: Kit, koha: Koha): Stream {
  const size = bigPage(config);
  const decoder: Decoder<typeof Checkout> = {
    kind: "loan",
    schema: Checkout,
    toFact: (row) => loanFact(row, kit),
    missing: "checkout_date",
  };

  async function* sweep(known: Sweeping | null, signal: AbortSignal): AsyncGenerator<Message> {
    const state = known ?? (await begin(signal));
    const { abilities } = state;
    let { newest, lanes } = state.sweep;
    const { highest, began } = state.sweep;
    for (const phase of state.phase === "open" ? (["open", "closed"] as const) : (["closed"] as const)) {
      const read = (range: Range, lane: AbortSignal): Promise<Page> =>
        readLoans(phase, abilities, {}, range, size, lane);
      if (phase !== state.phase) lanes = [...lanesUpTo(highest, size)];
      for await (const { page, left } of sweepLanes({
        lanes,
        highest,
        pageSize: size,
        signal,
        read,
      })) {
        newest = newestOf(page, newest, began);
        for (const entry of page.entries) yield messageOf(entry, decoder);
        const rest = { lanes: asJson(left), highest, began, newest };
        yield { type: "page", cursor: { abilities: { ...abilities }, phase, sweep: rest } };
      }
    }
    yield* end(abilities, sinceAfter(newest, began));
  }

  async function begin(signal: AbortSignal): Promise<Sweeping> {
    const abilities = {
      from: historyFrom(config.history, dayIn(kit.now(), kit.timeZone)),
      renewals: true,
      hidden: 0,
    };
    // Loans keep their number when they are closed: the highest of both lists is the end of either.
    const open = await topOf(koha, { ...listing("open", abilities, {}), embed: null }, signal);
    const closed = await topOf(
      koha,
      { ...listing("closed", { ...abilities, from: null }, {}), embed: null },
      signal,
    );
    if (closed.row !== undefined) assertClosed(closed.row, "GET /checkouts?checked_in=true");
    const highest = open.id === null && closed.id === null ? null : Math.max(open.id ?? 0, closed.id ?? 0);
    const began = open.date ?? kit.now();
    const lanes = [...lanesUpTo(highest, size)];
    return { abilities, phase: "open", sweep: { lanes, highest, began, newest: null } };
  }

  async function* changes({ abilities, since }: Changing, signal: AbortSignal): AsyncGenerator<Message> {
    const where = changedSince("me.timestamp", since, kit.timeZone, kit.now());
    // Without a filter by day of return, which would hide that Koha answers open loans (see assertClosed).
    const asking = { ...abilities, from: null };
    let newest = since.text;
    let began = null;
    // Open ones first: one that is returned meanwhile comes again, closed.
    for (const phase of ["open", "closed"] as const) {
      for (let after = 0; ;) {
        const page = await readLoans(phase, abilities, where, { after, until: null }, size, signal);
        began ??= page.date ?? kit.now();
        newest = newestOf(page, newest, began);
        for (const entry of page.entries) {
          if (!isBefore(abilities.from, entry)) yield messageOf(entry, decoder);
        }
        if (!page.more) break;
        after = page.last;
        yield { type: "page" };
      }
    }
    yield* end({ ...asking, from: abilities.from }, sinceAfter(newest, began));
  }

  function* end(abilities: Abilities, since: z.infer<typeof SinceState>): Generator<Message> {
    yield { type: "notices", notices: noticesOf(abilities) };
    const from = abilities.from === null ? null : tryDay(abilities.from);
    yield {
      type: "page",
      cursor: { abilities: { ...abilities }, since: { ...since } },
      covered: { from, to: kit.now() },
    };
  }

  /** One page; finds out, once and for all pages, what this Koha needs left out. Changes `abilities`. */
  async function readLoans(
    phase: "open" | "closed",
    abilities: Abilities,
    where: Readonly<Record<string, Json>>,
    range: Range,
    size: number,
    signal: AbortSignal,
  ): Promise<Page> {
    // Two lanes ask at a time: what matters is what this one asked, not what the other has found out meanwhile.
    const asked = { ...abilities };
    const tried = (): Promise<Page | KohaFault> =>
      tryPage(koha, listing(phase, asked, where), range, size, signal);
    let first: Page | KohaFault;
    try {
      first = await tried();
    } catch (error) {
      if (!(error instanceof KohaFault) || error.status !== 400 || !asked.renewals) throw error;
      asked.renewals = abilities.renewals = false;
      first = await tried();
    }
    if (!(first instanceof KohaFault)) return asserted(phase, first);
    await koha.proveAlive(signal, { newToken: true });
    while (phase === "closed" && asked.hidden + 1 < defences.length) {
      asked.hidden += 1;
      const page = await tried();
      if (page instanceof KohaFault) continue;
      abilities.hidden = Math.max(abilities.hidden, asked.hidden);
      return asserted(phase, page);
    }
    const undefended = listing(phase, { ...asked, hidden: abilities.hidden }, where);
    return asserted(phase, await part(koha, undefended, range, size, signal));
  }

  return {
    name: "checkouts",
    facts: ["loan"],
    cursorVersion: 1,
    sweeps: true,
    pull({ cursor, full, signal }) {
      const state = cursor === null ? null : Cursor.parse(cursor);
      const sweeping = state !== null && "sweep" in state ? state : null;
      const wanted = historyFrom(config.history, dayIn(kit.now(), kit.timeZone));
      if (full || state === null || "sweep" in state || reachesFurther(wanted, state.abilities.from)) {
        return offWhenMissing(sweep(sweeping, signal));
      }
      return offWhenMissing(changes(state, signal));
    },
  };
}

function listing(
  phase: "open" | "closed",
  { from, renewals, hidden }: Abilities,
  where: Readonly<Record<string, Json>>,
): Listing {
  const closed = phase === "closed";
  return {
    path: "/checkouts",
    key: "me.checkout_id",
    order: "me.checkout_id",
    embed: renewals ? "renewals" : null,
    ...(closed ? { query: { checked_in: "true" } } : {}),
    where: {
      ...where,
      ...(closed && from !== null ? { "me.checkin_date": { ">=": from } } : {}),
      ...(closed ? defences[hidden] : {}),
    },
    idOf: (row) => idIn(row, "checkout_id"),
  };
}

function asserted(phase: "open" | "closed", page: Page): Page {
  if (phase === "open") return page;
  for (const entry of page.entries) if (entry.type === "row") assertClosed(entry.row, entry.at);
  return page;
}

/** Some early 25.05 answer open loans to the question for closed ones (bug 40417). Throws StopError. */
function assertClosed(row: unknown, where: string): void {
  const parsed = Checkout.safeParse(row);
  if (!parsed.success || typeof parsed.data.checkin_date === "string") return;
  throw new StopError({
    code: "KOHA_CHECKED_IN_IGNORED",
    what: "Koha answers open loans where returned ones were asked for",
    where,
    why: "this version ignores checked_in=true (bug 40417)",
    cure: "update Koha to 25.05.03 or later",
  });
}

/** Returned before the history that is wanted: changed lately only because its reader was made anonymous. */
function isBefore(from: string | null, entry: Entry): boolean {
  if (from === null || entry.type === "bad") return false;
  const parsed = Checkout.safeParse(entry.row);
  const returned = parsed.success ? (parsed.data.checkin_date ?? null) : null;
  return returned !== null && returned.slice(0, 10) < from;
}

function loanFact(row: z.infer<typeof Checkout>, { timeZone }: Kit): LoanFact | null {
  const outOn = dayOf(row.checkout_date, timeZone);
  if (outOn === null) return null;
  return {
    kind: "loan",
    id: String(row.checkout_id),
    itemId: textOf(row.item_id),
    library: row.library_id ?? null,
    outOn,
    inOn: dayOf(row.checkin_date, timeZone),
    onsite: row.onsite_checkout,
    renewals: renewalsOf(row, timeZone),
  };
}

/** By month; null when Koha counts more than it has rows for (it keeps rows since 22.11), or gives none. */
function renewalsOf(row: z.infer<typeof Checkout>, timeZone: string): LoanFact["renewals"] {
  if (row.renewals_count === 0) return [];
  const rows = row.renewals;
  if (rows === null || rows === undefined || rows.length < (row.renewals_count ?? 0)) return null;
  const counts = new Map<Month, number>();
  for (const { renewal_date: date } of rows) {
    const month = monthIn(date, timeZone);
    if (month === null) return null;
    counts.set(month, (counts.get(month) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b).map(([month, count]) => ({ month, count }));
}

function noticesOf({ renewals, hidden }: Abilities): readonly Problem[] {
  const notices: Problem[] = [];
  if (!renewals) {
    notices.push({
      code: "renewals-not-available",
      what: "in which months loans were renewed is not known",
      why: "this Koha does not give the renewals of a loan",
      cure: "update to Koha 23.11 or later and run `liaison sync --full`",
    });
  }
  if (hidden > 0) {
    notices.push({
      code: "loans-of-deleted-patrons-hidden",
      what: `returned loans ${hidden === 1 ? "of deleted readers" : "of deleted readers or items"} are missing, so loans are at least as many as shown`,
      why: "this version of Koha cannot list them",
      cure: "update to Koha 25.11.06 or later and run `liaison sync --full`",
    });
  }
  return notices;
}

/** `5y` before today; null for `all`. */
function historyFrom(history: string, today: CalendarDay): CalendarDay | null {
  const match = /^(\d+)([ymd])$/.exec(history);
  if (match === null) return null;
  const count = Number(match[1]);
  if (match[2] === "y") return addYears(today, -count);
  if (match[2] === "d") return addDays(today, -count);
  return (
    tryDay(`${monthText(addMonths(monthOf(today), -count))}${today.slice(7)}`) ?? addDays(today, -31 * count)
  );
}

/** Whether the configured history now begins earlier than what was read: then it is read anew. */
function reachesFurther(wanted: CalendarDay | null, read: string | null): boolean {
  if (read === null) return false;
  return wanted === null || wanted < read;
}
