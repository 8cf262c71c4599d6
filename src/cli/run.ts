/** The command line from arguments to exit code. Everything that touches the world is given. */
import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { Command, InvalidArgumentError } from "commander";
import { pino } from "pino";
import { openApp } from "../app.ts";
import type { ImportFile, Registry } from "../app.ts";
import { findConfig } from "../config/load.ts";
import { throwIfCancelled } from "../domain/problem.ts";
import { tryInstant } from "../domain/time.ts";
import type { Instant } from "../domain/time.ts";
import { version } from "../version.ts";
import type { CliContext, GlobalOptions, StartDemo } from "./context.ts";
import { commands } from "./index.ts";
import { exitCodeOf, problemsJson, problemsOfError, readableProblem } from "./problems.ts";
import type { ExitCode } from "./problems.ts";

export interface World {
  readonly registry: Registry;
  readonly importFile: ImportFile;
  readonly startDemo: StartDemo;
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly signal: AbortSignal;
  /** Instead of the real waits between attempts; throws when the signal fires. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const levels = ["fatal", "error", "warn", "info", "debug", "silent"];

export async function runCli(args: readonly string[], world: World): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = rootCommand(world);
  const options = (): GlobalOptions => program.opts<GlobalOptions>();
  const log = pino(
    {
      level: "warn",
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: secretPaths, censor: "***" },
    },
    world.stderr,
  );
  const now = (): Instant => {
    const standing = options().now;
    return (standing === undefined ? new Date().toISOString() : standing) as Instant; // checked by the option's parser
  };
  const context: CliContext = {
    options,
    log,
    now,
    signal: world.signal,
    importFile: world.importFile,
    environment: world.environment,
    stdin: world.stdin,
    startDemo: world.startDemo,
    run: async (typed) => {
      const chunks: Buffer[] = [];
      const stdout = new Writable({
        write: (chunk: Buffer, _, done) => {
          chunks.push(chunk);
          done();
        },
      });
      return { code: await runCli(typed, { ...world, stdout }), output: Buffer.concat(chunks).toString() };
    },
    withApp: async (work) => {
      const configFile = findConfig(options().config);
      const app = await openApp({
        configFile,
        registry: world.registry,
        environment: world.environment,
        log,
        now,
        ...(world.sleep !== undefined && { sleep: world.sleep }),
      });
      try {
        return await work(app);
      } finally {
        await app.close();
      }
    },
    print: (value, readable) => {
      const text = options().json === true ? JSON.stringify(value, null, 2) : readable();
      if (text !== "") world.stdout.write(`${text}\n`);
    },
    stdout: (content) => {
      world.stdout.write(content);
    },
    write: (text) => {
      world.stdout.write(text);
    },
    stream: async (pieces) => {
      for await (const piece of pieces) {
        throwIfCancelled(world.signal);
        if (piece !== "" && !world.stdout.write(piece)) await once(world.stdout, "drain");
      }
    },
    say: (text) => {
      if (options().quiet !== true) world.stderr.write(`${text}\n`);
    },
    exit: (wanted) => {
      if (wanted > code) code = wanted;
    },
    ask: async (question) => {
      if (world.stdin.isTTY !== true || options().json === true) return null;
      const terminal = createInterface({ input: world.stdin, output: world.stderr });
      try {
        return await terminal.question(`${question} `, { signal: world.signal });
      } finally {
        terminal.close();
      }
    },
  };
  for (const command of commands) command.register(program, context);
  program.hook("preAction", (_, action) => {
    const chosen = options().logLevel;
    log.level = chosen ?? (action.name() === "serve" ? "info" : "warn");
  });
  quietly(program);
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    const failed = exitCodeOf(error);
    if (failed > code) code = failed;
    if (failed !== 0) report(error, options(), world, args);
    if (failed === 1) log.debug({ err: error }, "stack");
  }
  return code;
}

/** Wherever a secret could travel in an object that is logged. `Secret` itself prints as `***` anyway. */
const secretPaths = ["password", "clientSecret", "authorization", "token", "access_token"].flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
]);

function rootCommand(world: World): Command {
  return new Command("liaison")
    .description("Collection and usage reports for subject liaisons, from Koha.")
    .version(version, "--version", "print the version")
    .option(
      "--config <file>",
      "configuration (default: config/liaison.yaml, then /etc/koha-liaison/liaison.yaml)",
    )
    .option("--json", "one JSON document on stdout, nothing else there")
    .option("--quiet", "no remarks on stderr")
    .option("--log-level <level>", `of the log on stderr: ${levels.join(", ")}`, readLevel)
    .option("--now <instant>", "a clock that stands, for trying out, e.g. 2026-11-02T08:00:00Z", readInstant)
    .helpOption("--help", "show help")
    .addHelpText(
      "after",
      `
Examples:
  liaison init && liaison doctor
  liaison sync
  liaison map coverage
  liaison send --dry-run
  liaison serve

Exit codes: 0 done, 1 failed or a check found something, 2 usage or configuration, 3 partly done.`,
    )
    .configureOutput({
      writeOut: (text) => world.stdout.write(text),
      writeErr: (text) => world.stderr.write(text),
      outputError: () => undefined, // told once, by `report`
    });
}

/** Errors are thrown, not exits; and every subcommand behaves as the root does. */
function quietly(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    quietly(child);
  }
}

function report(error: unknown, options: GlobalOptions, world: World, args: readonly string[]): void {
  const problems = problemsOfError(error);
  if (options.json === true || args.includes("--json")) {
    world.stdout.write(`${JSON.stringify(problemsJson(problems), null, 2)}\n`);
  } else {
    for (const problem of problems) world.stderr.write(`${readableProblem(problem)}\n`);
  }
}

function readLevel(text: string): string {
  if (levels.includes(text)) return text;
  throw new InvalidArgumentError(`it is one of ${levels.join(", ")}.`);
}

function readInstant(text: string): Instant {
  const instant = tryInstant(text);
  if (instant !== null) return instant;
  throw new InvalidArgumentError("write an instant such as 2026-11-02T08:00:00Z.");
}
