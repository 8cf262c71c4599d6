import { afterEach, describe, expect, test } from "@jest/globals";
import nock from "nock";
import type { UsageReportFact } from "../../src/domain/fact.ts";
import type { Json } from "../../src/domain/json.ts";
import { LiaisonError } from "../../src/domain/problem.ts";
import type { Instant } from "../../src/domain/time.ts";
import { monthText } from "../../src/domain/time.ts";
import type { Message } from "../../src/kit/contract.ts";
import { Secret } from "../../src/kit/secret.ts";
import { testKit } from "../../test/support/kit.ts";
import { demoPackages, turnedAwayOf, useOf } from "../demo/electronic.ts";
import { startSushiDouble } from "../demo/sushi.ts";
import type { SushiDouble, SushiDoubleOptions } from "../demo/sushi.ts";
import { Config } from "./config.ts";
import { sushi } from "./index.ts";

const never = new AbortController().signal;
let provider: SushiDouble;

async function start(options: Partial<SushiDoubleOptions> = {}): Promise<SushiDouble> {
  provider = await startSushiDouble({
    packages: demoPackages,
    first: "2024-01",
    last: "2026-10",
    customerId: "cust-4711",
    requestorId: "req-secret-1",
    apiKey: "key-secret-2",
    ...options,
  });
  return provider;
}
afterEach(() => provider.close());

interface Run {
  readonly messages: readonly Message[];
  readonly facts: readonly UsageReportFact[];
  readonly notices: readonly string[];
  readonly cursor: Json;
  readonly error: LiaisonError | null;
}

/** One run of a stream of a source opened anew, as `liaison sync` does it. */
async function run(
  cursor: Json,
  config: object = {},
  at = "2026-11-05T06:00:00.000Z",
  name = "tr",
): Promise<Run> {
  const kit = testKit(provider.url, at as Instant);
  const auth = { requestorId: new Secret("req-secret-1"), apiKey: new Secret("key-secret-2") };
  const parsed = Config.parse({ url: provider.url, customerId: "cust-4711", ...auth, ...config });
  const source = sushi.open(parsed, kit);
  const stream = source.streams.find((one) => one.name === name)!;
  const messages: Message[] = [];
  let error: LiaisonError | null = null;
  try {
    for await (const message of stream.pull({ cursor, full: cursor === null, signal: never }))
      messages.push(message);
  } catch (thrown) {
    if (!(thrown instanceof LiaisonError)) throw thrown;
    error = thrown;
  }
  const facts = messages.flatMap((message) =>
    message.type === "fact" && message.fact.kind === "usage-report" ? [message.fact] : [],
  );
  const notices = messages.flatMap((message) => (message.type === "notices" ? [message.notices] : [])).at(-1);
  const kept = messages.flatMap((message) => (message.type === "page" ? [message.cursor] : [])).at(-1);
  return {
    messages,
    facts,
    notices: (notices ?? []).map(({ code }) => code),
    cursor: kept === undefined ? cursor : kept,
    error,
  };
}

const asked = (): string[] => provider.log.map(({ url }) => url.replace(/\?.*$/, ""));
const spans = (): string[] =>
  provider.log.flatMap(({ url }) => {
    const { searchParams } = new URL(url, provider.url);
    const from = searchParams.get("begin_date");
    return from === null ? [] : [`${from}..${searchParams.get("end_date") ?? ""}`];
  });
const monthsOf = (facts: readonly UsageReportFact[]): string[] =>
  [...new Set(facts.map(({ month }) => monthText(month)))].sort();

function sums(facts: readonly UsageReportFact[]): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const { platform, month, titles } of facts)
    for (const { title, counts } of titles)
      for (const { metric, count } of counts) {
        const key = `${platform} ${title} ${monthText(month)} ${metric}`;
        totals[key] = (totals[key] ?? 0) + count;
      }
  return totals;
}

describe.each(["5.1", "5"] as const)("release %s", (release) => {
  test("a first run asks for the current year and the two before it, a request each", async () => {
    await start();

    const { facts, error } = await run(null, { release });

    expect(error).toBeNull();
    expect(spans()).toEqual([
      "2024-01-01..2024-12-31",
      "2025-01-01..2025-12-31",
      release === "5" ? "2026-01-01..2026-09-30" : "2026-01-01..2026-10-31",
    ]);
    expect(monthsOf(facts)).toHaveLength(release === "5" ? 33 : 34);
  });

  test("every count of every title and month is what the provider counted", async () => {
    await start();

    const { facts } = await run(null, { release });

    const expected: Record<string, number> = {};
    for (const month of new Set(facts.map((fact) => fact.month)))
      for (const { platform, titles } of demoPackages)
        for (const title of titles) {
          const used = useOf(title, month);
          const counts = {
            Unique_Item_Requests: used,
            Total_Item_Requests: Math.round(used * 1.5),
            Unique_Item_Investigations: used * 2,
            Total_Item_Investigations: used * 3,
            Unique_Title_Requests: title.type === "monograph" ? Math.ceil(used / 3) : 0,
            No_License: turnedAwayOf(title, month),
          };
          for (const [metric, count] of Object.entries(counts))
            if (count > 0) expected[`${platform} ${title.title} ${monthText(month)} ${metric}`] = count;
        }
    expect(sums(facts)).toEqual(expected);
  });
});

