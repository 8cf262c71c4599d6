import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { FastifyInstance } from "fastify";
import type { CalendarDay, Instant } from "../domain/time.ts";
import { deliveryKey, enqueue, noteSent, claimNext } from "../store/queries/outbox.ts";
import type { NewIssue } from "../store/queries/outbox.ts";
import { openStore } from "../store/index.ts";
import type { Store } from "../store/index.ts";
import { createWeb } from "./index.ts";

const now = "2026-11-02T08:00:00.000Z" as Instant;
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);

const physics: NewIssue = {
  site: "main",
  report: "monthly",
  reportTitle: "Monthly report",
  subject: "physics",
  delivery: "files",
  recipient: "",
  period: "2026-10",
  edition: 1,
  state: "due",
  title: "Physics: <October> 2026",
  html: '<!doctype html><html lang="en"><head><title>P</title><style>td{color:red}</style></head><body><h1 style="margin:0">412 loans</h1><img src="cid:chart" alt="rising"></body></html>',
  text: "412 loans",
  attachments: [
    { name: "physics-2026-10-buy.csv", type: "text/csv", bytes: Buffer.from("a,b\r\n") },
    { name: "chart.png", type: "image/png", bytes: png, contentId: "chart" },
  ],
  createdAt: now,
  mappingVersion: "m1",
  asOf: now,
  software: "koha-liaison 0.1.0",
  told: [],
  listed: { from: "2026-10-01" as CalendarDay, recordIds: [] },
};

let folder: string;
let store: Store;
let web: FastifyInstance;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "liaison-web-"));
  store = await openStore(`sqlite:${path.join(folder, "liaison.db")}`, { site: "main" });
  const quiet = (): void => undefined;
  web = await createWeb({
    store,
    frame: { library: "Library & Archive", locale: "en-GB", software: "koha-liaison 0.1.0" },
    timeZone: "Europe/Berlin",
    publicUrl: "https://reports.example.edu/",
    status: () =>
      Promise.resolve({ checks: [], jobs: [], streams: [], queues: { outbox: 0, quarantine: 0 } }),
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
});

afterEach(async () => {
  await web.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

test("says how to make a report while there is none", async () => {
  const answer = await web.inject("/");

  expect(answer.statusCode).toBe(200);
  expect(answer.body).toContain("No report was written yet");
  expect(answer.body).toContain("Library &#38; Archive");
});

test("lists a report once, with every way it went, and escapes its title", async () => {
  await enqueue(store.db, physics);
  const claimed = await claimNext(store.db, now);
  await noteSent(store.db, claimed!, { target: "out", handle: [] }, now);
  await enqueue(store.db, { ...physics, delivery: "mail", recipient: "meier@example.edu", state: "waiting" });

  const { body } = await web.inject("/");

  expect(body.match(/<th scope="row">/g)).toHaveLength(1);
  expect(body).toContain("Physics: &#60;October&#62; 2026");
  expect(body).toContain("files: sent, 2 Nov 2026, 09:00");
  expect(body).toContain("mail: waits until real mail is allowed");
  expect(body).not.toContain("meier@example.edu");
});

test("shows a report as it went out, with its picture and its files, and lets no script run", async () => {
  await enqueue(store.db, physics);
  const key = deliveryKey(physics);

  const shown = await web.inject(`/reports/${key}`);

  expect(shown.body).toContain(`src="/reports/${key}/chart.png"`);
  expect(shown.body).toContain(`href="/reports/${key}/physics-2026-10-buy.csv"`);
  expect(shown.headers["content-security-policy"]).toMatch(/^default-src 'none';.*style-src-elem 'sha256-/);
  expect(shown.headers["content-security-policy"]).not.toContain("script-src");
  const picture = await web.inject(`/reports/${key}/chart.png`);
  expect(new Uint8Array(picture.rawPayload)).toEqual(png);
  const file = await web.inject(`/reports/${key}/physics-2026-10-buy.csv`);
  expect(file.headers["content-disposition"]).toContain("attachment");
});

test("finds a report by the name that it gives its page", async () => {
  await enqueue(store.db, physics);
  await enqueue(store.db, {
    ...physics,
    period: "2026/27",
    subject: "liaison:ada",
    recipient: "ada@example.edu",
  });

  const department = await web.inject("/reports/monthly/physics-2026-10.html");
  const liaison = await web.inject("/reports/monthly/ada-2026-27.html");

  expect(department.headers.location).toBe(`/reports/${deliveryKey(physics)}`);
  expect(liaison.statusCode).toBe(302);
  expect((await web.inject("/reports/monthly/music-2026-10.html")).statusCode).toBe(404);
});

test("answers 404 with a page for what is not there", async () => {
  for (const url of ["/reports/1", `/reports/${"0".repeat(64)}`, "/reports/..%2f..%2fetc", "/nothing"]) {
    const answer = await web.inject(url);
    expect({ url, status: answer.statusCode }).toEqual({ url, status: 404 });
    expect(answer.body).toContain("<h1>Not here</h1>");
  }
});

test("refuses the name of another host, and knows its public one", async () => {
  const strange = await web.inject({ url: "/", headers: { host: "evil.example" } });
  const known = await web.inject({ url: "/", headers: { host: "reports.example.edu" } });

  expect(strange.statusCode).toBe(421);
  expect(known.statusCode).toBe(200);
});

test("says whether it is well, and 503 when the store is not", async () => {
  const well = await web.inject("/healthz");
  await store.close();
  rmSync(store.file);
  const ill = await web.inject("/healthz");

  expect([well.statusCode, well.json()]).toEqual([200, { ok: true }]);
  expect([ill.statusCode, ill.json()]).toEqual([503, { ok: false }]);
});

test("gives the status as JSON", async () => {
  const answer = await web.inject("/status");

  expect(answer.json()).toEqual({ checks: [], jobs: [], streams: [], queues: { outbox: 0, quarantine: 0 } });
});
