/** Puts the parts together: the only file of `src` that knows the connectors. */
import { registry } from "../connectors/index.ts";
import type { ImportRequest } from "./app.ts";
import { runCli } from "./cli/run.ts";
import type { RunningDemo } from "./cli/context.ts";
import type { Message } from "./kit/contract.ts";

/** Ctrl-C and SIGTERM stop the work at its last commit; a second one ends the process at once. */
const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (stopping.signal.aborted) process.exit(130);
    stopping.abort();
  });
}
/** A reader that closes early, such as `head`, is no error. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

async function startDemo(asOf: string, scale: string | undefined): Promise<RunningDemo> {
  const { startKohaDouble } = await import("../connectors/demo/double.ts");
  const { demoLibrary } = await import("../connectors/demo/library.ts");
  const { syntheticLibrary } = await import("../connectors/demo/synthetic.ts");
  const library =
    scale === "small" || scale === "medium" || scale === "large"
      ? syntheticLibrary({ seed: 1, asOf, size: scale })
      : demoLibrary({ seed: 1, asOf });
  const koha = await startKohaDouble(library);
  const corrupt = library.corruptBiblioId;
  return {
    url: koha.url,
    opacUrl: koha.opacUrl,
    identities: library.identities(),
    plantedFaults: corrupt === null ? 0 : 1 + library.itemsOf(corrupt).length,
    close: () => koha.close(),
  };
}

async function* readFile(file: string, request: ImportRequest): AsyncIterable<readonly Message[]> {
  const electronic = await readElectronic(file, request);
  if (electronic !== null) {
    for await (const message of electronic) yield [message];
    return;
  }
  const { importFile } = await import("../connectors/file/index.ts");
  const { currency, marcSelectors, signal } = request;
  yield* importFile(file, {
    ...formatOf(request.format),
    currency,
    marcSelectors,
    signal,
    stdin: request.stdin ?? process.stdin,
  });
}

process.exitCode = await runCli(process.argv.slice(2), {
  registry,
  importFile: readFile,
  startDemo,
  environment: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: stopping.signal,
});

/** Lists of e-titles, reports of their usage, what packages cost, references; null: a file of MARC records. */
async function readElectronic(
  file: string,
  { format, sourceId, currency, department = "", stdin = process.stdin }: ImportRequest,
): Promise<AsyncIterable<Message> | null> {
  switch (format) {
    case "kbart":
      return (await import("../connectors/kbart/index.ts")).importKbart(file, { sourceId, stdin });
    case "counter":
      return (await import("../connectors/counter/index.ts")).importCounter(file, { stdin });
    case "costs":
      return (await import("../connectors/costs/index.ts")).importCosts(file, { currency, stdin });
    case "ris":
    case "refworks":
    case "bibtex":
      return (await import("../connectors/refworks/index.ts")).importReferences(file, {
        format,
        department,
        stdin,
      });
    default:
      return null;
  }
}

/** The names of the command line, and those of the reader. */
function formatOf(name: string | undefined): { format?: "iso2709" | "marcxml" | "marc-in-json" } {
  const formats = { marc: "iso2709", marcxml: "marcxml", mij: "marc-in-json" } as const;
  return name === "marc" || name === "marcxml" || name === "mij" ? { format: formats[name] } : {};
}
