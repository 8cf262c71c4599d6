/** Title lists in the form of KBART: what a provider or a knowledge base says that a package holds. */
import { defineSource } from "../../src/kit/contract.ts";
import type { Message } from "../../src/kit/contract.ts";
import { decodeText, readBytes } from "../../src/kit/delimited/index.ts";
import { kbartMessages, readKbart } from "../../src/kit/kbart/index.ts";
import { Config } from "./config.ts";
import { packageOf } from "./name.ts";
import { checkList, listStream, noHeading } from "./source.ts";

/** A list at an address, or a file that another program leaves, read on schedule. */
export const kbart = defineSource({
  id: "kbart",
  config: Config,
  open: (config, kit) => ({
    streams: [listStream(config, kit)],
    check: (signal) => checkList(config, kit, signal),
    close: () => Promise.resolve(),
  }),
});

/**
 * A fact for each title, those of several rows joined, then one for each package, whose list it is: titles that were
 * in an earlier list of that package and are not in this one are gone. The package is that of the file's name
 * (`Provider_Region_Package_2026-01-31.txt`, without the date) where no column names one, of standard input that of
 * the source. A row with neither title nor identifier is a `bad` message, every other defect a warning with its line,
 * its column, its value and its cure. Throws ConfigError when the file cannot be read, DataError for broken CSV.
 */
export async function* importKbart(
  file: string,
  options: { readonly sourceId: string; readonly stdin?: AsyncIterable<Uint8Array> },
): AsyncGenerator<Message> {
  const at = file === "-" ? "standard input" : file;
  const decoded = decodeText(await readBytes(file, options.stdin));
  const list = readKbart(decoded, at, { usual: packageOf(file, options.sourceId) });
  if (list.header === null) yield noHeading(decoded.text, at);
  else yield* kbartMessages(list, at, { complete: true });
  yield { type: "page" };
}
