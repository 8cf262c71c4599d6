/** The bytes of a file, or of what `-` stands for. */
import { createReadStream } from "node:fs";
import { ConfigError } from "../../src/domain/problem.ts";
import type { Problem } from "../../src/domain/problem.ts";

const chunkBytes = 256 * 1024;

/** Throws ConfigError when the file cannot be opened, or there is no standard input. */
export async function* chunksOf(
  path: string,
  stdin: AsyncIterable<Uint8Array> | undefined,
): AsyncGenerator<Uint8Array> {
  if (path === "-") {
    if (stdin === undefined)
      throw new ConfigError([{ code: "NO_INPUT", what: "there is no standard input" }]);
    yield* stdin;
    return;
  }
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) yield chunk as Buffer;
  } catch (error) {
    throw openError(path, error);
  }
}

const causes: Readonly<Record<string, Pick<Problem, "what" | "cure">>> = {
  ENOENT: { what: "there is no such file", cure: "check the path" },
  EACCES: { what: "the file may not be read", cure: "give its reader the right to read it" },
  EISDIR: { what: "this is a folder", cure: "name one file" },
};

function openError(path: string, error: unknown): unknown {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  const cause = causes[code];
  return cause === undefined ? error : new ConfigError([{ code: "FILE_UNREADABLE", where: path, ...cause }]);
}
