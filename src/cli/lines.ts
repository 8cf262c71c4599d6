/**
 * Lines in, text out, chunk by chunk: any number of lines in the memory of one chunk, no faster than they are
 * written on.
 */
import { addAbortSignal, Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { DataError, throwIfCancelled } from "../domain/problem.ts";
import type { CliContext } from "./context.ts";

export interface Line {
  /** From 1. */
  readonly number: number;
  /** Without its end; LF and CRLF both end a line. */
  readonly text: string;
}

/** No shelf mark is this long: it is another kind of file. */
const longestLine = 100_000;

/** What is on standard input, a chunk's lines at a time. */
export async function* readLines(
  context: Pick<CliContext, "stdin" | "signal" | "say">,
): AsyncGenerator<readonly Line[]> {
  const { stdin, signal } = context;
  if ("isTTY" in stdin && stdin.isTTY === true) context.say("one call number a line; Ctrl-D ends");
  const chunks = stdin instanceof Readable ? addAbortSignal(signal, stdin) : stdin;
  const decoder = new StringDecoder("utf8");
  let read = 0;
  let begun = "";
  try {
    for await (const chunk of chunks) {
      const whole = (begun + textOf(chunk, decoder)).split("\n");
      begun = whole.pop() ?? "";
      if (begun.length > longestLine) throw tooLong(read + whole.length + 1);
      yield whole.map((text, index) => lineOf(text, read + index + 1));
      read += whole.length;
    }
  } catch (error) {
    throwIfCancelled(signal);
    throw error;
  }
  begun += decoder.end();
  if (begun !== "") yield [lineOf(begun, read + 1)];
}

function textOf(chunk: string | Buffer, decoder: StringDecoder): string {
  return typeof chunk === "string" ? chunk : decoder.write(chunk);
}

function lineOf(text: string, number: number): Line {
  const begin = number === 1 && text.startsWith("\ufeff") ? 1 : 0;
  const end = text.endsWith("\r") ? text.length - 1 : text.length;
  return { number, text: text.slice(begin, end) };
}

function tooLong(number: number): DataError {
  return new DataError({
    code: "LINE_TOO_LONG",
    what: `a line is longer than ${String(longestLine)} characters`,
    where: `standard input, line ${String(number)}`,
    cure: "give one call number a line",
  });
}