test("a year of all three reports is the list and three requests", async () => {
  await start({ last: "2025-12" });
  const kit = testKit(provider.url, "2026-01-30T06:00:00.000Z" as Instant);
  const auth = { requestorId: new Secret("req-secret-1"), apiKey: new Secret("key-secret-2") };
  const config = Config.parse({ url: provider.url, customerId: "cust-4711", from: "2025-01", ...auth });

  let facts = 0;
  for (const stream of sushi.open(config, kit).streams)
    for await (const { type } of stream.pull({ cursor: null, full: true, signal: never }))
      if (type === "fact") facts += 1;

  expect(asked()).toEqual(["/r51/reports", "/r51/reports/tr", "/r51/reports/dr", "/r51/reports/pr"]);
  expect(facts).toBe(3 * 2 * 12);
});

describe("a later run", () => {
  test("asks for nothing that is not due", async () => {
    await start();
    const { cursor } = await run(null);
    const before = provider.log.length;

    const again = await run(cursor, {}, "2026-11-06T06:00:00.000Z");

    expect(again.facts).toEqual([]);
    expect(provider.log.length).toBe(before);
  });

  test("asks for the new month, and for the two before it, which may have been restated", async () => {
    await start();
    const { cursor } = await run(null);
    provider.publish("2026-11");
    const before = spans().length;

    const { facts } = await run(cursor, {}, "2026-12-05T06:00:00.000Z");

    expect(spans().slice(before)).toEqual(["2026-09-01..2026-11-30"]);
    expect(monthsOf(facts)).toEqual(["2026-09", "2026-10", "2026-11"]);
  });

  test("goes on with the next year where one was cut off", async () => {
    await start();
    provider.fail({ code: 1010, path: /tr$/, times: 1 });
    const first = await run(null);
    const { facts } = await run(first.cursor, {}, "2026-11-05T07:00:00.000Z");

    expect(first.error?.problem.code).toBe("SUSHI_LATER");
    expect(sums(facts)).toEqual(sums((await run(null)).facts));
  });
});

