/** The Koha plugin as `liaison plugin build` makes it, over Koha's tables in MariaDB: real Perl, no Koha. */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { unzipSync } from "fflate";
import { packPlugin } from "../../src/jobs/plugin.ts";
import { packageFolder, version } from "../../src/version.ts";
import type { KohaTable } from "../oracle/koha-tables.ts";
import { fill } from "../oracle/load.ts";
import { hasMariaDb } from "../oracle/mariadb.ts";
import type { MariaDb } from "../oracle/mariadb.ts";

/** Perl modules with the Debian packages that bring them. */
const modules: Readonly<Record<string, string>> = {
  "Modern::Perl": "libmodern-perl-perl",
  "Mojolicious::Plugin::OpenAPI": "libmojolicious-plugin-openapi-perl",
  "DBD::MariaDB": "libdbd-mariadb-perl",
  "Template::Context": "libtemplate-perl",
};

/** Of the plugin's sources. */
export const pluginFolder = path.join(packageFolder, "koha-plugin");

/** Debian packages that the plugin's tests need and this machine lacks. */
export function missingForPlugin(): string[] {
  const missing = Object.entries(modules)
    .filter(([module]) => spawnSync("perl", [`-M${module}`, "-e", "1"]).status !== 0)
    .map(([, name]) => name);
  return hasMariaDb() ? missing : [...missing, "mariadb-server"];
}

/** The package, built and unpacked as Koha does it: the folder that holds `Koha/`. */
export function unpackPlugin(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "liaison-kpz-"));
  for (const [name, content] of Object.entries(unzipSync(packPlugin(pluginFolder, version).bytes))) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

/** A database of that name with Koha's tables, and these rows in them. */
export function createKohaTables(db: MariaDb, database: string, tables: Iterable<KohaTable>): void {
  const layout = readFileSync(path.join(pluginFolder, "t", "koha-tables.sql"), "utf8");
  db.run(
    `CREATE DATABASE ${database} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci; USE ${database};\n${layout}`,
  );
  for (const table of tables) fill(db, { ...table, name: `${database}.${table.name}` });
}

export interface RunningPlugin {
  /** As a Koha's: `/api/v1` is under it. Client `daemon` with any secret may read figures and push. */
  readonly url: string;
  /** A route under the plugin's own; throws when the answer is not 200. */
  get(route: string, query?: Readonly<Record<string, string>>): Promise<Readonly<Record<string, unknown>>>;
  /** All rows of a list, page by page. */
  rows(
    route: string,
    query?: Readonly<Record<string, string>>,
  ): Promise<readonly Readonly<Record<string, unknown>>[]>;
  close(): Promise<void>;
}

/** Serves the plugin over a database of `createKohaTables`. */
export async function startKohaPlugin(db: MariaDb, database: string): Promise<RunningPlugin> {
  const folder = unpackPlugin();
  const tests = path.join(pluginFolder, "t");
  const server = spawn(
    "perl",
    [`-I${folder}`, `-I${path.join(tests, "lib")}`, path.join(tests, "serve.pl")],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        ...process.env,
        LIAISON_TEST_SOCKET: path.join(db.folder, "socket"),
        LIAISON_TEST_DATABASE: database,
      },
    },
  );
  process.once("exit", () => server.kill());
  const ended = new Promise((resolve) => server.once("exit", resolve));
  const port = await new Promise<string>((resolve, reject) => {
    createInterface(server.stdout).once("line", resolve);
    server.once("exit", (code) => {
      reject(new Error(`the plugin's server ended with ${String(code)}`));
    });
  });
  const url = `http://127.0.0.1:${port}`;

  const get: RunningPlugin["get"] = async (route, query = {}) => {
    const address = `${url}/api/v1/contrib/liaison${route}?${new URLSearchParams(query).toString()}`;
    const response = await fetch(address, { headers: { Authorization: "Bearer daemon" } });
    if (response.status !== 200)
      throw new Error(`${address}: ${String(response.status)} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  };
  return {
    url,
    get,
    rows: async (route, query = {}) => {
      const rows: Record<string, unknown>[] = [];
      for (let next: unknown = undefined; next !== null;) {
        const page = await get(route, { ...query, ...(typeof next === "string" && { cursor: next }) });
        rows.push(...(page["rows"] as Record<string, unknown>[]));
        next = page["next"];
      }
      return rows;
    },
    close: async () => {
      server.kill();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}
