/**
 * The Koha plugin's own tests, in Perl, over the package as `liaison plugin build` makes it: its routes mounted as Koha
 * mounts them, over Koha's tables in a private MariaDB.
 */
import { execFile } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { startMariaDb } from "../oracle/mariadb.ts";
import type { MariaDb } from "../oracle/mariadb.ts";
import { missingForPlugin, pluginFolder, unpackPlugin } from "../support/koha-plugin.ts";

const missing = missingForPlugin();

describe("the Koha plugin", () => {
  if (missing.length > 0) {
    test.skip(`all of it (skipped: not installed: ${missing.join(", ")})`, () => undefined);
    return;
  }
  let db: MariaDb;
  let unpacked: string;

  beforeAll(async () => {
    unpacked = unpackPlugin();
    db = await startMariaDb();
  }, 120_000);
  afterAll(async () => {
    await db.stop();
    rmSync(unpacked, { recursive: true });
  });

  const tests = path.join(pluginFolder, "t");
  test.each(readdirSync(tests).filter((name) => name.endsWith(".t")))(
    "%s",
    async (file) => {
      const { passed, said } = await prove(path.join(tests, file));

      expect(passed ? "" : said).toBe("");
    },
    120_000,
  );

  function prove(file: string): Promise<{ readonly passed: boolean; readonly said: string }> {
    return new Promise((resolve) => {
      execFile(
        "prove",
        ["--merge", `-I${unpacked}`, `-I${path.join(tests, "lib")}`, file],
        { env: { ...process.env, LIAISON_TEST_SOCKET: path.join(db.folder, "socket") } },
        (error, stdout, stderr) => {
          resolve({ passed: error === null, said: stdout + stderr });
        },
      );
    });
  }
});
