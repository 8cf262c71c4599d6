import { afterEach, describe, expect, test } from "@jest/globals";
import { startKohaDouble } from "../../connectors/demo/double.ts";
import type { KohaDouble } from "../../connectors/demo/double.ts";
import { demoLibrary } from "../../connectors/demo/library.ts";
import type { DemoLibrary } from "../../connectors/demo/library.ts";
import type { KohaVersion } from "../../connectors/demo/version.ts";
import type { Instant } from "../../src/domain/time.ts";
import { newSite } from "../support/koha.ts";
import type { Site } from "../support/koha.ts";

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

async function start(library: DemoLibrary, version: KohaVersion = "24.05"): Promise<KohaDouble> {
  const double = await startKohaDouble(library, { version });
  open.push(double);
  return double;
}

async function site(now: () => Instant = () => "2026-11-02T13:00:00.000Z" as Instant): Promise<Site> {
  const made = await newSite({ now });
  open.push(made);
  return made;
}

async function broken(made: Site): Promise<string[]> {
  return (await made.store.check())
    .filter(({ ok }) => !ok)
    .map(({ invariant, found }) => `${invariant}: ${found}`);
}

const small = { seed: 5, asOf: "2026-11-02", titles: 150 };

/** Where the hidden loans would make versions differ, the reader of every loan stays. */
function withoutForgottenLoans(library: DemoLibrary): DemoLibrary {
  for (const loan of library.closedLoans.rows()) {
    loan.patronId ??= library.patrons.at(0).id;
  }
  return library;
}

describe("versions of Koha", () => {
  const versions: KohaVersion[] = ["22.11.10", "23.11", "24.05", "25.05", "26.05"];

  test("all give the same records, evidence, items, assignments and loans", async () => {
    const digests = new Map<string, object>();
    for (const version of versions) {
      const made = await site();
      await made.sync(await start(withoutForgottenLoans(demoLibrary(small)), version));
      const { tables } = await made.store.digest();
      const { record, evidence, item, assignment } = tables;
      digests.set(version, { record, evidence, item, assignment, checkouts: tables["use_fact/checkout"] });
      expect(await broken(made)).toEqual([]);
    }

    for (const version of versions)
      expect([version, digests.get(version)]).toEqual([version, digests.get("26.05")]);
  });

  test("what one lacks is named: streams are off, hidden loans and unknown renewals are a notice", async () => {
    const made = await site();

    const runs = await made.sync(await start(demoLibrary(small), "22.11.10"));

    const notices = await made.store.read(({ db }) =>
      db.selectFrom("cursor").select("notices").where("stream", "=", "checkouts").executeTakeFirstOrThrow(),
    );
    expect(runs.filter(({ state }) => state === "off").map(({ stream }) => stream)).toContain("item-types");
    expect(runs.filter(({ state }) => state === "failed")).toEqual([]);
    const codes = (JSON.parse(notices.notices) as { code: string }[]).map(({ code }) => code);
    expect(codes).toContain("renewals-not-available");
    expect(codes).toContain("loans-of-deleted-patrons-hidden");
  });

  test("what the double holds is what the store counts, by department and in total", async () => {
    const library = demoLibrary(small);
    const made = await site();
    await made.sync(await start(library, "26.05"));

    const weights = new Map<string, Map<string, number>>();
    const counted = await made.store.read(async ({ db }) => {
      const rows = await db
        .selectFrom("item")
        .innerJoin("assignment", "assignment.set_id", "item.set_id")
        .select(["item.external_id", "department", "num", "den"])
        .execute();
      for (const row of rows) {
        const known = weights.get(row.external_id) ?? new Map<string, number>();
        weights.set(row.external_id, known.set(row.department, row.num / row.den));
      }
      return db
        .selectFrom("set_month")
        .leftJoin("assignment", "assignment.set_id", "set_month.set_id")
        .select(["department", "num", "den", "count", "kind"])
        .execute();
    });
    const stored: Record<string, number> = {};
    for (const row of counted) {
      if (row.kind !== "checkout" && row.kind !== "onsite") continue;
      const department = row.department ?? "excluded";
      stored[department] = (stored[department] ?? 0) + (row.count * (row.num ?? 1)) / (row.den ?? 1);
    }
    const own: Record<string, number> = {};
    const loans = [...library.openLoans.rows(), ...library.closedLoans.rows()];
    for (const loan of loans) {
      const of = weights.get(String(loan.itemId)) ?? new Map([["unassigned", 1]]);
      for (const [department, weight] of of) own[department] = (own[department] ?? 0) + weight;
    }

    expect(Object.keys(stored).sort()).toEqual(Object.keys(own).sort());
    for (const [department, value] of Object.entries(own)) expect(stored[department]).toBeCloseTo(value, 6);
    expect(Object.values(stored).reduce((a, b) => a + b, 0)).toBeCloseTo(loans.length, 6);
  });
});

describe("the second sync", () => {
  test.each(["22.11.10", "24.05", "26.05"] as const)(
    "of an unchanged Koha %s stores nothing and needs three requests a stream at most",
    async (version) => {
      const double = await start(demoLibrary(small), version);
      const made = await site();
      await made.sync(double);
      const digest = await made.store.digest();

      const runs = await made.sync(double);

      for (const run of runs) expect(run).toMatchObject({ stored: 0, deleted: 0 });
      for (const run of runs)
        expect([run.stream, run.requests <= 3 || run.requests]).toEqual([run.stream, true]);
      expect(await made.store.digest()).toEqual(digest);
    },
  );

  test.each(["22.11.10", "24.05", "26.05"] as const)(
    "after a day of changes, and a sweep for what only a sweep can tell, equals a fresh one (Koha %s)",
    async (version) => {
      const library = demoLibrary(small);
      const double = await start(library, version);
      let at = "2026-11-02T13:00:00.000Z";
      const made = await site(() => at as Instant);
      await made.sync(double);

      library.setNow("2026-11-03T09:00:00-05:00");
      const biblios = library.biblios.rows().filter(({ corrupt }) => !corrupt);
      for (const biblio of biblios.slice(0, 10)) library.editSubject(biblio.id, "650 0$aAstrophysics");
      const withoutItems = biblios.filter(({ id }) => library.itemsOf(id).length === 0).slice(0, 5);
      for (const { id } of withoutItems) library.deleteBiblio(id);
      const idle = library.items
        .rows()
        .filter(({ id }) => !library.openLoans.rows().some(({ itemId }) => itemId === id))
        .map(({ id }) => id);
      for (const id of idle.slice(0, 3)) library.vanishItem(id);
      for (const id of idle.slice(3, 23)) library.checkout(id);
      const [late, renewed] = library.openLoans.rows();
      if (renewed !== undefined) {
        library.renew(renewed.id);
        library.renew(renewed.id);
      }
      if (late !== undefined) library.returnLoan(late.id);
      at = "2026-11-03T15:00:00.000Z";

      const delta = await made.sync(double);
      await made.sync(double, { full: true });
      const fresh = await site(() => at as Instant);
      await fresh.sync(double);

      expect(delta.filter(({ state }) => state === "failed")).toEqual([]);
      expect(withoutItems.length).toBeGreaterThan(0);
      expect((await made.store.digest()).tables).toEqual((await fresh.store.digest()).tables);
      expect(await broken(made)).toEqual([]);
    },
  );
});
