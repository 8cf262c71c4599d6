/** `demo` as its user runs it, and every other command on what it leaves. */
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { simpleParser } from "mailparser";
import type { ParsedMail } from "mailparser";
import { liaison } from "../support/cli.ts";
import { runLiaison } from "../support/run-cli.ts";
import type { RunResult } from "../support/run-cli.ts";

let folder: string;
let out: string;
const mails = new Map<string, ParsedMail>();
const raws = new Map<string, string>();

const on = (where: string, ...args: string[]): Promise<RunResult> =>
  runLiaison(["--config", path.join(where, "liaison.yaml"), "--now", "2026-11-02T13:00:00Z", ...args]);

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "liaison-demo-"));
  out = path.join(folder, "out");
  const { code, stdout, stderr } = await liaison(["--json", "demo", "--no-serve", "--out", "out"], {
    cwd: folder,
  });
  expect([stderr, code]).toEqual([stderr, 0]);
  expect(JSON.parse(stdout)).toMatchObject({ out, quarantined: 3, plantedFaults: 3 });
  for (const name of readdirSync(path.join(out, "outbox"))) {
    const raw = readFileSync(path.join(out, "outbox", name));
    raws.set(name, raw.toString("latin1"));
    mails.set(name, await simpleParser(raw, { skipImageLinks: true }));
  }
}, 300_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("leaves the files of the contract, and nothing beside them", () => {
  expect(readdirSync(folder)).toEqual(["out"]);
  for (const name of ["liaison.yaml", "mappings", "liaison.db", "outbox", "reports", "identities.txt"])
    expect([name, existsSync(path.join(out, name))]).toEqual([name, true]);
  for (const report of readdirSync(path.join(out, "reports"))) {
    const files = readdirSync(path.join(out, "reports", report));
    const workbooks = files.filter((file) => file.endsWith(".xlsx"));
    const rest = files.filter((file) => !workbooks.includes(file));
    for (const file of rest)
      expect(file).toMatch(/^[a-z-]+-(2026-10|2026-q3|2025-26|2026-10-26_2026-11-01)\.(html|csv|json)$/);
    expect(rest.length % 3).toBe(0);
    for (const file of workbooks) expect(file).toMatch(new RegExp(`^[a-z-]+-2026-10-${report}\\.xlsx$`));
  }
});

test("writes one mail a liaison and report, named after both", () => {
  expect(mails.size).toBeGreaterThan(10);
  for (const [name, mail] of mails) {
    const to = [mail.to ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address));
    expect(to).toHaveLength(1);
    expect(name).toMatch(new RegExp(`^${to[0]}-(monthly|new-titles)\\.eml$`));
    expect([mail.cc, mail.bcc]).toEqual([undefined, undefined]);
  }
});

test("every mail has two alternatives and the headers of its craft", () => {
  for (const [name, mail] of mails) {
    const raw = raws.get(name) ?? "";
    expect(raw).toMatch(/^Content-Type: multipart\/(alternative|mixed)/m);
    expect(raw).toMatch(/^Content-Type: text\/plain; charset=utf-8; format=flowed/m);
    expect(raw).toMatch(/^Content-Type: text\/html; charset=utf-8/m);
    expect(mail.headers.get("auto-submitted")).toBe("auto-generated");
    expect(mail.headers.get("x-auto-response-suppress")).toBe("All");
    expect(mail.headers.get("mime-version")).toBe("1.0");
    expect(mail.messageId).toMatch(/^<[0-9a-f]{64}@library\.example\.edu>$/);
    expect(raw).toMatch(/^List-ID: .*<(monthly|new-titles)\.library\.example\.edu>/im);
    expect(raw).toMatch(/^List-Unsubscribe: <mailto:/m);
    expect(mail.date?.toISOString()).toBe("2026-11-02T13:00:00.000Z");
    expect((mail.subject ?? "").length).toBeLessThanOrEqual(60);
    expect((mail.text ?? "").length).toBeGreaterThan(100);
    expect(String(mail.html)).toContain("<html");
    expect(Math.max(...raw.split("\r\n").map((line) => line.length))).toBeLessThanOrEqual(998);
  }
  expect(new Set([...mails.values()].map(({ messageId }) => messageId)).size).toBe(mails.size);
});

