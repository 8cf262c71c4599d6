import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import fc from "fast-check";
import { simpleParser } from "mailparser";
import type { Instant } from "../../src/domain/time.ts";
import type { OpenDelivery, Rendered } from "../../src/kit/contract.ts";
import { testKit } from "../../test/support/kit.ts";
import { Config } from "./config.ts";
import { fileDelivery } from "./index.ts";

const key = "ab".repeat(32);
const signal = new AbortController().signal;
const quiet = (): void => undefined;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "liaison-files-"));
});

afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

function open(formats?: readonly string[]): OpenDelivery {
  const config = Config.parse({ dir: "out", ...(formats !== undefined && { formats }) });
  const { http } = testKit("http://127.0.0.1");
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  return fileDelivery.open(config, { http, log, now: () => "2026-11-02T08:00:00.000Z" as Instant, folder });
}

const physics: Rendered = {
  report: "monthly",
  reportTitle: "Monthly report",
  subject: "physics",
  period: "2026-10",
  edition: 1,
  recipient: "",
  title: "Physics: October 2026",
  html: "<p>412 loans</p>",
  text: "412 loans",
  attachments: [
    { name: "physics-2026-10.csv", type: "text/csv", bytes: Buffer.from("loans\r\n412\r\n") },
    { name: "physics-2026-10.json", type: "application/json", bytes: Buffer.from("{}") },
    { name: "physics-2026-10-buy.xlsx", type: "application/vnd.ms-excel", bytes: Buffer.from("x") },
  ],
};

function written(): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

test("writes page and tables under the report's name, and says what it wrote", async () => {
  const outcome = await open().deliver(physics, key, null, signal);

  const names = ["reports/monthly/physics-2026-10.html", "reports/monthly/physics-2026-10.csv"];
  expect(written()).toEqual(
    ["-buy.xlsx", ".csv", ".html", ".json"].map((end) => `out/reports/monthly/physics-2026-10${end}`),
  );
  expect(outcome).toMatchObject({ type: "sent", receipt: { handle: expect.arrayContaining(names) } });
  expect(readFileSync(path.join(folder, "out", names[0] ?? ""), "utf8")).toBe("<p>412 loans</p>");
});

test("lays pictures beside the page that shows them", async () => {
  const html = '<img src="cid:loans" alt="rising">';
  const attachments = [
    { name: "loans.png", type: "image/png", bytes: Buffer.from("png"), contentId: "loans" },
  ];
  await open().deliver({ ...physics, html, attachments }, key, null, signal);

  const page = readFileSync(path.join(folder, "out/reports/monthly/physics-2026-10.html"), "utf8");
  expect(page).toBe('<img src="physics-2026-10-loans.png" alt="rising">');
  expect(written()).toContain("out/reports/monthly/physics-2026-10-loans.png");
});

test("writes a mail as the recipient would get it", async () => {
  const delivery = open(["eml"]);
  await delivery.deliver({ ...physics, recipient: "Ada@example.edu" }, key, null, signal);

  expect(delivery.addressed).toBe(true);
  expect(written()).toEqual(["out/outbox/ada@example.edu-monthly.eml"]);
  const mail = await simpleParser(readFileSync(path.join(folder, written()[0] ?? "")));
  expect([mail.subject, mail.messageId]).toEqual(["Physics: October 2026", `<${key}@localhost>`]);
});

test("replaces what it wrote before, and leaves no half file behind", async () => {
  await open().deliver(physics, key, null, signal);
  await open().deliver({ ...physics, html: "<p>413 loans</p>", edition: 2 }, key, null, signal);

  expect(written()).toHaveLength(4);
  expect(readFileSync(path.join(folder, "out/reports/monthly/physics-2026-10.html"), "utf8")).toContain(
    "413",
  );
});

test("names the page of a week as its other files and its address are named", async () => {
  await open().deliver({ ...physics, period: "2026-10-26..2026-11-01" }, key, null, signal);

  expect(written()).toContain("out/reports/monthly/physics-2026-10-26_2026-11-01.html");
});

test("lets no name climb out of its folder", async () => {
  const names = fc
    .array(fc.constantFrom("..", "/", "\\", ".", "a", "\0", "~", "é", "%2e%2e%2f", "\n", " "), {
      maxLength: 8,
    })
    .map((parts) => parts.join(""));
  await fc.assert(
    fc.asyncProperty(names, names, async (hostile, other) => {
      const attachments = [{ name: `${other}.csv`, type: "text/csv", bytes: Buffer.from("x") }];
      await open().deliver(
        { ...physics, report: hostile, subject: other, period: hostile, attachments },
        key,
        null,
        signal,
      );
      await open(["eml"]).deliver({ ...physics, report: other, recipient: hostile }, key, null, signal);

      expect(written().every((name) => /^out\/(reports\/[^/]+|outbox)\/[a-z0-9@._-]+$/.test(name))).toBe(
        true,
      );
    }),
    { numRuns: 40 },
  );
});

test("says why when the folder cannot be made", async () => {
  const delivery = open();
  writeFileSync(path.join(folder, "out"), "a file where the folder should be");

  const outcome = await delivery.deliver(physics, key, null, signal);

  expect(outcome).toMatchObject({
    type: "refused",
    problem: { code: "FILE_NOT_WRITTEN", where: expect.stringContaining("out") },
  });
});

test("a check says whether the folder may be written, and makes none", async () => {
  const checks = [];
  for await (const check of open().check(signal)) checks.push(check);

  expect(checks).toMatchObject([{ check: "files", state: "ok" }]);
  expect(readdirSync(folder)).toEqual([]);
});

test("keeps mails apart from files for departments", () => {
  expect(() => open(["eml", "html"])).toThrow("eml stands in a delivery of its own");
});
