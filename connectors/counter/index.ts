/** Reports of usage by COUNTER's Code of Practice, releases 5 and 5.1, from files: JSON, tabs or commas. */
import type { Problem } from "../../src/domain/problem.ts";
import { DataError } from "../../src/domain/problem.ts";
import type { Message } from "../../src/kit/contract.ts";
import { decodeText, readBytes } from "../../src/kit/delimited/index.ts";
import { readJsonReport, readTabularReport, usageFacts } from "../../src/kit/counter/index.ts";
import type { Report } from "../../src/kit/counter/index.ts";

/**
 * A fact for each platform and month. A file that is no report is one `bad` message; so is a report that holds no row
 * and does not say that there was no use, for that is not 0. Throws ConfigError when the file cannot be read.
 */
export async function* importCounter(
  path: string,
  options: { readonly stdin?: AsyncIterable<Uint8Array> },
): AsyncGenerator<Message> {
  const bytes = await readBytes(path, options.stdin);
  const at = path === "-" ? "standard input" : path;
  yield* messagesOf(bytes, at);
  yield { type: "page" };
}

function* messagesOf(bytes: Uint8Array, at: string): Generator<Message> {
  const bad = (problem: Problem, raw = bytes): Message => ({
    type: "bad",
    kind: "usage-report",
    raw,
    problem,
    origin: { at },
  });
  let report: Report;
  try {
    const { text } = decodeText(bytes);
    report = text.trimStart().startsWith("{") ? readJsonReport(text, at) : readTabularReport(text, at);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    yield bad(error.problem);
    return;
  }
  for (const { problem, raw } of report.unread) yield bad(problem, Buffer.from(raw));
  const warnings = report.exceptions.map(({ code, message }): Problem => ({
    code: `counter-${code}`,
    what: `the report says: ${message === "" ? String(code) : message}`,
    where: at,
  }));
  const facts = usageFacts(report);
  if (facts.length === 0) {
    const [said] = warnings;
    yield bad({
      code: "COUNTER_EMPTY",
      what: "the report holds no row, and does not say that there was no use",
      where: at,
      ...(said !== undefined && { why: said.what }),
      cure: "get it again later: nothing is taken for 0",
    });
    return;
  }
  for (const [n, fact] of facts.entries())
    yield { type: "fact", fact, origin: { at, record: n + 1 }, ...(warnings.length > 0 && { warnings }) };
}
