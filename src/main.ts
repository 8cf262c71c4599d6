/** Puts the parts together: the only file of `src` that knows the connectors. */
import { startKohaDouble } from "../connectors/demo/double.ts";
import { demoLibrary } from "../connectors/demo/library.ts";
import { syntheticLibrary } from "../connectors/demo/synthetic.ts";
import { importFile } from "../connectors/file/index.ts";
import { registry } from "../connectors/index.ts";
import { runCli } from "./cli/run.ts";
import type { RunningDemo } from "./cli/context.ts";

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
  const library =
    scale === "small" || scale === "medium" || scale === "large"
      ? syntheticLibrary({ seed: 1, asOf, size: scale })
      : demoLibrary({ seed: 1, asOf });
  const koha = await startKohaDouble(library);
  return {
    url: koha.url,
    opacUrl: koha.opacUrl,
    identities: library.identities(),
    plantedFaults: library.corruptBiblioId === null ? 0 : 1,
    close: () => koha.close(),
  };
}

process.exitCode = await runCli(process.argv.slice(2), {
  registry,
  importFile: (file, { format, currency, signal }) =>
    importFile(file, { ...formatOf(format), currency, signal, stdin: process.stdin }),
  startDemo,
  environment: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: stopping.signal,
});

/** The names of the command line, and those of the reader. */
function formatOf(name: string | undefined): Pick<Parameters<typeof importFile>[1], "format"> {
  const formats = { marc: "iso2709", marcxml: "marcxml", mij: "marc-in-json" } as const;
  return name === "marc" || name === "marcxml" || name === "mij" ? { format: formats[name] } : {};
}
