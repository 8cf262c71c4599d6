import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { startKohaDouble } from "../../connectors/demo/double.ts";
import type { KohaDouble } from "../../connectors/demo/double.ts";
import { demoLibrary } from "../../connectors/demo/library.ts";
import { liaison } from "../support/cli.ts";

const mappings = path.resolve(import.meta.dirname, "../../mappings");
let folder: string;
let double: KohaDouble;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "liaison-kill-"));
  double = await startKohaDouble(demoLibrary({ seed: 3, asOf: "2026-11-02" }), { version: "25.05" });
});

afterEach(async () => {
  await double.close();
  rmSync(folder, { recursive: true });
});

function configure(name: string): string {
  const file = path.join(folder, `${name}.yaml`);
  writeFileSync(
    file,
    [
      "library: { name: Kill, timezone: America/New_York, currency: USD }",
      `store: sqlite:${name}.db`,
      `mappings: ${mappings}`,
      "sources:",
      `  koha: { type: koha, url: ${double.url}, auth: { clientId: demo, clientSecret: { env: KOHA_SECRET } } }`,
    ].join("\n"),
  );
  return file;
}

const env = { KOHA_SECRET: "demo-secret" };
const clock = ["--now", "2026-11-02T13:00:00Z"];

async function digest(config: string): Promise<unknown> {
  const { stdout } = await liaison(["--config", config, "--json", "db", "digest"], { env });
  return JSON.parse(stdout) as unknown;
}

/** Seeded, so that a failure can be seen again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test("killed at a hundred random moments and resumed each time, the store equals the uninterrupted one", async () => {
  const whole = configure("whole");
  const began = performance.now();
  const uninterrupted = await liaison(["--config", whole, ...clock, "sync"], { env });
  const wholeMs = performance.now() - began;
  const killed = configure("killed");
  const chance = random(17);
  let kills = 0;

  for (let full = false; kills < 100; full = true) {
    const flags = full ? ["--full"] : [];
    for (let ended = false; !ended && kills < 100;) {
      const killAfterMs = Math.round(400 + chance() * Math.min(wholeMs, 4000));
      const run = await liaison(["--config", killed, ...clock, "sync", ...flags], { env, killAfterMs });
      ended = run.signal === null;
      if (!ended) kills++;
    }
  }
  const last = await liaison(["--config", killed, ...clock, "sync"], { env });
  const { stdout: checks } = await liaison(["--config", killed, "--json", "db", "check"], { env });

  expect(uninterrupted.code).toBe(3);
  expect([3, 0]).toContain(last.code);
  expect((JSON.parse(checks) as { ok: boolean }[]).filter(({ ok }) => !ok)).toEqual([]);
  expect(await digest(killed)).toEqual(await digest(whole));
  expect(readFileSync(path.join(folder, "killed.db")).length).toBeGreaterThan(0);
});
