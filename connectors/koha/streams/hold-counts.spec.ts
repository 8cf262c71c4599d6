/** Against the plugin as `liaison plugin build` makes it, over Koha's tables. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Instant } from "../../../src/domain/time.ts";
import { monthText } from "../../../src/domain/time.ts";
import type { Message, OpenSource } from "../../../src/kit/contract.ts";
import { createHttpClient } from "../../../src/kit/http/index.ts";
import { Secret } from "../../../src/kit/secret.ts";
import { startMariaDb } from "../../../test/oracle/mariadb.ts";
import type { MariaDb } from "../../../test/oracle/mariadb.ts";
import { createKohaTables, missingForPlugin, startKohaPlugin } from "../../../test/support/koha-plugin.ts";
import type { RunningPlugin } from "../../../test/support/koha-plugin.ts";
import { startKohaDouble } from "../../demo/double.ts";
import { demoLibrary } from "../../demo/library.ts";
import { koha } from "../index.ts";

const signal = new AbortController().signal;

function open(url: string, clientId: string) {
  const silent = () => undefined;
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  const now = () => "2026-11-02T13:00:00.000Z" as Instant;
  const http = createHttpClient({ name: "koha", baseUrls: [url], userAgent: "Koha-Liaison/test", log, now });
  const auth = { clientId, clientSecret: new Secret("demo-secret") };
  const kit = { http, log, timeZone: "UTC", currency: "USD", now };
  return { http, source: koha.open(koha.config.parse({ url, auth }), kit) };
}

async function pull(source: OpenSource): Promise<Message[]> {
  const messages: Message[] = [];
  const stream = source.streams.find(({ name }) => name === "hold-counts")!;
  for await (const message of stream.pull({ cursor: null, full: true, signal })) messages.push(message);
  return messages;
}

test("how holds ended is off, which is no failure, at a Koha without the plugin", async () => {
  const library = demoLibrary({ seed: 3, asOf: "2026-11-02", titles: 20 });
  const double = await startKohaDouble(library, {});
  try {
    const { http, source } = open(double.url, "demo");

    await expect(pull(source)).rejects.toMatchObject({
      name: "OffError",
      problem: { code: "KOHA_NO_PLUGIN" },
    });
    expect(http.requests).toBeLessThanOrEqual(3);
  } finally {
    await double.close();
  }
});

describe("how holds ended, of the plugin", () => {
  const missing = missingForPlugin();
  if (missing.length > 0) {
    test.skip(`all of it (skipped: not installed: ${missing.join(", ")})`, () => undefined);
    return;
  }
  let db: MariaDb;
  let plugin: RunningPlugin;

  beforeAll(async () => {
    db = await startMariaDb();
    createKohaTables(db, "holds", []);
    db.run(`USE holds; SET FOREIGN_KEY_CHECKS = 0;
      INSERT INTO reserves (reserve_id, biblionumber, reservedate, priority) VALUES (1, 7, '2026-03-04', 1);
      INSERT INTO old_reserves (reserve_id, biblionumber, reservedate, priority, found, cancellationdate, timestamp)
        VALUES (2, 7, '2026-03-05', 0, 'F', NULL, '2026-04-02 10:00:00'),
               (3, 9, '2026-04-05', 0, NULL, '2026-04-06', '2026-04-06 10:00:00')`);
    plugin = await startKohaPlugin(db, "holds");
  }, 120_000);
  afterAll(async () => {
    await plugin.close();
    await db.stop();
  });

  test("comes once by title and month, then what it did not name is gone", async () => {
    const messages = await pull(open(plugin.url, "daemon").source);

    const rows = messages.flatMap((message) =>
      message.type === "fact" && message.fact.kind === "hold-count" ? [message.fact] : [],
    );
    const line = (row: (typeof rows)[number]) =>
      [row.recordId, monthText(row.month), row.placed, row.filled, row.cancelled, row.expired].join(" ");
    expect(rows.map(line).sort()).toEqual(["7 2026-03 2 0 0 0", "7 2026-04 0 1 0 0", "9 2026-04 1 0 1 0"]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(messages.slice(-2)).toEqual([
      { type: "swept", kind: "hold-count" },
      { type: "page", cursor: null },
    ]);
  });
});
