import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterEach, beforeAll, expect, test } from "@jest/globals";
import { simpleParser } from "mailparser";
import nock from "nock";
import { SMTPServer } from "smtp-server";
import type { SMTPServerOptions } from "smtp-server";
import { RetryError, StopError } from "../../src/domain/problem.ts";
import type { Instant } from "../../src/domain/time.ts";
import type { Check, OpenDelivery, Rendered } from "../../src/kit/contract.ts";
import { Secret } from "../../src/kit/secret.ts";
import { testKit } from "../../test/support/kit.ts";
import { Config } from "./config.ts";
import { email } from "./index.ts";

const fixtures = path.resolve(import.meta.dirname, "../../src/kit/http/__fixtures__");
const key = "ab".repeat(32);
const signal = new AbortController().signal;
const quiet = (): void => undefined;
const closing: (() => Promise<unknown>)[] = [];

// Sockets that nock watches cannot be upgraded to TLS on the way; these tests speak to real servers only.
beforeAll(() => {
  nock.restore();
});

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly source: string;
}

async function startServer(
  options: SMTPServerOptions,
  port = 0,
): Promise<{ readonly port: number; readonly mails: Received[]; close(): Promise<void> }> {
  const mails: Received[] = [];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    authOptional: true,
    disableReverseLookup: true,
    ...options,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks).toString("utf8"),
        });
        done();
      });
    },
  });
  server.on("error", quiet);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const close = (): Promise<void> => new Promise((resolve) => void server.close(resolve));
  closing.push(close);
  return { port: (server.server.address() as AddressInfo).port, mails, close };
}

function open(smtp: object, more: object = {}): OpenDelivery {
  const config = Config.parse({
    smtp: { host: "127.0.0.1", tls: "none", ...smtp },
    from: "Library <library@example.edu>",
    ...more,
  });
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const delivery = email.open(config, {
    http: testKit("http://127.0.0.1").http,
    log,
    now: () => "2026-11-02T08:00:00.000Z" as Instant,
    folder: fixtures,
  });
  closing.push(() => delivery.close());
  return delivery;
}

const report = (recipient: string): Rendered => ({
  report: "monthly",
  reportTitle: "Monthly report",
  subject: "liaison:ada",
  period: "2026-10",
  edition: 1,
  recipient,
  title: "Physics: October 2026",
  html: "<p>412 loans</p>",
  text: "412 loans",
  attachments: [],
});

test("sends one message to one recipient, and gives its Message-ID as receipt", async () => {
  const server = await startServer({});

  const outcome = await open({ port: server.port }).deliver(report("ada@example.edu"), key, null, signal);

  expect(outcome).toEqual({ type: "sent", receipt: { target: "127.0.0.1", handle: `<${key}@example.edu>` } });
  expect(server.mails.map(({ from, to }) => [from, to])).toEqual([
    ["library@example.edu", ["ada@example.edu"]],
  ]);
  const mail = await simpleParser(server.mails[0]!.source);
  expect([mail.messageId, mail.text?.trim(), mail.html]).toEqual([
    `<${key}@example.edu>`,
    "412 loans",
    "<p>412 loans</p>",
  ]);
});

test("tells a refused recipient from one that may be taken later", async () => {
  const server = await startServer({
    onRcptTo: ({ address }, _, done) => {
      const codes: Readonly<Record<string, number>> = { "gone@example.edu": 550, "grey@example.edu": 451 };
      const responseCode = codes[address];
      done(responseCode === undefined ? null : Object.assign(new Error("no"), { responseCode }));
    },
  });
  const delivery = open({ port: server.port });

  const outcomes = [];
  for (const who of ["gone", "grey", "ada"]) {
    outcomes.push(await delivery.deliver(report(`${who}@example.edu`), key, null, signal));
  }

  expect(outcomes).toMatchObject([
    { type: "refused", problem: { code: "SMTP_REFUSED", why: expect.stringContaining("550") } },
    { type: "later", problem: { code: "SMTP_LATER" } },
    { type: "sent" },
  ]);
});

test("sends everything to one address when it is redirected", async () => {
  const server = await startServer({});

  await open({ port: server.port }, { redirectTo: "try@example.edu" }).deliver(
    report("ada@example.edu"),
    key,
    null,
    signal,
  );

  expect(server.mails[0]?.to).toEqual(["try@example.edu"]);
  expect(server.mails[0]?.source).not.toContain("ada@example.edu");
});

test("rests with RetryError while the server is down, and sends when it is back", async () => {
  const first = await startServer({});
  const delivery = open({ port: first.port });
  await first.close();

  await expect(delivery.deliver(report("ada@example.edu"), key, null, signal)).rejects.toBeInstanceOf(
    RetryError,
  );
  const second = await startServer({}, first.port);

  expect(await delivery.deliver(report("ada@example.edu"), key, null, signal)).toMatchObject({
    type: "sent",
  });
  expect(second.mails).toHaveLength(1);
});

test("rests with StopError and the cure when the login is wrong, and logs in when it is right", async () => {
  const server = await startServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) => {
      if (password === "right") done(null, { user: username });
      else done(new Error("Invalid username or password"));
    },
  });
  const login = (password: string): object => ({
    port: server.port,
    user: "library",
    password: new Secret(password),
  });

  await expect(
    open(login("wrong")).deliver(report("ada@example.edu"), key, null, signal),
  ).rejects.toMatchObject({
    constructor: StopError,
    problem: { code: "SMTP_LOGIN", cure: expect.stringContaining("smtp.user") },
  });
  expect(await open(login("right")).deliver(report("ada@example.edu"), key, null, signal)).toMatchObject({
    type: "sent",
  });
});

const tls = {
  key: readFileSync(path.join(fixtures, "localhost.key.pem")),
  cert: readFileSync(path.join(fixtures, "valid-until-2099.pem")),
  disabledCommands: [],
};

test.each(["starttls", "implicit"] as const)(
  "trusts a private authority by %s only when it is named",
  async (mode) => {
    const server = await startServer({ ...tls, secure: mode === "implicit" });
    const smtp = { host: "localhost", port: server.port, tls: mode };

    await expect(open(smtp).deliver(report("ada@example.edu"), key, null, signal)).rejects.toMatchObject({
      constructor: StopError,
      problem: { code: "SMTP_TLS", cure: expect.stringContaining("smtp.ca") },
    });
    const trusting = open({ ...smtp, ca: "valid-until-2099.pem" });

    expect(await trusting.deliver(report("ada@example.edu"), key, null, signal)).toMatchObject({
      type: "sent",
    });
  },
);

test("says nothing in clear to a server that offers no encryption", async () => {
  const server = await startServer({});
  const delivery = open({ port: server.port, tls: "starttls" });

  await expect(delivery.deliver(report("ada@example.edu"), key, null, signal)).rejects.toMatchObject({
    problem: { code: "SMTP_TLS" },
  });
  expect(server.mails).toEqual([]);
});

async function checksOf(delivery: OpenDelivery): Promise<Check[]> {
  const checks: Check[] = [];
  for await (const check of delivery.check(signal)) checks.push(check);
  return checks;
}

test("checks the server without sending anything", async () => {
  const server = await startServer({});
  const well = await checksOf(open({ port: server.port }));
  await server.close();
  const ill = await checksOf(open({ port: server.port }));

  expect(well).toMatchObject([{ check: "mail", state: "ok" }]);
  expect(ill).toMatchObject([{ check: "mail", state: "failure", cure: expect.any(String) }]);
  expect(server.mails).toEqual([]);
});
