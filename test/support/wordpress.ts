/** A real WordPress: Debian's files, MariaDB and PHP's own web server, started for the tests that ask for it. */
import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const source = "/usr/share/wordpress";
const programs = ["php", "mariadbd", "mariadb-install-db", "mariadb"] as const;

/** What of it this machine lacks, by the names of the Debian packages; empty: it can be started. */
export function missingForWordPress(): string[] {
  const has = (program: string): boolean => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
  return [
    ...(existsSync(source) ? [] : ["wordpress"]),
    ...(existsSync(`${source}/wp-content/themes/twentytwentythree`)
      ? []
      : ["wordpress-theme-twentytwentythree"]),
    ...(programs.slice(1).every(has) ? [] : ["mariadb-server"]),
    ...(has("php") && php(["-r", "exit(extension_loaded('mysqli') ? 0 : 1);"]).status === 0
      ? []
      : ["php-cli", "php-mysql"]),
  ];
}

export interface WordPress {
  readonly url: string;
  /** Of the editor `liaison-bot`. */
  readonly password: string;
  /** Makes a user with an application password, and gives that. */
  addUser(login: string, role: string): string;
  /** Runs PHP inside WordPress and gives what it echoes. */
  run(code: string): string;
  /** A file below wp-content/mu-plugins, which WordPress runs at every request; null removes it. */
  plugin(name: string, code: string | null): void;
  /** As during an update: 503. */
  maintenance(on: boolean): void;
  /** Its database. */
  stopDatabase(): Promise<void>;
  startDatabase(): Promise<void>;
  close(): Promise<void>;
}

function php(args: readonly string[]): ReturnType<typeof spawnSync> {
  return spawnSync("php", args, { encoding: "utf8" });
}

export async function startWordPress(): Promise<WordPress> {
  const base = mkdtempSync(path.join(tmpdir(), "liaison-wordpress-"));
  const socket = path.join(base, "db.sock");
  const databasePort = await freePort();
  const webPort = await freePort();
  const url = `http://127.0.0.1:${webPort}`;
  const site = path.join(base, "wp");
  mkdirSync(path.join(base, "db"));
  sh("mariadb-install-db", [
    "--no-defaults",
    `--datadir=${base}/db`,
    "--auth-root-authentication-method=normal",
    "--skip-test-db",
    `--user=${userInfo().username}`,
  ]);
  let database: ChildProcess | null = null;
  const startDatabase = async (): Promise<void> => {
    database = spawn(
      "mariadbd",
      [
        "--no-defaults",
        `--datadir=${base}/db`,
        `--socket=${socket}`,
        `--port=${databasePort}`,
        "--bind-address=127.0.0.1",
        "--skip-name-resolve",
        "--innodb-buffer-pool-size=64M",
        "--innodb-flush-log-at-trx-commit=0",
        `--user=${userInfo().username}`,
      ],
      { stdio: "ignore" },
    );
    await until(() => sql(socket, "SELECT 1").status === 0);
  };
  await startDatabase();
  sql(
    socket,
    "CREATE DATABASE wp CHARACTER SET utf8mb4; CREATE USER wp@'127.0.0.1' IDENTIFIED BY 'wp-pass'; GRANT ALL ON wp.* TO wp@'127.0.0.1'",
  );
  sh("cp", ["-rL", source, site]);
  mkdirSync(path.join(site, "wp-content/uploads"), { recursive: true });
  mkdirSync(path.join(site, "wp-content/mu-plugins"), { recursive: true });
  writeFileSync(path.join(site, "wp-config.php"), configuration(databasePort));
  writeFileSync(path.join(base, "router.php"), router);
  const web = spawn(
    "php",
    [
      "-d",
      "memory_limit=256M",
      "-d",
      "display_errors=0",
      "-S",
      `127.0.0.1:${webPort}`,
      "-t",
      site,
      `${base}/router.php`,
    ],
    // Its workers outlive it, so that its whole group is ended.
    { stdio: "ignore", detached: true, env: { ...process.env, PHP_CLI_SERVER_WORKERS: "3" } },
  );
  await until(async () => (await fetch(`${url}/readme.html`)).ok);
  const installed = await fetch(`${url}/wp-admin/install.php?step=2`, {
    method: "POST",
    body: new URLSearchParams({
      weblog_title: "Test Library",
      user_name: "admin",
      admin_password: adminPassword,
      admin_password2: adminPassword,
      pw_weak: "on",
      admin_email: "admin@example.org",
      blog_public: "0",
      language: "",
    }),
  });
  if (!(await installed.text()).includes("Success!")) throw new Error("WordPress could not be installed");

  const run = (code: string): string => {
    const { stdout, stderr } = php([
      "-d",
      "error_reporting=0",
      "-r",
      `require '${site}/wp-load.php'; ${code}`,
    ]);
    if (String(stderr) !== "") throw new Error(String(stderr));
    return String(stdout);
  };
  const addUser = (login: string, role: string): string =>
    run(
      `$u = wp_insert_user(['user_login' => '${login}', 'user_pass' => wp_generate_password(24), 'user_email' => '${login}@example.org', 'role' => '${role}']); [$p] = WP_Application_Passwords::create_new_application_password($u, ['name' => 'koha-liaison']); echo $p;`,
    );
  return {
    url,
    password: addUser("liaison-bot", "editor"),
    addUser,
    run,
    plugin: (name, code) => {
      const file = path.join(site, "wp-content/mu-plugins", name);
      if (code === null) rmSync(file);
      else writeFileSync(file, `<?php\n${code}\n`);
    },
    maintenance: (on) => {
      const file = path.join(site, ".maintenance");
      if (on) writeFileSync(file, "<?php $upgrading = time();\n");
      else rmSync(file);
    },
    startDatabase,
    stopDatabase: () => ended(database),
    close: async () => {
      if (web.pid !== undefined) process.kill(-web.pid, "SIGKILL");
      await ended(database);
      rmSync(base, { recursive: true, force: true });
    },
  };
}

