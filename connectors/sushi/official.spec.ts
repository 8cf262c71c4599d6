import { expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Instant } from "../../src/domain/time.ts";
import { monthText } from "../../src/domain/time.ts";
import { describeWithSharedData, sharedData } from "../../test/support/shared-data.ts";
import { testKit } from "../../test/support/kit.ts";
import { demoPackages } from "../demo/electronic.ts";
import { json } from "../demo/http.ts";
import { listen } from "../demo/listen.ts";
import { startSushiDouble } from "../demo/sushi.ts";
import { Config } from "./config.ts";
import { sushi } from "./index.ts";

const never = new AbortController().signal;
const samples = {
  "5.1": ["TR", "TRJ1", "TRJ2", "TRJ3", "TRJ4", "TRB1", "TRB2", "DR", "DRD1", "PR", "PRP1"].map((name) => ({
    id: name.length > 2 ? `${name.slice(0, 2)}_${name.slice(2)}` : name,
    file: (ending: string) => ["r51", `${name}_sample_r51.${ending}`],
  })),
  "5": ["TR", "TR_J1", "TR_J2", "TR_J3", "TR_J4", "TR_B1", "TR_B2", "DR", "DR_D1", "PR", "PR_P1"].map(
    (id) => ({
      id,
      file: (ending: string) => ["r5", `Sample-${id}.${ending}`],
    }),
  ),
};
const read = (parts: readonly string[]): string => readFileSync(sharedData("counter", ...parts), "utf8");

/** By title, metric and month, added up from the tabular form by nothing of ours. */
function independentSums(tabular: string): Record<string, number> {
  const rows = tabular
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line) => line.split("\t"));
  const at = rows.findIndex((cells) => cells.includes("Metric_Type"));
  const head = rows[at]!;
  const title = ["Title", "Database", "Platform"].map((name) => head.indexOf(name)).find((n) => n >= 0)!;
  const sums: Record<string, number> = {};
  for (const cells of rows.slice(at + 1))
    for (const [n, name] of head.entries()) {
      const month = /^[A-Z][a-z]{2}-\d{4}$/.test(name) ? new Date(`${name.replace("-", " 1 ")} UTC`) : null;
      const count = Number(cells[n] ?? 0);
      if (month === null || count === 0) continue;
      const key = `${cells[title]!}|${cells[head.indexOf("Metric_Type")]!}|${month.toISOString().slice(0, 7)}`;
      sums[key] = (sums[key] ?? 0) + count;
    }
  return sums;
}

async function harvest(release: "5.1" | "5", id: string, sample: unknown): Promise<Record<string, number>> {
  const server = await listen(({ path }) => (path.endsWith("/reports") ? json(404, {}) : json(200, sample)));
  try {
    const config = { url: server.url, customerId: "sample", release, reports: [id], from: "2015-01" };
    const kit = testKit(server.url, "2023-03-01T08:00:00.000Z" as Instant);
    const [stream] = sushi.open(Config.parse(config), kit).streams;
    const sums: Record<string, number> = {};
    // The same sample answers every year that is asked for, so that only what was asked for may be kept.
    for await (const message of stream!.pull({ cursor: null, full: true, signal: never })) {
      expect(message.type).not.toBe("bad");
      if (message.type !== "fact" || message.fact.kind !== "usage-report") continue;
      for (const { title, counts } of message.fact.titles)
        for (const { metric, count } of counts) {
          const key = `${title}|${metric}|${monthText(message.fact.month)}`;
          sums[key] = (sums[key] ?? 0) + count;
        }
    }
    return sums;
  } finally {
    await server.close();
  }
}

describeWithSharedData("the official samples over HTTP", () => {
  test.each(["5.1", "5"] as const)(
    "of release %s give for each title, metric and month what their tabular form adds up to",
    async (release) => {
      for (const { id, file } of samples[release]) {
        const expected = independentSums(read(file("tsv")));

        expect([id, await harvest(release, id, JSON.parse(read(file("json"))))]).toEqual([id, expected]);
        expect(Object.keys(expected).length).toBeGreaterThan(0);
      }
    },
  );
});

describeWithSharedData("the official schema of release 5.1", () => {
  const document = JSON.parse(read(["r51", "COUNTER_API.json"])) as {
    components: { responses: Record<string, unknown> };
  };
  const ajv = new Ajv2020({ strict: false, unicodeRegExp: false, validateFormats: false, allErrors: true });
  ajv.addSchema(document, "counter");
  const errorsOf = (response: string, value: unknown): string[] => {
    const reference = `counter#/components/responses/${response}/content/application~1json/schema`;
    const validate = ajv.compile({ $ref: reference });
    validate(value);
    return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
  };

  test("fits its own samples but for the address of the registry, which has moved", () => {
    for (const { id, file } of samples["5.1"])
      expect([id, errorsOf(`200_${id}`, JSON.parse(read(file("json"))))]).toEqual([
        id,
        ["/Report_Header/Registry_Record pattern"],
      ]);
  });

  test("fits what the demo's provider answers", async () => {
    const provider = await startSushiDouble({ packages: demoPackages, first: "2026-01", last: "2026-10" });
    const get = async (path: string): Promise<unknown> =>
      (
        await fetch(`${provider.url}/r51/${path}?customer_id=demo&begin_date=2026-01-01&end_date=2026-10-31`)
      ).json();

    const errors = {
      status: errorsOf("200_Status", await get("status")),
      reports: errorsOf("200_Reports", await get("reports")),
      tr: errorsOf("200_TR", await get("reports/tr")),
      dr: errorsOf("200_DR", await get("reports/dr")),
      pr: errorsOf("200_PR", await get("reports/pr")),
    };
    await provider.close();

    expect(errors).toEqual({ status: [], reports: [], tr: [], dr: [], pr: [] });
  });
});
