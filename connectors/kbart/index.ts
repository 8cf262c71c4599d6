/** Title lists in the form of KBART, from files: what a provider or a knowledge base says that a package holds. */
import path from "node:path";
import type { Message } from "../../src/kit/contract.ts";
import { decodeText, readBytes } from "../../src/kit/delimited/index.ts";
import { kbartMessages, readKbart } from "../../src/kit/kbart/index.ts";
import type { UsualPackage } from "../../src/kit/kbart/index.ts";

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

/** By the naming rule of KBART. */
function packageOf(file: string, sourceId: string): UsualPackage {
  if (file === "-") return { id: sourceId, vendor: null };
  const name = path.basename(file).replace(/\.(txt|tsv|csv|kbart)$/i, "");
  const id = name.replace(/_\d{4}-\d{2}-\d{2}$/, "");
  const [provider, , of] = id.split("_");
  return { id, vendor: of === undefined ? null : (provider ?? null) };
}

function noHeading(text: string, at: string): Message {
  const [head = ""] = text.split(/\r\n|\n|\r/, 1);
  const what = "the first line names no column publication_title";
  const cure = "name a list in the form of KBART, with its heading";
  const problem = { code: "KBART_HEADING", what, where: at, cure };
  return { type: "bad", kind: "e-title", raw: Buffer.from(head), problem, origin: { at } };
}