test("one figure is the same by query, in the report's JSON and in the mail's text", async () => {
  const { code, stdout, stderr } = await on(
    out,
    "query",
    "checkouts",
    "--department",
    "physics",
    "--period",
    "2026-10",
    "--json",
  );
  const answer = JSON.parse(stdout) as { rows: { department: string; value: number }[] };
  const file = path.join(out, "reports", "monthly", "physics-2026-10.json");
  const report = JSON.parse(readFileSync(file, "utf8")) as {
    mappingVersion: string;
    sections: { figures: { id: string; value: unknown }[] }[];
  };
  const figure = report.sections.flatMap(({ figures }) => figures).find(({ id }) => id === "checkouts");
  const value = answer.rows[0]?.value;
  const mail = [...mails.values()].find(({ text }) => /^Physics/m.test(text ?? ""));
  const block = (mail?.text ?? "").slice((mail?.text ?? "").search(/^Physics[^\n]*\n=+$/m));

  expect([code, stderr]).toEqual([0, ""]);
  expect(answer).toMatchObject({
    measure: "checkouts",
    unit: "uses",
    counting: "fractional",
    period: { from: "2026-10-01", to: "2026-10-31" },
    asOf: "2026-11-02T13:00:00.000Z",
    mappingVersion: report.mappingVersion,
    notes: expect.any(Array),
    rows: [{ department: "physics" }],
    total: { value },
  });
  expect(value).toBeGreaterThan(0);
  expect(figure?.value).toBe(value);
  expect(/^Loans +(\d+)/m.exec(block)?.[1]).toBe(String(value));
});

test("no patron identity is in what it left, and a planted one is found", async () => {
  const clean = await on(out, "--json", "privacy", "scan");
  const scan = JSON.parse(clean.stdout) as { looked: { place: string }[]; found: unknown[] };
  const identity = readFileSync(path.join(out, "identities.txt"), "utf8")
    .split("\n")
    .find((line) => line.length > 8);
  const copy = path.join(folder, "planted");
  cpSync(out, copy, { recursive: true });
  const file = path.join(copy, "reports", "monthly", "physics-2026-10.csv");
  writeFileSync(file, `${readFileSync(file, "utf8")}${identity}\n`);

  const planted = await on(copy, "--json", "privacy", "scan");
  rmSync(copy, { recursive: true });

  expect([clean.code, scan.found]).toEqual([0, []]);
  expect(scan.looked.map(({ place }) => place)).toContain(
    path.join(out, "reports", "monthly", "physics-2026-10.csv"),
  );
  expect(planted.code).toBe(1);
  expect(JSON.parse(planted.stdout)).toMatchObject({ found: [{ place: file, identity }] });
});

test("every invariant of its store holds", async () => {
  const { code, stdout } = await on(out, "--json", "db", "check");

  const checks = JSON.parse(stdout) as { invariant: string; ok: boolean; found: number }[];
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect([code, checks.length > 10]).toEqual([0, true]);
});

test("what it put aside is exactly what was planted", async () => {
  const { stdout } = await on(out, "--json", "quarantine", "list");

  const entries = JSON.parse(stdout) as { source: string; reason: string }[];
  expect(entries.map(({ reason }) => reason)).toEqual([
    "KOHA_UNREADABLE",
    "record-missing",
    "record-missing",
  ]);
});

test("a second send sends nothing new", async () => {
  const before = readdirSync(path.join(out, "outbox")).map((name) => raws.get(name)?.length);

  const { code, stdout } = await on(out, "--json", "send", "--yes");

  const issues = JSON.parse(stdout) as { state: string; edition: number }[];
  expect(code).toBe(0);
  for (const issue of issues) expect(issue).toMatchObject({ state: "sent", edition: 1 });
  const after = readdirSync(path.join(out, "outbox")).map(
    (name) => readFileSync(path.join(out, "outbox", name), "latin1").length,
  );
  expect(after).toEqual(before);
});

test("an edited mapping is applied from stored evidence, with nothing listening", async () => {
  const copy = path.join(folder, "edited");
  cpSync(out, copy, { recursive: true });
  const file = path.join(copy, "mappings", "departments.yaml");
  const text = readFileSync(file, "utf8");
  const edited = text.replace(/(\n {2}chemistry:\n[^]*?rules:\n)/, "$1      - lcc: [QB]\n");
  expect(edited).not.toBe(text);
  writeFileSync(file, edited);

  const checked = await on(copy, "map", "check");
  const diff = await on(copy, "--json", "map", "diff");
  const applied = await on(copy, "--json", "map", "apply", "--yes");
  const again = await on(copy, "--json", "map", "diff");
  const invariants = await on(copy, "db", "check");
  rmSync(copy, { recursive: true });

  const { from, to, moves } = JSON.parse(diff.stdout) as { from: string; to: string; moves: unknown[] };
  expect([checked.stdout, checked.code]).toEqual([checked.stdout, 0]);
  expect([diff.code, applied.code, again.code, invariants.code]).toEqual([0, 0, 0, 0]);
  expect(moves.length).toBeGreaterThan(0);
  expect(JSON.parse(applied.stdout)).toMatchObject({ from, to });
  expect(JSON.parse(again.stdout)).toMatchObject({ from: to, to, moves: [] });
});
