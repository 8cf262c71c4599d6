/** Short lists, read whole at every run: what is not in them any more is gone. */
import type { z } from "zod";
import type { Message, Stream } from "../../src/kit/contract.ts";
import { getTwice } from "./client.ts";
import type { Koha } from "./client.ts";
import { bigPage } from "./config.ts";
import type { Config } from "./config.ts";
import { readPage, rowsOf } from "./halving.ts";
import type { Entry, Listing } from "./halving.ts";
import { messageOf } from "./messages.ts";
import type { Decoder } from "./messages.ts";
import { offWhenMissing } from "./tracked.ts";

interface Whole<S extends z.ZodObject> {
  readonly name: string;
  readonly decoder: Decoder<S>;
  readonly since?: string;
}

/** Rows with a number: by ascending number, so that nothing is lost between two pages. */
export function wholeStream<S extends z.ZodObject>(
  config: Config,
  koha: Koha,
  spec: Whole<S> & { readonly listing: Listing },
): Stream {
  async function* pull(signal: AbortSignal): AsyncGenerator<Message> {
    for (let after = 0; ;) {
      const page = await readPage(koha, spec.listing, { after, until: null }, bigPage(config), signal);
      for (const entry of page.entries) yield messageOf(entry, spec.decoder);
      if (!page.more) break;
      after = page.last;
      yield { type: "page" };
    }
    yield { type: "swept", kind: spec.decoder.kind };
    yield { type: "page", cursor: null };
  }
  return streamOf(spec, pull);
}

/** Rows with a code: by page number; such lists hardly ever have a second page. */
export function codesStream<S extends z.ZodObject>(
  config: Config,
  koha: Koha,
  spec: Whole<S> & { readonly path: string; readonly order: string },
): Stream {
  async function* pull(signal: AbortSignal): AsyncGenerator<Message> {
    yield* codes(config, koha, spec, signal);
    yield { type: "swept", kind: spec.decoder.kind };
    yield { type: "page", cursor: null };
  }
  return streamOf(spec, pull);
}

/** The rows of such a list as messages. */
export async function* codes<S extends z.ZodObject>(
  config: Config,
  koha: Koha,
  spec: { readonly path: string; readonly order: string; readonly decoder: Decoder<S> },
  signal: AbortSignal,
): AsyncGenerator<Message> {
  const size = bigPage(config);
  for (let page = 1; ; page += 1) {
    const query = { _order_by: spec.order, _page: String(page), _per_page: String(size) };
    const answer = await getTwice(koha, { path: spec.path, query }, signal);
    const rows = rowsOf(answer);
    for (const [index, row] of rows.entries()) {
      const number = (page - 1) * size + index + 1;
      const entry: Entry = { type: "row", id: number, row, at: answer.url, number: index + 1 };
      yield messageOf(entry, spec.decoder);
    }
    if (rows.length < size) return;
    yield { type: "page" };
  }
}

function streamOf<S extends z.ZodObject>(
  spec: Whole<S>,
  pull: (signal: AbortSignal) => AsyncGenerator<Message>,
): Stream {
  return {
    name: spec.name,
    facts: [spec.decoder.kind],
    cursorVersion: 1,
    sweeps: false,
    pull: ({ signal }) => offWhenMissing(pull(signal), spec.since),
  };
}
