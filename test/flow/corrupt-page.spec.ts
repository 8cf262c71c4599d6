/** A page that Koha cannot answer because of one record: nothing else is lost, and what was mended comes in. */
import { afterEach, describe, expect, test } from "@jest/globals";
import { startKohaDouble } from "../../connectors/demo/double.ts";
import type { KohaDouble } from "../../connectors/demo/double.ts";
import { demoLibrary } from "../../connectors/demo/library.ts";
import type { DemoLibrary } from "../../connectors/demo/library.ts";
import type { KohaVersion } from "../../connectors/demo/version.ts";
import type { Problem } from "../../src/domain/problem.ts";
import type { Instant } from "../../src/domain/time.ts";
import { newSite } from "../support/koha.ts";
import type { Site } from "../support/koha.ts";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

async function start(library: DemoLibrary, version: KohaVersion = "26.05"): Promise<KohaDouble> {
  const double = await startKohaDouble(library, { version });
  open.push(double);
  return double;
}

async function site(now?: () => Instant): Promise<Site> {
  const made = await newSite(now === undefined ? {} : { now });
  open.push(made);
  return made;
}

const small = (): DemoLibrary => demoLibrary({ seed: 7, asOf: "2026-11-02", titles: 150 });

/** Records with copies, by place in the list of all. */
function stocked(library: DemoLibrary): number[] {
  return library.biblios.rows().flatMap(({ id }) => (library.itemsOf(id).length > 0 ? [id] : []));
}

const count = ({ store }: Site, table: "record" | "item"): Promise<number> =>
  store.read(async ({ db }) => {
    const row = await db
      .selectFrom(table)
      .select((rows) => rows.fn.countAll<number>().as("n"))
      .where("deleted_at", "is", null)
      .executeTakeFirstOrThrow();
    return row.n;
  });

const quarantined = ({ store }: Site) =>
  store.read(({ db }) =>
    db
      .selectFrom("quarantine")
      .select(["kind", "external_id as id", "reason", "problem", "raw"])
      .orderBy("id")
      .execute(),
  );

const idsOf = async (made: Site, kind: string): Promise<string[]> =>
  (await quarantined(made)).flatMap((row) => (row.kind === kind ? [row.id ?? ""] : [])).sort();

const itemIds = (library: DemoLibrary, biblios: readonly number[]): string[] =>
  biblios.flatMap((id) => library.itemsOf(id).map((item) => String(item.id))).sort();

const failed = (runs: Awaited<ReturnType<Site["sync"]>>): string[] =>
  runs.flatMap(({ stream, state }) => (state === "failed" ? [stream] : []));

async function broken(made: Site): Promise<string[]> {
  return (await made.store.check()).flatMap(({ ok, invariant, found }) =>
    ok ? [] : [`${invariant}: ${found}`],
  );
}

