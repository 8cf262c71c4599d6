import { afterEach, expect, test } from "@jest/globals";
import { testKit } from "../../test/support/kit.ts";
import { demoPackages } from "../demo/electronic.ts";
import { startSushiDouble } from "../demo/sushi.ts";
import type { SushiDouble } from "../demo/sushi.ts";
import { Config } from "./config.ts";
import { sushi } from "./index.ts";

let provider: SushiDouble;
afterEach(() => provider.close());

async function doctor(config: object = {}): Promise<string[]> {
  const parsed = Config.parse({ url: `${provider.url}/reports/`, customerId: "demo", ...config });
  const lines: string[] = [];
  for await (const { check, state, message } of sushi
    .open(parsed, testKit(provider.url))
    .check(AbortSignal.timeout(5000)))
    lines.push(`${check} ${state}: ${message}`);
  return lines;
}

const start = async (): Promise<SushiDouble> =>
  (provider = await startSushiDouble({ packages: demoPackages, first: "2024-01", last: "2026-10" }));

test("doctor says which of the reports there are, and from when to when", async () => {
  await start();

  expect(await doctor({ reports: ["TR", "IR"] })).toEqual([
    "status ok: the service runs",
    "credentials ok: the provider knows this customer",
    "report TR ok: the provider has TR, 2024-01 to 2026-10",
    "report IR warning: the provider does not list IR",
  ]);
});

test("doctor says what the provider has against the credentials, and nothing of them", async () => {
  await start();

  const lines = await doctor({ customerId: "somebody" });

  expect(lines.at(-1)).toMatch(/^credentials failure: GET .*customer_id=\*\*\*.* 2010 Exception 2010$/);
});

test("doctor warns of an address without encryption", async () => {
  await start();
  const parsed = Config.parse({ url: "http://sushi.example.com", customerId: "demo" });
  const [first] = await Array.fromAsync(
    sushi.open(parsed, testKit(provider.url)).check(AbortSignal.timeout(5000)),
  );

  expect(first).toMatchObject({ check: "address", state: "warning" });
});