describe("an exception", () => {
  test.each([
    [1000, 30],
    [1010, 5],
    [1011, 5],
    [1020, 24 * 60],
  ])("%i ends the run, and nothing is asked until %i minutes have passed", async (code, minutes) => {
    await start();
    provider.fail({ code, path: /tr$/ });
    const first = await run(null);
    const count = provider.log.length;

    const early = await run(first.cursor, {}, "2026-11-05T06:04:00.000Z");

    expect([first.error?.problem.code, early.error?.problem.code]).toEqual(["SUSHI_LATER", "SUSHI_LATER"]);
    expect(provider.log.length).toBe(count);
    provider.heal();
    const late = new Date(Date.parse("2026-11-05T06:00:00Z") + minutes * 1.3 * 60_000).toISOString();
    expect((await run(first.cursor, {}, late)).error).toBeNull();
  });

  test("1010 and 1020 wait as long as Retry-After says, and 1020 as its data say", async () => {
    await start();
    provider.fail({ code: 1010, path: /tr$/, retryAfter: "7200", times: 1 });
    const busy = await run(null);
    provider.fail({ code: 1020, path: /tr$/, data: "10 requests per hour", times: 1 });
    const often = await run(null);

    expect(busy.error?.problem.cure).toContain("2026-11-05T08:00Z");
    expect(often.error?.problem.cure).toContain("2026-11-05T07:00Z");
  });

  test("1010 waits longer each time", async () => {
    await start();
    provider.fail({ code: 1010, path: /tr$/ });
    let { cursor } = await run(null);
    const waits: number[] = [];
    for (let at = Date.parse("2026-11-05T06:00:00Z"), n = 0; n < 4; n++) {
      at += 3 * 3_600_000;
      const next = await run(cursor, {}, new Date(at).toISOString());
      cursor = next.cursor;
      const { wait } = cursor as { wait: { until: string } };
      waits.push(Math.floor((Date.parse(wait.until) - at) / 60_000));
    }

    const growth = waits.slice(1).map((minutes, n) => minutes / waits[n]!);
    for (const factor of growth) expect(factor).toBeCloseTo(2, 0);
  });

  test("1011 asks for the same months again, in the same words", async () => {
    await start();
    provider.fail({ code: 1011, status: 200, path: /tr$/, times: 1 });
    const first = await run(null);

    await run(first.cursor, {}, "2026-11-05T06:06:00.000Z");

    expect(spans().slice(0, 2)).toEqual(["2024-01-01..2024-12-31", "2024-01-01..2024-12-31"]);
  });

  test.each([1030, 2000, 2010, 2011, 2020, 2030])(
    "%i stops the source until its configuration changes, whatever the HTTP status",
    async (code) => {
      await start();
      provider.fail({ code, status: 200, path: /reports/ });
      const first = await run(null);
      provider.heal();
      const count = provider.log.length;

      const again = await run(first.cursor, {}, "2026-11-06T06:00:00.000Z");

      expect(again.error?.problem).toMatchObject({
        code: "SUSHI_REFUSED",
        cure: expect.stringMatching(/\w/),
      });
      expect(provider.log.length).toBe(count);
      const changed = await run(first.cursor, { platform: "demo" }, "2026-11-06T06:00:00.000Z");
      expect(changed.error).toBeNull();
    },
  );

  test("2010 of one report is not asked for again by the others of the same run", async () => {
    await start({ customerId: "somebody-else" });
    const kit = testKit(provider.url, "2026-11-05T06:00:00.000Z" as Instant);
    const source = sushi.open(Config.parse({ url: provider.url, customerId: "cust-4711" }), kit);

    const codes: unknown[] = [];
    for (const stream of source.streams) {
      const pages = stream.pull({ cursor: null, full: true, signal: never })[Symbol.asyncIterator]();
      try {
        while ((await pages.next()).done !== true);
      } catch (error) {
        codes.push((error as LiaisonError).problem.code);
      }
    }

    expect(codes).toEqual(["SUSHI_REFUSED", "SUSHI_REFUSED", "SUSHI_REFUSED"]);
    expect(provider.log).toHaveLength(1);
  });

  test("3000 turns this report off, no failure", async () => {
    await start();

    const { error } = await run(null, { reports: ["IR"] }, undefined, "ir");

    expect(error?.name).toBe("OffError");
    expect(error?.problem.code).toBe("SUSHI_NO_SUCH_REPORT");
  });

  test("3020 divides the months, and gives up those that are long past", async () => {
    await start();
    provider.fail({ code: 3020, path: /tr$/, times: 2 });

    const { facts, error, cursor } = await run(null, { from: "2024-12" });

    expect(error).toBeNull();
    expect(spans().slice(0, 2)).toEqual(["2024-12-01..2024-12-31", "2025-01-01..2025-12-31"]);
    expect(monthsOf(facts)).toHaveLength(22);
    const { months } = cursor as { months: Record<string, { state: string }> };
    expect(Object.values(months).filter(({ state }) => state === "gone")).toHaveLength(1);
  });

  test("3030 without rows is a confirmed 0 of every platform that was told of before", async () => {
    await start({ last: "2026-09" });
    const { cursor } = await run(null, {}, "2026-10-05T06:00:00.000Z");
    const empty = {
      Report_Header: {
        Report_ID: "TR",
        Release: "5.1",
        Report_Filters: { Begin_Date: "2026-10-01", End_Date: "2026-10-31" },
        Exceptions: [{ Code: "3030", Message: "No Usage Available for Requested Dates" }],
      },
      Report_Items: [],
    };
    nock(provider.url, { allowUnmocked: true }).get("/r51/reports").query(true).reply(404);
    nock(provider.url, { allowUnmocked: true }).get("/r51/reports/tr").query(true).reply(200, empty);

    const { facts } = await run(cursor, {}, "2026-11-30T06:00:00.000Z");

    expect(facts.filter(({ month }) => monthText(month) === "2026-10")).toMatchObject([
      { platform: "Example Journals Online", titles: [] },
      { platform: "Example Press Reader", titles: [] },
    ]);
  });

  test("3031 keeps what was told, and asks for the rest a day later once it is due", async () => {
    await start({ last: "2026-09" });
    const first = await run(null, { release: "5" }, "2026-11-29T06:00:00.000Z");
    const early = await run(first.cursor, { release: "5" }, "2026-11-29T20:00:00.000Z");
    provider.publish("2026-10");
    const next = await run(first.cursor, { release: "5" }, "2026-11-30T06:00:00.000Z");

    expect(monthsOf(first.facts).at(-1)).toBe("2026-09");
    expect(first.notices).toEqual(["sushi-waiting"]);
    expect(early.facts).toEqual([]);
    expect(monthsOf(next.facts).at(-1)).toBe("2026-10");
    expect(next.notices).toEqual([]);
  });

  test("3032 is never asked for again", async () => {
    await start({ first: "2025-07" });
    const first = await run(null, { release: "5" });
    const count = spans().length;
    await run(first.cursor, { release: "5" }, "2026-12-01T06:00:00.000Z");

    expect(monthsOf(first.facts)[0]).toBe("2025-07");
    expect(first.notices).toEqual([]);
    expect(
      spans()
        .slice(count)
        .every((span) => span >= "2026"),
    ).toBe(true);
  });

  test.each([3040, 3050, 3060, 3061, 3062, 3063, 3070])("%i keeps the data, and says so", async (code) => {
    await start();
    const clean = await run(null);
    provider.fail({ code, inReport: true, path: /tr$/ });

    const { facts, notices } = await run(null);

    expect(sums(facts)).toEqual(sums(clean.facts));
    expect(notices).toEqual([code === 3040 ? "sushi-partial" : "sushi-parameter"]);
  });

  test("below 1000 is a note", async () => {
    await start();
    provider.fail({ code: 12, inReport: true, path: /tr$/ });

    const { facts, notices, error } = await run(null);

    expect([facts.length > 0, notices, error]).toEqual([true, [], null]);
  });
});

