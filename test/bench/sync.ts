/** A first pull from a Koha that answers 100 records in 0.35 s, beside merely downloading the same pages. */
import { fork } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { line, measure } from "./measure.ts";

const main = path.resolve(import.meta.dirname, "../../src/main.ts");
const mappings = path.resolve(import.meta.dirname, "../../mappings");

export async function benchSync(records: number): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "liaison-bench-"));
  const server = fork(path.join(import.meta.dirname, "double-server.ts"), [String(records)], {
    execArgv: [],
  });
  try {
    const url = await new Promise<string>((resolve) =>
      server.once("message", (message) => resolve(String(message))),
    );
    console.log(
      `\nFirst pull of ${records.toLocaleString("en")} records, 100 a page, each answer after 0.35 s, two requests at once`,
    );
    const download = await measure(process.execPath, [
      path.join(import.meta.dirname, "download.ts"),
      url,
      String(records),
    ]);
    const config = path.join(folder, "liaison.yaml");
    writeFileSync(
      config,
      [
        "library: { name: Bench, timezone: America/New_York, currency: USD }",
        `store: sqlite:${path.join(folder, "liaison.db")}`,
        `mappings: ${mappings}`,
        "sources:",
        `  koha: { type: koha, url: ${url}, auth: { clientId: demo, clientSecret: { env: KOHA_SECRET } } }`,
      ].join("\n"),
    );
    const own = await measure(
      process.execPath,
      [
        "--max-semi-space-size=2",
        "--max-old-space-size=768",
        main,
        "--config",
        config,
        "--json",
        "sync",
        "--stream",
        "biblios",
      ],
      {
        env: { KOHA_SECRET: "demo-secret" },
      },
    );
    if (own.code !== 0) throw new Error(`the sync ended with ${own.code}: ${own.stderr}${own.stdout}`);
    console.log(line("downloading only", download, records));
    console.log(line("liaison sync --stream biblios", own, records));
    const ratio = own.wallMs / download.wallMs;
    console.log(
      `wall ${ratio.toFixed(2)} × downloading (at most 1.25); peak ${own.peakMb.toFixed(0)} MB (at most 256)`,
    );
  } finally {
    server.kill();
    rmSync(folder, { recursive: true });
  }
}