describe("records that Koha cannot read", () => {
  test.each<[string, (ids: readonly number[]) => number[]]>([
    ["one in the middle of a page", (ids) => [ids[40] ?? 0]],
    ["the first", (ids) => ids.slice(0, 1)],
    ["the last", (ids) => ids.slice(-1)],
    ["two beside each other", (ids) => ids.slice(30, 32)],
    ["two far from each other on one page", (ids) => [ids[3] ?? 0, ids[90] ?? 0]],
  ])("%s: put aside with their numbers and Koha's answer, everything else is stored", async (_, choose) => {
    const library = small();
    const bad = choose(stocked(library));
    for (const id of bad) library.corrupt(id, true);
    const double = await start(library);
    const made = await site();

    const runs = await made.sync(double);

    expect(failed(runs)).toEqual([]);
    expect(await idsOf(made, "record")).toEqual(bad.map(String).sort());
    expect(await idsOf(made, "item")).toEqual(itemIds(library, bad));
    expect(await count(made, "record")).toBe(library.biblios.length - bad.length);
    expect(await count(made, "item")).toBe(library.items.length - itemIds(library, bad).length);
    for (const { kind, raw, problem } of await quarantined(made)) {
      if (kind !== "record") continue;
      const { what, where, cure } = JSON.parse(problem) as Problem;
      expect(Buffer.from(raw).toString()).toContain("Internal Server Error.");
      expect([what, where, cure]).not.toContain(undefined);
    }
    expect(runs.find(({ stream }) => stream === "biblios")).toMatchObject({
      state: "partial",
      quarantined: bad.length,
      stored: library.biblios.length - bad.length,
    });
    // Halving is cheap: about twice the logarithm of the page for each of them.
    expect(runs.find(({ stream }) => stream === "biblios")?.requests).toBeLessThan(90);
    expect(await broken(made)).toEqual([]);
  });

  test.each(["22.11.10", "24.05", "26.05"] as const)(
    "mended later, they come in with the copies that waited, as if nothing had been (Koha %s)",
    async (version) => {
      const library = small();
      const bad = [...stocked(library).slice(10, 12), ...stocked(library).slice(60, 61)];
      for (const id of bad) library.corrupt(id, true);
      const double = await start(library, version);
      const made = await site();
      await made.sync(double);

      library.setNow("2026-11-02T08:30:00-05:00");
      for (const id of bad) library.corrupt(id, false);
      await made.sync(double, { full: true });

      const fresh = await site();
      await fresh.sync(double);
      expect(await quarantined(made)).toEqual([]);
      expect((await made.store.digest()).tables).toEqual((await fresh.store.digest()).tables);
      expect(await broken(made)).toEqual([]);
    },
  );

  test("damaged and mended again without a change, a known record keeps its place and leaves no entry", async () => {
    const library = small();
    const double = await start(library);
    const made = await site();
    await made.sync(double);
    const [id = 0] = stocked(library).slice(20);
    const digest = (await made.store.digest()).tables;

    library.corrupt(id, true);
    await made.sync(double, { full: true });
    expect(await idsOf(made, "record")).toEqual([String(id)]);
    expect(await count(made, "record")).toBe(library.biblios.length);
    expect(await count(made, "item")).toBe(library.items.length);

    library.corrupt(id, false);
    await made.sync(double, { full: true });

    expect(await quarantined(made)).toEqual([]);
    expect((await made.store.digest()).tables).toEqual(digest);
  });

  test("deleted while it waits, a record and its copies wait no longer", async () => {
    const library = small();
    const lent = new Set(library.openLoans.rows().map(({ itemId }) => itemId));
    const id =
      stocked(library).find((biblio) => library.itemsOf(biblio).every((item) => !lent.has(item.id))) ?? 0;
    library.corrupt(id, true);
    const double = await start(library);
    const made = await site();
    await made.sync(double);

    for (const item of library.itemsOf(id).slice()) library.vanishItem(item.id);
    library.deleteBiblio(id);
    await made.sync(double, { full: true });

    expect(await quarantined(made)).toEqual([]);
  });
});

describe("a Koha that answers 500 to everything", () => {
  test("stops every stream, with nothing put aside, and the next run completes", async () => {
    const library = small();
    const double = await start(library);
    const made = await site();
    double.deleteKey();

    const runs = await made.sync(double);

    expect(runs.map(({ state }) => state)).toEqual(runs.map(() => "failed"));
    expect(runs.every(({ message = "" }) => message.length > 20)).toBe(true);
    expect(await quarantined(made)).toEqual([]);
    expect(await count(made, "record")).toBe(0);

    double.restoreKey();
    expect(failed(await made.sync(double))).toEqual([]);
    const fresh = await site();
    await fresh.sync(double);
    expect((await made.store.digest()).tables).toEqual((await fresh.store.digest()).tables);
    expect(await quarantined(made)).toEqual([]);
  });

  test.each([3, 9, 21])(
    "also from the %i-th look at the clock on, in the middle of a reading",
    async (after) => {
      const library = small();
      const double = await start(library);
      let looks = 0;
      const made = await site(() => {
        looks += 1;
        if (looks === after) double.deleteKey();
        return "2026-11-02T13:00:00.000Z" as Instant;
      });

      const runs = await made.sync(double);

      expect(failed(runs).length).toBeGreaterThan(0);
      expect(await idsOf(made, "record")).toEqual([]);
      double.restoreKey();
      expect(failed(await made.sync(double))).toEqual([]);
      await made.sync(double, { full: true });
      const fresh = await site();
      await fresh.sync(double);
      expect(await quarantined(made)).toEqual([]);
      expect((await made.store.digest()).tables).toEqual((await fresh.store.digest()).tables);
    },
  );
});
