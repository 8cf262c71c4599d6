/** Real Zebra, set up by ../shared/data/zebra: an SRU server as Koha runs it. */
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { test } from "@jest/globals";
import { describeWithSharedData, sharedData } from "./shared-data.ts";

export interface Zebra {
  /** SRU address of the database. */
  readonly url: string;
  /** Records that the indexer says it took in. */
  readonly indexed: number;
  stop(): Promise<void>;
}

/** A suite over real Zebra; where it is not installed, one skipped test says so by name. */
export function describeWithZebra(name: string, suite: () => void): void {
  if (isInstalled("zebrasrv") && isInstalled("yaz-marcdump")) describeWithSharedData(name, suite);
  else
    test.skip(`${name} (skipped: the Debian packages idzebra-2.0 and yaz are not installed)`, () =>
      undefined);
}

function isInstalled(program: string): boolean {
  try {
    execFileSync("which", [program], { stdio: "ignore" });
    return true;
  } catch {
    return false; // which(1) exits with 1
  }
}

/**
 * Indexes the files and serves them on a free port. With `recordNumbers` the index has Local-number as a number, as
 * Koha's own configuration has.
 */
export async function startZebra(
  files: readonly string[],
  options: { readonly recordNumbers?: boolean; readonly timeoutMs?: number } = {},
): Promise<Zebra> {
  const folder = mkdtempSync(path.join(tmpdir(), "liaison-zebra-"));
  const set = path.join(folder, "set");
  cpSync(sharedData("zebra"), set, { recursive: true });
  if (options.recordNumbers === true) {
    const stylesheet = path.join(set, "index.xsl");
    const text = readFileSync(stylesheet, "utf8").replace('name="id:0"', 'name="id:0 Local-number:n"');
    writeFileSync(stylesheet, text);
  }
  const port = await freePort();
  const server = spawn(path.join(set, "start.sh"), [String(port), path.join(folder, "work"), ...files], {
    stdio: ["ignore", "ignore", "pipe"],
    detached: true, // start.sh has children while it indexes: they end with its group
  });
  let said = "";
  server.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const ended = new Promise<void>((resolve) => server.once("close", () => resolve()));
  const stop = async (): Promise<void> => {
    if (server.pid !== undefined && server.exitCode === null && server.signalCode === null)
      process.kill(-server.pid, "SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${String(port)}/biblios`;
  const until = Date.now() + (options.timeoutMs ?? 60_000);
  while (!(await answers(url))) {
    if (server.exitCode === null && Date.now() < until) {
      await delay(100);
      continue;
    }
    await stop();
    throw new Error(`Zebra did not start: ${said}`);
  }
  return { url, indexed: Number(/Records: (\d+)/.exec(said)?.[1] ?? NaN), stop };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // of a listening TCP server
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false; // nobody listens yet
  }
}
