import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { compileOrThrow, rulesOf } from "../../src/jobs/rules.ts";
import { syncSource } from "../../src/jobs/sync.ts";
import type { StreamRun } from "../../src/jobs/sync.ts";
import type { Instant } from "../../src/domain/time.ts";
import { Secret } from "../../src/kit/secret.ts";
import { openStore } from "../../src/store/index.ts";
import type { Store } from "../../src/store/index.ts";
import { testKit } from "../../test/support/kit.ts";
import { describeWithSharedData, sharedData } from "../../test/support/shared-data.ts";
import { demoPackages } from "../demo/electronic.ts";
import { startHoldingsIqDouble } from "../demo/holdingsiq.ts";
import type { HoldingsIqDouble, HoldingsIqDoubleOptions } from "../demo/holdingsiq.ts";
import { json } from "../demo/http.ts";
import { listen } from "../demo/listen.ts";
import { Config } from "./config.ts";
import { holdingsiq } from "./index.ts";

let store: Store;
let ebsco: HoldingsIqDouble;
const now = (): Instant => "2026-11-02T13:00:00.000Z" as Instant;
const rules = rulesOf(
  compileOrThrow([
    {
      path: "m.yaml",
      text: "departments: { science: { name: S, rules: [{ package: [Example Books in Science] }] } }",
    },
  ]),
  { classSources: {}, vanishPercent: 5 },
);

beforeEach(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "holdingsiq-"));
  store = await openStore(`sqlite:${path.join(folder, "store.db")}`, { site: "main" });
});
afterEach(async () => {
  await store.close();
  await ebsco.close();
});

async function start(options: Partial<HoldingsIqDoubleOptions> = {}): Promise<void> {
  ebsco = await startHoldingsIqDouble({ packages: demoPackages, ...options });
}

function open(url: string, config: object = {}) {
  const kit = testKit(url);
  const parsed = Config.parse({
    url,
    customerId: "s1",
    apiKey: new Secret("demo-key"),
    pollSeconds: 1,
    pageSize: 4,
    ...config,
  });
  return { source: holdingsiq.open(parsed, kit), http: kit.http };
}

async function sync(config: object = {}, acceptDeletions = false): Promise<StreamRun> {
  const { source, http } = open(ebsco.url, config);
  const [run] = await syncSource(store, rules, source, http, {
    sourceId: "ebsco",
    full: false,
    acceptDeletions,
    timeZone: "UTC",
    signal: AbortSignal.timeout(30_000),
    now,
  });
  return run!;
}

const titles = () =>
  store.db
    .selectFrom("e_title")
    .select(["external_id", "title", "platform", "deleted_at"])
    .orderBy("external_id")
    .execute();
const digest = async () => (await store.digest()).sha256;

describe.each(["transactions", "single"] as const)("an account with %s", (kind) => {
  test("gives its packages and titles, whatever the pages", async () => {
    await start({ kind });

    const run = await sync();

    expect(run).toMatchObject({ state: "ok", quarantined: 0, stored: 13 });
    expect((await titles()).map(({ title }) => title)).toEqual(
      demoPackages.flatMap((of) => of.titles.map(({ title }) => title)),
    );
    const { rows } = (await store.digest()).tables.package!;
    expect(rows).toBe(2);
  });

  test("a run that is broken off goes on with the same snapshot, and ends as one that was not", async () => {
    await start({ kind });
    await sync();
    const whole = await digest();
    await store.close();
    const folder = mkdtempSync(path.join(tmpdir(), "holdingsiq-"));
    store = await openStore(`sqlite:${path.join(folder, "store.db")}`, { site: "main" });
    ebsco.failPage(2, 1, 404);

    const broken = await sync();
    const resumed = await sync();

    expect([broken.state, resumed.state]).toEqual(["failed", "ok"]);
    expect(await digest()).toBe(whole);
    expect(await store.check().then((checks) => checks.every(({ ok }) => ok))).toBe(true);
  });

  test("a snapshot that takes longer than a run is waited for in the next", async () => {
    await start({ kind, looks: 2 });

    const first = await sync({ waitMinutes: 1, pollSeconds: 60 });
    const next = await sync();

    expect(first).toMatchObject({ state: "failed", message: expect.stringContaining("not ready yet") });
    expect(next).toMatchObject({ state: "ok", stored: 13 });
    expect(ebsco.log.filter(({ status }) => status === 202)).toHaveLength(1);
  });
});

