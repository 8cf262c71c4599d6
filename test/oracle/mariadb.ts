/** A private MariaDB on a socket, gone with its folder. Debian's package mariadb-server. */
import { execFile, execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

/** One row: column to text, null as SQL has it. */
export type SqlRow = Readonly<Record<string, string | null>>;

export interface MariaDb {
  /** Where files for `LOAD DATA LOCAL` may be written. */
  readonly folder: string;
  /** Runs statements; throws with the server's message. Rows are those of the last statement that has some. */
  run(sql: string): SqlRow[];
  /** Milliseconds of CPU that the server has taken. */
  cpuMs(): number;
  stop(): Promise<void>;
}

const ticksPerSecond = 100;

/** False where the Debian package is not installed. */
export function hasMariaDb(): boolean {
  return ["mariadbd", "mariadb-install-db", "mariadb"].every(
    (program) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0,
  );
}

export async function startMariaDb(): Promise<MariaDb> {
  const folder = mkdtempSync(path.join(tmpdir(), "liaison-oracle-"));
  const [data, socket] = [path.join(folder, "data"), path.join(folder, "socket")];
  mkdirSync(path.join(folder, "tmp"));
  const asRoot = process.getuid?.() === 0 ? ["--user=root"] : [];
  await promisify(execFile)("mariadb-install-db", [
    "--no-defaults",
    `--datadir=${data}`,
    "--auth-root-authentication-method=normal",
    "--skip-test-db",
    ...asRoot,
  ]);
  const server = spawn(
    "mariadbd",
    [
      ...["--no-defaults", `--datadir=${data}`, `--socket=${socket}`, `--tmpdir=${path.join(folder, "tmp")}`],
      ...[
        "--skip-networking",
        "--local-infile=1",
        "--innodb-flush-log-at-trx-commit=0",
        "--innodb-doublewrite=0",
      ],
      ...["--innodb-buffer-pool-size=1G", "--character-set-server=utf8mb4", "--sql-mode=", ...asRoot],
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  process.once("exit", () => server.kill()); // also when a run is broken off
  let said = "";
  server.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const ended = new Promise((resolve) => server.once("exit", resolve));
  const stop = async (): Promise<void> => {
    server.kill();
    await ended;
    rmSync(folder, { recursive: true });
  };

  const client = (...args: readonly string[]) => [
    "--no-defaults",
    `--socket=${socket}`,
    "--user=root",
    ...args,
  ];
  for (let attempt = 0; spawnSync("mariadb", client("-e", "SELECT 1")).status !== 0; attempt += 1) {
    if (attempt > 200 || server.exitCode !== null) {
      await stop();
      throw new Error(`mariadbd did not start: ${said}`);
    }
    await delay(50);
  }
  execFileSync("mariadb", client("-e", "CREATE DATABASE koha"));
  const run = (sql: string): SqlRow[] => {
    // One column of text could hold a tab: --batch writes it escaped.
    const { status, stdout, stderr } = spawnSync("mariadb", client("--batch", "--local-infile=1", "koha"), {
      input: sql,
      encoding: "utf8",
      maxBuffer: 1 << 30,
    });
    if (status !== 0) throw new Error(`${stderr}\n${sql}`);
    const [head = "", ...lines] = stdout.split("\n").filter((line) => line !== "");
    const columns = head.split("\t");
    return lines.map((line) => {
      const cells = line.split("\t").map((cell) => (cell === "NULL" ? null : cell));
      return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? null]));
    });
  };
  const cpuMs = (): number => {
    const stat =
      readFileSync(`/proc/${String(server.pid)}/stat`, "utf8")
        .split(") ")[1]
        ?.split(" ") ?? [];
    return ((Number(stat[11]) + Number(stat[12])) * 1000) / ticksPerSecond;
  };
  return { folder, run, cpuMs, stop };
}