describe("what is no report", () => {
  test("a web page with status 200 stops the stream and says what it is", async () => {
    await start();
    nock(provider.url, { allowUnmocked: true })
      .get("/r51/reports")
      .query(true)
      .reply(200, "<html><title>Sign in</title></html>");

    const { error } = await run(null);

    expect(error?.problem).toMatchObject({ code: "SUSHI_NOT_COUNTER", why: 'its title is "Sign in"' });
  });

  test("another report than was asked for goes into quarantine, without the library's number", async () => {
    await start();
    const header = { Report_ID: "PR", Release: "5.1", Customer_ID: "cust-4711", Report_Filters: {} };
    nock(provider.url, { allowUnmocked: true })
      .get("/r51/reports/tr")
      .query(true)
      .reply(200, { Report_Header: header, Report_Items: [] });

    const { messages, error } = await run(null, { from: "2026-01" });

    const bad = messages.find((message) => message.type === "bad");
    expect(error).toBeNull();
    expect(bad).toMatchObject({ problem: { code: "SUSHI_OTHER_REPORT" } });
    expect(bad?.type === "bad" && Buffer.from(bad.raw).toString()).not.toContain("cust-4711");
  });

  test("a title that cannot be read is put aside alone, and its months are incomplete", async () => {
    await start();
    const item = (title: string, count: unknown) => ({
      Title: title,
      Platform: "P",
      Attribute_Performance: [{ Performance: { No_License: { "2026-10": count } } }],
    });
    const filters = { Begin_Date: "2026-10-01", End_Date: "2026-10-31" };
    const header = { Report_ID: "TR", Release: "5.1", Report_Filters: filters };
    nock(provider.url, { allowUnmocked: true })
      .get("/r51/reports/tr")
      .query(true)
      .reply(200, { Report_Header: header, Report_Items: [item("A", 3), item("B", "many"), item("C", "4")] });

    const { messages, facts, notices } = await run(null, { from: "2026-10" });

    expect(messages.filter(({ type }) => type === "bad")).toHaveLength(1);
    expect(facts[0]?.titles.map(({ title, counts }) => [title, counts[0]?.count])).toEqual([
      ["A", 3],
      ["C", 4],
    ]);
    expect(notices).toEqual(["sushi-partial"]);
  });
});

test("answers that take too long are asked for by the quarter, and the next time too", async () => {
  await start();
  nock(provider.url, { allowUnmocked: true })
    .get("/r51/reports/tr")
    .query(({ begin_date: from }) => from === "2026-01-01")
    .times(2)
    .delay(1500)
    .reply(200, {});

  const { facts, cursor } = await run(null, { from: "2026-01", timeoutMs: 1000 });

  expect(spans()).toEqual([
    "2026-01-01..2026-03-31",
    "2026-04-01..2026-06-30",
    "2026-07-01..2026-09-30",
    "2026-10-01..2026-10-31",
  ]);
  expect(monthsOf(facts)).toHaveLength(10);
  expect(cursor).toMatchObject({ most: 3 });
});

test("no message of a run tells who asked", async () => {
  await start();
  provider.fail({ code: 2020, path: /tr$/, data: "key-secret-2 of cust-4711 has expired" });

  const { messages, error, cursor } = await run(null);

  const shown = JSON.stringify([messages, error?.problem, cursor]) + String(error?.stack);
  expect(provider.log[0]?.url).toContain("req-secret-1");
  for (const secret of ["cust-4711", "req-secret-1", "key-secret-2"]) expect(shown).not.toContain(secret);
});
