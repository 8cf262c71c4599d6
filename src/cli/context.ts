import type { Command } from "commander";
import type { App, ImportFile } from "../app.ts";
import type { Instant } from "../domain/time.ts";
import type { Logger } from "../kit/contract.ts";

export interface GlobalOptions {
  readonly config?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly logLevel?: string;
  readonly now?: string;
}

/** What a command has to work with; streams, clock and exit code belong to the root. */
export interface CliContext {
  readonly options: () => GlobalOptions;
  readonly log: Logger;
  readonly now: () => Instant;
  /** Fires on Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  readonly importFile: ImportFile;
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  /** Runs with the configured installation, and closes it. */
  withApp<T>(work: (app: App) => Promise<T>): Promise<T>;
  /** One JSON document with --json, else the readable form. */
  print(value: unknown, readable: () => string): void;
  /** Plain text on stdout, for what is neither a document nor a table. */
  write(text: string): void;
  /** Plain text on stdout piece by piece, no faster than its reader takes it. */
  stream(pieces: AsyncIterable<string>): Promise<void>;
  /** Progress and remarks, on stderr; nothing with --quiet. */
  say(text: string): void;
  /** 0 done, 1 failed or found something, 2 usage, 3 partly done. The highest call wins. */
  exit(code: 0 | 1 | 2 | 3): void;
  /** As it is, for what is not a value: a report, sorted lines. */
  stdout(content: string | Uint8Array): void;
  /** A line from the terminal; null when there is none. */
  ask(question: string): Promise<string | null>;
  readonly stdin: NodeJS.ReadableStream;
  startDemo: StartDemo;
  /** Another command as a user would type it; what it prints on stdout is its answer. */
  run(args: readonly string[]): Promise<{ readonly code: number; readonly output: string }>;
}

/** The built-in Koha, started by the composition root, for `demo` is the only command that needs it. */
export type StartDemo = (asOf: string, scale: string | undefined) => Promise<RunningDemo>;

export interface RunningDemo {
  readonly url: string;
  readonly opacUrl: string;
  readonly identities: readonly string[];
  /** How many inputs were made unusable on purpose. */
  readonly plantedFaults: number;
  close(): Promise<void>;
}

export interface CliCommand {
  register(program: Command, context: CliContext): void;
}
