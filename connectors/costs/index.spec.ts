import { expect, test } from "@jest/globals";
import { Readable } from "node:stream";
import type { Message } from "../../src/kit/contract.ts";
import { importCosts } from "./index.ts";

async function read(...lines: readonly string[]): Promise<Message[]> {
  const stdin = Readable.from([Buffer.from(lines.join("\n"))]);
  const messages: Message[] = [];
  for await (const message of importCosts("-", { currency: "EUR", stdin })) messages.push(message);
  return messages.filter(({ type }) => type !== "page");
}

const heading = "package,from,to,amount,currency";

test.each([
  ["1200", 120_000, "EUR"],
  ["1200.5", 120_050, "EUR"],
  ['"1,200.00"', 120_000, "EUR"],
  ['"1.200,00"', 120_000, "EUR"],
  ["1200", 1200, "JPY"],
])("%s is %i minor units of %s", async (amount, amountMinor, currency) => {
  const [message] = await read(heading, `P,2026-01-01,2026-12-31,${amount},${currency}`);

  expect(message).toMatchObject({ type: "fact", fact: { packageId: "P", amountMinor, currency } });
});

test("without a currency it is the library's", async () => {
  const [message] = await read("package;from;to;amount", "P;2026-01-01;2026-12-31;10,5");

  expect(message).toMatchObject({ fact: { amountMinor: 1050, currency: "EUR" } });
});

test.each([
  ["no package", ",2026-01-01,2026-12-31,1,EUR", "the row names no package"],
  ["no day", "P,2026-02-30,2026-12-31,1,EUR", '"2026-02-30" is no day'],
  ["days the wrong way round", "P,2026-12-31,2026-01-01,1,EUR", "2026-01-01 lies before 2026-12-31"],
  ["no currency", "P,2026-01-01,2026-12-31,1,Euro", '"EURO" is no currency'],
  ["a fraction of a cent", "P,2026-01-01,2026-12-31,1.005,EUR", '"1.005" is no amount'],
  ["words for an amount", "P,2026-01-01,2026-12-31,much,EUR", '"much" is no amount'],
])("%s is put aside with its line and its cure", async (_, row, what) => {
  const messages = await read(heading, row);

  expect(messages).toMatchObject([
    { type: "bad", kind: "package-cost", problem: { what, where: "standard input:2" } },
  ]);
});

test("a file without the columns is put aside whole", async () => {
  expect(await read("name,price", "P,1")).toMatchObject([
    { type: "bad", problem: { what: "the first line names no column package, from, to, amount" } },
  ]);
});
