/**
 * The Koha plugin's own tests, in Perl, over the package as `liaison plugin build` makes it: its routes mounted as Koha
 * mounts them, over Koha's tables in a private MariaDB.
 */
import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { unzipSync } from "fflate";
import { packPlugin } from "../../src/jobs/plugin.ts";
import { packageFolder, version } from "../../src/version.ts";
import { hasMariaDb, startMariaDb } from "../oracle/mariadb.ts";
import type { MariaDb } from "../oracle/mariadb.ts";

/** Perl modules with the Debian packages that bring them. */
const modules: Readonly<Record<string, string>> = {
  "Modern::Perl": "libmodern-perl-perl",
  "Mojolicious::Plugin::OpenAPI": "libmojolicious-plugin-openapi-perl",
  "DBD::MariaDB": "libdbd-mariadb-perl",
  Template: "libtemplate-perl",
};
const missing = Object.entries(modules)
  .filter(([module]) => spawnSync("perl", [`-M${module}`, "-e", "1"]).status !== 0)
  .map(([, name]) => name);
if (!hasMariaDb()) missing.push("mariadb-server");
const sources = path.join(packageFolder, "koha-plugin");

describe("the Koha plugin", () => {
  if (missing.length > 0) {
    test.skip(`all of it (skipped: not installed: ${missing.join(", ")})`, () => undefined);
    return;
  }
  let db: MariaDb;
  let unpacked: string;

  beforeAll(async () => {
    unpacked = mkdtempSync(path.join(tmpdir(), "liaison-kpz-"));
    for (const [name, content] of Object.entries(unzipSync(packPlugin(sources, version).bytes))) {
      mkdirSync(path.dirname(path.join(unpacked, name)), { recursive: true });
      writeFileSync(path.join(unpacked, name), content);
    }
    db = await startMariaDb();
  }, 120_000);
  afterAll(async () => {
    await db.stop();
    rmSync(unpacked, { recursive: true });
  });

  const files = readdirSync(path.join(sources, "t")).filter((name) => name.endsWith(".t"));
  test.each(files)(
    "%s",
    async (file) => {
      const { passed, said } = await prove(path.join(sources, "t", file));

      expect(passed ? "" : said).toBe("");
    },
    120_000,
  );

  function prove(file: string): Promise<{ readonly passed: boolean; readonly said: string }> {
    return new Promise((resolve) => {
      execFile(
        "prove",
        ["--merge", `-I${unpacked}`, `-I${path.join(sources, "t", "lib")}`, file],
        { env: { ...process.env, LIAISON_TEST_SOCKET: path.join(db.folder, "socket") } },
        (error, stdout, stderr) => {
          resolve({ passed: error === null, said: stdout + stderr });
        },
      );
    });
  }
});
