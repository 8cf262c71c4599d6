/**
 * The walk over positions in the server's own order. Each page begins with the last record of the page before: when
 * another stands there, the index has changed and positions have moved.
 */
import { z } from "zod";
import type { SruPage, SruQuery, SruRecord } from "../../src/kit/sru/index.ts";
import type { Catalogue } from "./client.ts";
import { markOf } from "./messages.ts";

export const PositionState = z.object({
  /** Position to be read next, from 1. */
  next: z.int(),
  /** Mark of the record before it; null at the beginning. */
  last: z.string().nullable(),
});
export type PositionState = z.infer<typeof PositionState>;

export type Step =
  | {
      readonly type: "page";
      readonly page: SruPage;
      /** Those not read before. */
      readonly records: readonly SruRecord[];
      /** Null: there is nothing after it. */
      readonly next: PositionState | null;
    }
  | { readonly type: "moved" };

export async function nextPage(
  catalogue: Catalogue,
  query: SruQuery,
  { next, last }: PositionState,
  pageSize: number,
  signal: AbortSignal,
): Promise<Step> {
  const overlap = last === null ? 0 : 1;
  const page = await catalogue.page(query, next - overlap, pageSize + overlap, signal);
  const [first] = page.records;
  if (last !== null && (first === undefined || markOf(first) !== last)) return { type: "moved" };
  const records = page.records.slice(overlap);
  const after = next + records.length;
  // A server that sends one record at most has sent the overlap alone.
  if (records.length === 0 && next <= page.numberOfRecords)
    return nextPage(catalogue, query, { next, last: null }, pageSize, signal);
  const final = records.at(-1);
  if (final === undefined || after > page.numberOfRecords) return { type: "page", page, records, next: null };
  return { type: "page", page, records, next: { next: after, last: markOf(final) } };
}
