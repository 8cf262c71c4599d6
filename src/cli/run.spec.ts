import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { SMTPServer } from "smtp-server";
import { liaison } from "../../test/support/cli.ts";
import { runLiaison } from "../../test/support/run-cli.ts";

let folder: string;
let config: string;

const mapping = `departments:
  physics: { name: Physics, liaisons: [ada], rules: [{ lcc: QC }] }
liaisons:
  ada: { name: Ada Example, email: ada@example.edu }
`;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "liaison-cli-"));
  config = path.join(folder, "liaison.yaml");
  writeFileSync(config, "library: { name: Library, timezone: Europe/Berlin, currency: EUR }\n");
  mkdirSync(path.join(folder, "mappings"));
  writeFileSync(path.join(folder, "mappings", "departments.yaml"), mapping);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("done is 0, with one JSON document on stdout and nothing else there", async () => {
  const { code, stdout, stderr } = await liaison(["--config", config, "--json", "outbox", "list"]);

  expect([code, JSON.parse(stdout), stderr]).toEqual([0, [], ""]);
});

test("a failure is 1 and says what and the cure", async () => {
  const { code, stdout, stderr } = await runLiaison(["--config", config, "outbox", "show", "7"]);

  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toBe('liaison: there is no issue "7" in the outbox\n  cure   see "liaison outbox list"\n');
});

test("a usage error is 2, with what was probably meant", async () => {
  const { code, stderr } = await runLiaison(["--config", config, "outbx", "list"]);

  expect(code).toBe(2);
  expect(stderr).toContain("unknown command 'outbx'");
  expect(stderr).toContain("outbox");
});

test("a configuration error is 2, and with --json one document with its code and place", async () => {
  const bad = path.join(folder, "bad.yaml");
  writeFileSync(bad, "library: { name: Library, timezone: Europe/Berlin, currency: EUR }\nshedule: 1\n");

  const { code, stdout, stderr } = await runLiaison(["--config", bad, "--json", "outbox", "list"]);

  expect([code, stderr]).toEqual([2, ""]);
  expect(JSON.parse(stdout)).toMatchObject({ code: "UNKNOWN_KEY", where: `${bad}:2:1` });
});

test("help shows examples and ends with 0", async () => {
  const { code, stdout } = await runLiaison(["send", "--help"]);

  expect(code).toBe(0);
  expect(stdout).toContain("liaison send --dry-run");
});

test("the first real mail waits for a yes, goes out once, and never again", async () => {
  const received: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    onData: (stream, session, done) => {
      received.push(...session.envelope.rcptTo.map(({ address }) => address));
      stream.resume().on("end", () => {
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  const mailing = path.join(folder, "mailing.yaml");
  writeFileSync(
    mailing,
    `library: { name: Library, timezone: Europe/Berlin, currency: EUR }
deliveries: { mail: { type: email, smtp: { host: 127.0.0.1, port: ${port}, tls: none }, from: library@example.edu } }
`,
  );
  mkdirSync(path.join(folder, "reports"));
  writeFileSync(
    path.join(folder, "reports", "monthly.yaml"),
    'id: monthly\ntitle: Monthly\nschedule: "0 7 1 * *"\naudience: each-liaison\nsections: [headline]\ndeliveries: [mail]\nsendEmpty: true\n',
  );
  const send = async (...flags: readonly string[]): Promise<unknown> => {
    const args = ["--config", mailing, "--now", "2026-11-02T08:00:00Z", "--json", "send", ...flags];
    return JSON.parse((await runLiaison(args)).stdout);
  };

  expect(await send("--dry-run")).toMatchObject([
    { id: null, state: "waiting", recipient: "ada@example.edu" },
  ]);
  expect(await send()).toMatchObject([{ state: "waiting", period: "2026-10" }]);
  expect(await send("--to", "you@example.edu")).toMatchObject([
    { state: "sent", recipient: "you@example.edu" },
  ]);
  expect(received).toEqual(["you@example.edu"]);
  expect(await send("--yes")).toMatchObject([{ state: "sent", subject: "liaison:ada" }]);
  expect(await send()).toMatchObject([{ state: "sent" }]);
  expect(received).toEqual(["you@example.edu", "ada@example.edu"]);
  await new Promise<void>((resolve) => void server.close(resolve));
});
