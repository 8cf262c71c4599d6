import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { compileOrThrow, rulesOf } from "../../src/jobs/rules.ts";
import { syncSource } from "../../src/jobs/sync.ts";
import type { StreamRun } from "../../src/jobs/sync.ts";
import type { Instant } from "../../src/domain/time.ts";
import { openStore } from "../../src/store/index.ts";
import type { Store } from "../../src/store/index.ts";
import { testKit } from "../../test/support/kit.ts";
import { listen } from "../demo/listen.ts";
import type { Listening } from "../demo/listen.ts";
import { Config } from "./config.ts";
import { kbart } from "./index.ts";

let store: Store;
let server: Listening;
let body = "";
let type = "text/plain";
const mapping = [{ path: "m.yaml", text: "departments: { science: { name: S, rules: [{ lcc: Q }] } }" }];
const rules = rulesOf(compileOrThrow(mapping), { classSources: {}, vanishPercent: 50 });

beforeEach(async () => {
  store = await openStore(`sqlite:${path.join(mkdtempSync(path.join(tmpdir(), "kbart-")), "store.db")}`, {
    site: "main",
  });
  server = await listen(() => ({ status: 200, type, body }));
  type = "text/plain";
});
afterEach(async () => {
  await store.close();
  await server.close();
});

const address = (): string => `${server.url}/ACME_GLOBAL_ALL_2026-01-31.txt?institution=77`;

async function sync(config: object): Promise<StreamRun> {
  const kit = testKit(server.url);
  const [run] = await syncSource(store, rules, kbart.open(Config.parse(config), kit), kit.http, {
    sourceId: "acme",
    full: false,
    acceptDeletions: false,
    timeZone: "UTC",
    signal: AbortSignal.timeout(30_000),
    now: () => "2026-11-02T13:00:00.000Z" as Instant,
  });
  return run!;
}

const heading = "publication_title\tonline_identifier\ttitle_url\ttitle_id\n";
const row = (id: string, issn: string): string =>
  `Title ${id}\t${issn}\thttps://x.example.com/${id}\t${id}\n`;

test("a list at an address is the whole package: what it no longer names is gone", async () => {
  body = heading + row("a", "0028-0836") + row("b", "1476-4687") + row("c", "0036-8075");
  const first = await sync({ url: address() });
  body = heading + row("a", "0028-0836") + row("b", "1476-4687");
  const second = await sync({ url: address() });

  expect(first).toMatchObject({ state: "ok", stored: 4 });
  expect(second).toMatchObject({ state: "ok", unchanged: 3, deleted: 1 });
});

test("half a list deletes nothing, and says so", async () => {
  body = heading + row("a", "0028-0836") + row("b", "1476-4687") + row("c", "0036-8075");
  await sync({ url: address() });
  body = heading;

  expect(await sync({ url: address() })).toMatchObject({
    state: "failed",
    message: expect.stringContaining("would be marked as deleted"),
  });
});

test("an A-to-Z export is read by the names of its own columns", async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "atoz-")), "atoz.csv");
  writeFileSync(
    file,
    'Title,ISSN,Package Name,URL\n"Nature, with comma",0028-0836,Big deal,https://a.example.com\n',
  );
  const columns = {
    publication_title: "Title",
    print_identifier: "ISSN",
    package_name: "Package Name",
    title_url: "URL",
  };

  const run = await sync({ file, columns, platform: "Acme Online" });

  expect(run).toMatchObject({ state: "ok", stored: 2, quarantined: 0 });
  expect(
    await store.db.selectFrom("e_title").select(["title", "package_external_id", "platform"]).execute(),
  ).toEqual([{ title: "Nature, with comma", package_external_id: "Big deal", platform: "Acme Online" }]);
});

test("a web page, and a file that is no list, leave all as it was", async () => {
  [type, body] = ["text/html", "<!DOCTYPE html><title>Log in</title>"];
  const page = await sync({ url: address() });
  [type, body] = ["text/plain", "hello\tworld\n"];
  const other = await sync({ url: address() });

  expect([page.state, page.message]).toEqual(["failed", expect.stringContaining("a web page came")]);
  expect(other).toMatchObject({ state: "partial", quarantined: 1 });
});

test("doctor counts titles, packages and cells that are wrong", async () => {
  body = heading + row("a", "0028-0836") + row("b", "1234-5678");
  const kit = testKit(server.url);
  const lines: string[] = [];
  for await (const { state, message } of kbart
    .open(Config.parse({ url: address() }), kit)
    .check(AbortSignal.timeout(5000)))
    lines.push(`${state} ${message}`);

  expect(lines).toEqual([
    "warning 2 titles in 1 packages; 1 cells that say something else than their columns",
  ]);
});

test("the section wants an address or a file, not both, and a whole path", () => {
  expect(Config.safeParse({}).success).toBe(false);
  expect(Config.safeParse({ url: "https://a.example.com", file: "/a" }).success).toBe(false);
  expect(Config.safeParse({ file: "a.txt" }).success).toBe(false);
});
