/** A full disk, a second daemon, a mail server that refuses somebody: what is said, the exit code, nothing lost. */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { SMTPServer } from "smtp-server";
import { startKohaDouble } from "../../connectors/demo/double.ts";
import type { KohaDouble } from "../../connectors/demo/double.ts";
import { demoLibrary } from "../../connectors/demo/library.ts";
import { liaison } from "../support/cli.ts";
import { newInstallation, secret, standing } from "../support/installation.ts";
import type { Installation } from "../support/installation.ts";

let site: Installation;
const closing: (() => void | Promise<void>)[] = [];

beforeEach(() => {
  site = newInstallation();
  site.configure({ url: "https://koha.example.edu" });
});

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  site.remove();
});

async function startKoha(): Promise<KohaDouble> {
  const koha = await startKohaDouble(demoLibrary({ seed: 5, asOf: "2026-11-02", titles: 100 }));
  closing.push(() => koha.close());
  return koha;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A file system of so many bytes. */
function smallDisk(folder: string, bytes: number): void {
  mkdirSync(folder, { recursive: true });
  const { status, stderr } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", folder]);
  if (status !== 0) throw new Error(String(stderr));
  closing.push(() => {
    spawnSync("umount", [folder]);
  });
}

/** Only root may mount; elsewhere the store on `/dev/full` below stands for a full disk. */
const testAsRoot = process.getuid?.() === 0 ? test : test.skip;

const full = ["the disk of the store is full", "liaison.db", "make room and run it again"];

testAsRoot(
  "a disk that fills up during a pull stops it with 1 and the cure; with room it goes on to the same store",
  async () => {
    const koha = await startKoha();
    const disk = path.join(site.folder, "disk");
    smallDisk(disk, 800_000);
    site.configure({ url: koha.url, store: `sqlite:${path.join(disk, "liaison.db")}` });

    const stopped = await liaison(["--config", site.config, ...standing, "sync"], {
      env: { KOHA_SECRET: secret },
    });
    spawnSync("mount", ["-o", "remount,size=64m", disk]);
    const goesOn = await site.run(["sync"]);
    const digest = await site.digest();
    const checks = JSON.parse((await site.run(["--json", "db", "check"])).stdout) as { ok: boolean }[];
    site.configure({ url: koha.url });
    await site.run(["sync"]);

    const text = `${stopped.stdout}${stopped.stderr}`;
    expect([text, stopped.code]).toEqual([text, 1]);
    for (const part of full) expect(text).toContain(part);
    expect(text).not.toMatch(/unforeseen|\n\s+at /);
    const went = `${goesOn.stdout}${goesOn.stderr}`;
    expect([went, [0, 3].includes(goesOn.code)]).toEqual([went, true]);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(digest).toBe(await site.digest());
  },
);

test.each([
  ["on a disk without any room", "/dev/full", /full|cannot be opened/, /make room|check store/],
  ["that is a folder", ".", /the store cannot be opened/, /check store in the configuration/],
  ["that is another file", "liaison.yaml", /the file is no store/, /check store in the configuration/],
  ["below a file", "liaison.yaml/x/liaison.db", /folder of the store cannot be made/, /may write there/],
])("a store %s is refused with 1, its path and the cure", async (_, store, what, cure) => {
  site.configure({ url: "https://koha.example.edu", store: `sqlite:${store}` });

  const { code, stdout, stderr } = await site.run(["db", "check"]);

  expect([stderr, stdout, code]).toEqual([stderr, "", 1]);
  expect(stderr).toMatch(what);
  expect(stderr).toMatch(cure);
  expect(stderr).toContain(path.resolve(site.folder, store).replace(/\/liaison\.db$/, ""));
  expect(stderr).not.toMatch(/unforeseen|\n\s+at /);
});

test("a store that another process holds is told with the cure", async () => {
  await site.run(["db", "migrate"]);
  const other = new DatabaseSync(path.join(site.folder, "liaison.db"));
  other.exec("BEGIN EXCLUSIVE");

  const { code, stderr } = await site.run(["db", "check"]);
  other.close();

  expect([stderr, code]).toEqual([stderr, 1]);
  expect(stderr).toContain("another process holds the store");
  expect(stderr).toContain("run it again in a moment");
});

test("a second daemon on one store is refused with 1, names the first and leaves it alone", async () => {
  const port = await freePort();
  site.configure({ url: "https://koha.example.edu", top: `web: { listen: 127.0.0.1:${port} }` });
  const main = path.resolve(import.meta.dirname, "../../src/main.ts");
  const first = spawn(process.execPath, [main, "--config", site.config, "serve"], {
    env: { ...process.env, NODE_OPTIONS: "", KOHA_SECRET: "x" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise<number | null>((resolve) => first.on("exit", resolve));
  await new Promise<void>((resolve) => {
    first.stderr.on("data", (chunk: Buffer) => {
      if (chunk.toString().includes("reports on")) resolve();
    });
    first.on("exit", () => {
      resolve();
    });
  });

  const second = await liaison(["--config", site.config, "serve"], { env: { KOHA_SECRET: "x" } });
  const health = await fetch(`http://127.0.0.1:${port}/healthz`);
  first.kill("SIGTERM");

  expect([second.stderr, second.code]).toEqual([second.stderr, 1]);
  expect(second.stderr).toContain('the job "serve" is already running');
  expect(second.stderr).toContain(`:${first.pid}`);
  expect(second.stderr).toContain("cure");
  expect(health.status).toBe(200);
  expect(await ended).toBe(0);
});

test("a mail server that refuses one recipient stops no other: 3, the reason in the outbox, nothing sent twice", async () => {
  const taken: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onRcptTo: ({ address }, _, done) => {
      if (address === "ben@example.edu")
        done(Object.assign(new Error("no such person here"), { responseCode: 550 }));
      else done();
    },
    onData: (stream, session, done) => {
      stream.resume();
      stream.on("end", () => {
        taken.push(...session.envelope.rcptTo.map(({ address }) => address));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => void server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  const koha = await startKoha();
  site.configure({
    url: koha.url,
    mail: `{ type: email, from: "Library <library@example.edu>", smtp: { host: 127.0.0.1, port: ${port}, tls: none } }`,
  });
  await site.run(["sync"]);

  const sent = await site.run(["send", "--yes"]);
  const again = await site.run(["send", "--yes"]);
  const outbox = JSON.parse((await site.run(["--json", "outbox", "list"])).stdout) as {
    recipient: string;
    state: string;
    reason?: string;
  }[];

  expect([sent.stdout, sent.code]).toEqual([sent.stdout, 3]);
  expect(taken.sort()).toEqual(["ada@example.edu", "cleo@example.edu"]);
  const refused = outbox.filter(({ state }) => state === "failed");
  expect(refused).toEqual([
    expect.objectContaining({
      recipient: "ben@example.edu",
      reason: expect.stringContaining("no such person here"),
    }),
  ]);
  expect(refused[0]?.reason).toContain("check the recipient's address, then retry");
  expect(sent.stdout).toContain("no such person here");
  expect([again.stdout, again.code]).toEqual([again.stdout, 0]);
});

test("no command leaves a file in the folder it is run in", async () => {
  const empty = path.join(site.folder, "empty");
  mkdirSync(empty);

  const { code } = await liaison(["--config", site.config, ...standing, "status"], { cwd: empty });

  expect(code).toBe(0);

  expect(readdirSync(empty)).toEqual([]);
  rmSync(empty, { recursive: true });
});