test("titles that are no longer held are gone, packages too; many at once only when a person says so", async () => {
  await start();
  await sync();
  ebsco.hold(demoPackages.slice(0, 1));

  const refused = await sync();
  const accepted = await sync({}, true);

  expect(refused).toMatchObject({ state: "failed", message: expect.stringContaining("--accept-deletions") });
  expect(accepted).toMatchObject({ state: "ok", deleted: 4 });
  expect((await titles()).filter((title) => title.deleted_at !== null)).toHaveLength(3);
});

test("a journal with gaps on two pages keeps all of them", async () => {
  const [first] = demoPackages;
  const [title, ...others] = first!.titles;
  await start({
    packages: [{ ...first!, titles: [{ ...title!, to: "1999" }, ...others, { ...title!, from: "2005" }] }],
  });

  await sync();

  const row = await store.db
    .selectFrom("e_title")
    .select("coverage")
    .where("title_id", "=", title!.titleId)
    .executeTakeFirstOrThrow();
  expect(JSON.parse(row.coverage)).toEqual([
    { from: "1996-01-01", to: "1999-12-31" },
    { from: "2005-01-01", to: null },
  ]);
});

test("platforms are those that the configuration names for package or vendor", async () => {
  await start();

  await sync({ platforms: { "Example Books in Science": "Reader", "Example Journals": "Online" } });

  expect([...new Set((await titles()).map(({ platform }) => platform))].sort()).toEqual(["Online", "Reader"]);
});

test("a page that fails in passing is asked for again", async () => {
  await start();
  ebsco.failPage(2, 1, 503);

  expect(await sync()).toMatchObject({ state: "ok", stored: 13 });
});

test("a wrong key stops it, and nothing shows the key", async () => {
  await start({ apiKey: "another" });

  const run = await sync();
  const lines: string[] = [];
  for await (const { state, message } of open(ebsco.url).source.check(AbortSignal.timeout(5000)))
    lines.push(`${state} ${message}`);

  expect(run).toMatchObject({ state: "failed", message: expect.stringContaining("Forbidden") });
  expect(lines).toEqual([expect.stringMatching(/^failure .*refuses the request \(403\): Forbidden$/)]);
  expect(JSON.stringify([run, lines])).not.toContain("demo-key");
});

test("doctor tells how many packages are selected", async () => {
  await start();
  const lines: string[] = [];
  for await (const { state, message } of open(ebsco.url).source.check(AbortSignal.timeout(5000)))
    lines.push(`${state} ${message}`);

  expect(lines).toEqual(["ok HoldingsIQ accepts the key; 2 packages are selected"]);
});

describeWithSharedData("answers of the real API", () => {
  const fixture = (name: string): unknown =>
    JSON.parse(readFileSync(sharedData("ebsco", "rmapi", name), "utf8"));

  test("are read: status with the total as text, rows with numbers as text and as numbers", async () => {
    await start();
    const server = await listen(({ method, path: at }) => {
      if (method === "POST") return json(202, { transactionId: "84113ab0" });
      if (at.endsWith("/status"))
        return json(200, {
          ...(fixture("holdings_status_get-transaction-status-completed-one-page.json") as object),
          totalCount: "2",
        });
      return json(200, fixture("holdings_holdings_get-holdings.json"));
    });
    const { source, http } = open(server.url, { pageSize: 5000 });
    const [run] = await syncSource(store, rules, source, http, {
      sourceId: "ebsco",
      full: false,
      acceptDeletions: false,
      timeZone: "UTC",
      signal: AbortSignal.timeout(30_000),
      now,
    });
    await server.close();

    expect(run).toMatchObject({ state: "ok", stored: 4, quarantined: 0 });
    expect((await titles()).map(({ external_id: id, title }) => [id, title])).toEqual([
      ["0000|0000", "java-test-one"],
      ["1111|11111", "java-test-two"],
    ]);
  });
});
