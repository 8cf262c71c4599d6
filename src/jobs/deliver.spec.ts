import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { RetryError, StopError } from "../domain/problem.ts";
import type { CalendarDay, Instant } from "../domain/time.ts";
import type { OpenDelivery, Outcome, Receipt, Rendered } from "../kit/contract.ts";
import {
  claimNext,
  deliveryKey,
  enqueue,
  findIssue,
  listOutbox,
  moveIssue,
} from "../store/queries/outbox.ts";
import type { NewIssue } from "../store/queries/outbox.ts";
import { openStore } from "../store/index.ts";
import type { Store } from "../store/index.ts";
import { deliverDue } from "./deliver.ts";
import type { DeliverResult } from "./deliver.ts";

let folder: string;
let store: Store;
let clock: number;
const now = (): Instant => new Date(clock).toISOString() as Instant;
const quiet = (): void => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const hour = 3_600_000;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "liaison-deliver-"));
  store = await openStore(`sqlite:${path.join(folder, "liaison.db")}`, { site: "main" });
  clock = Date.parse("2026-11-02T08:00:00Z");
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

function issue(recipient: string, changed: Partial<NewIssue> = {}): NewIssue {
  return {
    site: "main",
    report: "monthly",
    reportTitle: "Monthly report",
    subject: `liaison:${recipient}`,
    delivery: "mail",
    recipient: `${recipient}@example.edu`,
    period: "2026-10",
    edition: 1,
    state: "due",
    title: "October 2026",
    html: "<p>412</p>",
    text: "412",
    attachments: [],
    createdAt: now(),
    mappingVersion: "m1",
    asOf: now(),
    software: "koha-liaison 0.1.0",
    told: [],
    listed: { from: "2026-10-01" as CalendarDay, recordIds: [] },
    ...changed,
  };
}

interface Delivered {
  readonly recipient: string;
  readonly key: string;
  readonly last: Receipt | null;
}

function deliveryBy(answer: (rendered: Rendered) => Outcome): OpenDelivery & { readonly tried: Delivered[] } {
  const tried: Delivered[] = [];
  return {
    tried,
    addressed: true,
    deliver: async (rendered, key, last) => {
      tried.push({ recipient: rendered.recipient, key, last });
      return Promise.resolve(answer(rendered));
    },
    async *check() {},
    close: () => Promise.resolve(),
  };
}

const sent: Outcome = { type: "sent", receipt: { target: "smtp", handle: "<id>" } };
const problem = { code: "SMTP_LATER", what: "not yet" };

function deliver(mail: OpenDelivery, files = mail): Promise<DeliverResult> {
  const deliveries = new Map([
    ["mail", mail],
    ["files", files],
  ]);
  return deliverDue(store, { deliveries, signal: new AbortController().signal, now, log });
}

async function states(): Promise<string[]> {
  return (await listOutbox(store.db)).map(({ state }) => state);
}

test("a key goes out once, however often it is asked for", async () => {
  const mail = deliveryBy(() => sent);

  expect([await enqueue(store.db, issue("ada")), await enqueue(store.db, issue("ada"))]).toEqual([
    true,
    false,
  ]);
  await deliver(mail);
  await enqueue(store.db, issue("ada"));
  await deliver(mail);

  expect(mail.tried.map(({ key }) => key)).toEqual([deliveryKey(issue("ada"))]);
});

test("the key is the hash of what makes a delivery one", () => {
  expect(deliveryKey(issue("ada"))).toMatch(/^[0-9a-f]{64}$/);
  const others = [
    issue("ada", { edition: 2 }),
    issue("ada", { period: "2026-09" }),
    issue("ada", { delivery: "files" }),
    issue("bob"),
    issue("ada", { site: "other" }),
  ];
  expect(new Set([issue("ada"), ...others].map(deliveryKey)).size).toBe(6);
});

test("one refused recipient stops no other", async () => {
  for (const who of ["ada", "bob", "cyd"]) await enqueue(store.db, issue(who));
  const mail = deliveryBy(({ recipient }) =>
    recipient.startsWith("bob")
      ? { type: "refused", problem: { code: "SMTP_REFUSED", what: "no such user" } }
      : sent,
  );

  const result = await deliver(mail);

  expect(result).toMatchObject({ sent: 2, failed: 1, later: 0 });
  expect(await states()).toEqual(["sent", "failed", "sent"]);
  expect((await listOutbox(store.db))[1]?.reason).toContain("no such user");
});

