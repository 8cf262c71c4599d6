/** The stream of a list that is read whole each time, and what `doctor` says of it. */
import { Cancelled, LiaisonError, StopError, problemText } from "../../src/domain/problem.ts";
import type { Check, Kit, Message, Stream } from "../../src/kit/contract.ts";
import { decodeText, readBytes } from "../../src/kit/delimited/index.ts";
import { redactUrl } from "../../src/kit/http/index.ts";
import { kbartMessages, readKbart } from "../../src/kit/kbart/index.ts";
import type { KbartList } from "../../src/kit/kbart/index.ts";
import type { Config } from "./config.ts";
import { packageOf } from "./name.ts";

export function listStream(config: Config, kit: Kit): Stream {
  return {
    name: "e-titles",
    facts: ["e-title", "package"],
    cursorVersion: 1,
    sweeps: false,
    async *pull({ signal }) {
      const { list, text, at } = await fetchList(config, kit, signal);
      if (list.header === null) {
        yield noHeading(text, at);
        yield { type: "page" };
        return;
      }
      yield* kbartMessages(list, at, { complete: false });
      // A row without a name might be any of those that the list does not name.
      if (list.unusable.length === 0) yield { type: "swept", kind: "e-title" };
      yield { type: "swept", kind: "package" };
      yield { type: "page" };
    },
  };
}

export async function* checkList(config: Config, kit: Kit, signal: AbortSignal): AsyncGenerator<Check> {
  try {
    const { list, at } = await fetchList(config, kit, signal);
    if (list.header === null) {
      yield {
        check: "list",
        state: "failure",
        message: `${at} is no title list: its first line names no column publication_title`,
        cure: "check the address; of an export that calls its columns otherwise, say so in `columns`",
      };
      return;
    }
    const lost = list.titles.flatMap(({ defects }) => defects).filter(({ mended }) => !mended).length;
    const message = `${String(list.titles.length)} titles in ${String(list.packages.size)} packages`;
    yield lost === 0
      ? { check: "list", state: "ok", message }
      : {
          check: "list",
          state: "warning",
          message: `${message}; ${String(lost)} cells that say something else than their columns`,
          cure: `"liaison kbart FILE" names each; report them to the provider`,
        };
  } catch (error) {
    if (!(error instanceof LiaisonError) || error instanceof Cancelled) throw error;
    const { cure, ...problem } = error.problem;
    yield {
      check: "list",
      state: "failure",
      message: problemText(problem),
      ...(cure !== undefined && { cure }),
    };
  }
}

export function noHeading(text: string, at: string): Message {
  const [head = ""] = text.split(/\r\n|\n|\r/, 1);
  const what = "the first line names no column publication_title";
  const cure = "name a list in the form of KBART, with its heading";
  const problem = { code: "KBART_HEADING", what, where: at, cure };
  return { type: "bad", kind: "e-title", raw: Buffer.from(head), problem, origin: { at } };
}

async function fetchList(
  config: Config,
  kit: Kit,
  signal: AbortSignal,
): Promise<{ readonly list: KbartList; readonly text: string; readonly at: string }> {
  const { url, file, timeoutMs, columns, platform } = config;
  const at = url === undefined ? (file ?? "") : redactUrl(url);
  const bytes =
    url === undefined
      ? await readBytes(file ?? "", undefined)
      : (await kit.http.request({ url, timeoutMs, signal })).body;
  const decoded = decodeText(bytes);
  if (/^\s*<(?:!doctype|html)/i.test(decoded.text))
    throw new StopError({
      code: "KBART_WEB_PAGE",
      what: "a web page came instead of a title list",
      where: at,
      cure: "check url: it must lead to the file itself, without a login",
    });
  const named = packageOf(url === undefined ? (file ?? "") : new URL(url).pathname, "list");
  const id = config.package ?? named.id;
  const vendor = config.vendor ?? named.vendor;
  const usual = { id, vendor, ...(platform !== undefined && { platform }) };
  return { list: readKbart(decoded, at, { usual, columns }), text: decoded.text, at };
}
