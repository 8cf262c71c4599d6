/** The command line inside this process: the same doors as `src/main.ts`, without its start-up time and its waits. */
import { PassThrough, Writable } from "node:stream";
import { importFile } from "../../connectors/file/index.ts";
import { registry } from "../../connectors/index.ts";
import { runCli } from "../../src/cli/run.ts";

export interface RunOptions {
  readonly env?: Readonly<NodeJS.ProcessEnv>;
  readonly stdin?: string;
  /** Instead of the waits between attempts; default: none. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function runLiaison(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  const stdin = new PassThrough();
  stdin.end(options.stdin ?? "");
  const code = await runCli(args, {
    registry,
    importFile: (file, { format, currency, marcSelectors, signal }) => {
      const formats = { marc: "iso2709", marcxml: "marcxml", mij: "marc-in-json" } as const;
      const known = format === "marc" || format === "marcxml" || format === "mij";
      return importFile(file, {
        ...(known && { format: formats[format] }),
        currency,
        marcSelectors,
        signal,
        stdin,
      });
    },
    startDemo: () => Promise.reject(new Error("the demo is tried in a process of its own")),
    environment: options.env ?? {},
    stdin,
    stdout: collector(out),
    stderr: collector(err),
    signal: new AbortController().signal,
    sleep: options.sleep ?? (() => Promise.resolve()),
  });
  return { code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() };
}

function collector(chunks: Buffer[]): Writable {
  return new Writable({
    write: (chunk: Buffer, _, done) => {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
}