test("what may be taken later is tried again with longer pauses, and given up after a day", async () => {
  await enqueue(store.db, issue("ada"));
  const mail = deliveryBy(() => ({ type: "later", problem }));
  const tries: number[] = [];
  const start = clock;

  while ((await states())[0] !== "failed") {
    const before = mail.tried.length;
    await deliver(mail);
    if (mail.tried.length > before) tries.push(clock - start);
    clock += tries.length < 5 ? 60_000 : 600_000;
  }

  expect(tries.slice(0, 4).map((ms) => ms / 60_000)).toEqual([0, 1, 3, 7]);
  expect(tries.at(-1)).toBeGreaterThan(23 * hour);
  expect(tries.at(-1)).toBeLessThan(30 * hour);
});

test("a retry by hand begins anew", async () => {
  await enqueue(store.db, issue("ada"));
  await deliver(deliveryBy(() => ({ type: "refused", problem })));
  const [failed] = await listOutbox(store.db);

  expect(await moveIssue(store.db, failed!.id, "due")).toBe(true);
  await deliver(deliveryBy(() => sent));

  expect(await states()).toEqual(["sent"]);
  expect(await moveIssue(store.db, failed!.id, "due")).toBe(false);
  expect(await moveIssue(store.db, failed!.id, "cancelled")).toBe(false);
});

test.each([
  ["a server that is down", new RetryError({ code: "SMTP_UNAVAILABLE", what: "down" })],
  ["a wrong login", new StopError({ code: "SMTP_LOGIN", what: "refused" })],
])("%s is asked once a run, and other deliveries go on", async (_, error) => {
  for (const who of ["ada", "bob"]) await enqueue(store.db, issue(who));
  await enqueue(store.db, issue("", { delivery: "files", recipient: "" }));
  const down = deliveryBy(() => {
    throw error;
  });
  const files = deliveryBy(() => sent);

  const result = await deliver(down, files);

  expect(result).toMatchObject({ sent: 1, later: 1, failed: 0 });
  expect(down.tried).toHaveLength(1);
  expect(await states()).toEqual(["due", "due", "sent"]);
});

test("a crash between sending and noting is told, and sent again under the same key", async () => {
  await enqueue(store.db, issue("ada"));
  const claimed = await claimNext(store.db, now()); // and then the process died, after the server took the mail
  expect(await states()).toEqual(["sending"]);
  const mail = deliveryBy(() => sent);

  const result = await deliver(mail);

  expect(result.interrupted.map(({ id }) => id)).toEqual([claimed!.id]);
  expect(mail.tried.map(({ key }) => key)).toEqual([claimed!.key]);
  expect((await findIssue(store.db, claimed!.id))?.reason).toContain("interrupted while sending");
});

test("another process that delivers is left in peace", async () => {
  await enqueue(store.db, issue("ada"));
  const mail = deliveryBy(() => sent);
  let second: Promise<unknown> = Promise.resolve();
  const slow: OpenDelivery = {
    ...mail,
    deliver: async () => {
      second = deliver(mail);
      await expect(second).rejects.toMatchObject({ problem: { code: "JOB_RUNNING" } });
      return sent;
    },
  };

  await deliver(slow);

  expect(await states()).toEqual(["sent"]);
  expect(mail.tried).toEqual([]);
});

test("waiting mail stays where it is", async () => {
  await enqueue(store.db, issue("ada", { state: "waiting" }));
  const mail = deliveryBy(() => sent);

  await deliver(mail);

  expect([mail.tried, await states()]).toEqual([[], ["waiting"]]);
});

test("the receipt of the issue before is given to the next one", async () => {
  await enqueue(store.db, issue("ada", { period: "2026-09" }));
  await deliver(deliveryBy(() => sent));
  await enqueue(store.db, issue("ada"));
  const mail = deliveryBy(() => sent);

  await deliver(mail);

  expect(mail.tried[0]?.last).toEqual({ target: "smtp", handle: "<id>" });
});

test("a delivery that is not configured any more fails with its cure", async () => {
  await enqueue(store.db, issue("ada", { delivery: "pigeon" }));

  const result = await deliver(deliveryBy(() => sent));

  expect(result.failed).toBe(1);
  expect((await listOutbox(store.db))[0]?.reason).toContain("configure it and retry");
});

test("pictures come back as pictures", async () => {
  const attachments = [
    { name: "chart.png", type: "image/png", bytes: new Uint8Array([1, 2]), contentId: "chart" },
  ];
  await enqueue(store.db, issue("ada", { attachments }));

  const stored = await findIssue(store.db, deliveryKey(issue("ada")));

  expect(stored?.attachments.map(({ contentId, name }) => [name, contentId])).toEqual([
    ["chart.png", "chart"],
  ]);
});