/** Of the user `admin`, for its login page. */
export const adminPassword = "Adm1n-pass!";

function configuration(port: number): string {
  const keys = ["AUTH_KEY", "SECURE_AUTH_KEY", "LOGGED_IN_KEY", "NONCE_KEY"].flatMap((key) => [
    key,
    key.replace("KEY", "SALT"),
  ]);
  return `<?php
define('DB_NAME', 'wp'); define('DB_USER', 'wp'); define('DB_PASSWORD', 'wp-pass');
define('DB_HOST', '127.0.0.1:${port}'); define('DB_CHARSET', 'utf8mb4');
$table_prefix = 'wp_';
${keys.map((key) => `define('${key}', 'test-${key}');`).join("\n")}
define('WP_ENVIRONMENT_TYPE', getenv('WP_TEST_ENVIRONMENT') ?: 'local');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true); define('FS_METHOD', 'direct');
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
`;
}

/** Every address that is no file is WordPress'. */
const router = `<?php
$p = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$f = $_SERVER['DOCUMENT_ROOT'] . $p;
if ($p !== '/' && (is_file($f) || is_file(rtrim($f, '/') . '/index.php'))) return false;
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
$_SERVER['SCRIPT_FILENAME'] = $_SERVER['DOCUMENT_ROOT'] . '/index.php';
chdir($_SERVER['DOCUMENT_ROOT']);
require 'index.php';
`;

function sh(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
}

function sql(socket: string, statement: string): ReturnType<typeof spawnSync> {
  return spawnSync("mariadb", ["--no-defaults", "-S", socket, "-uroot", "-e", statement]);
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    try {
      if (await isSo()) return;
    } catch {
      // not up yet
    }
    await sleep(100);
  }
  throw new Error("did not come up within 30 s");
}

async function ended(child: ChildProcess | null): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await exit;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
