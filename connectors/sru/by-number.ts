/** The walk over record numbers: windows that fit into one answer, so that nothing depends on the order of results. */
import { z } from "zod";
import { StopError } from "../../src/domain/problem.ts";
import type { SruPage } from "../../src/kit/sru/index.ts";
import type { Catalogue } from "./client.ts";
import { above, between } from "./route.ts";

export const NumberState = z.object({
  /** All up to and including this number are read. */
  after: z.int(),
  /** Of the next window. */
  width: z.int(),
});
export type NumberState = z.infer<typeof NumberState>;

/** Gaps are crossed in growing steps. */
const widest = 2 ** 40;

export interface Window {
  readonly page: SruPage;
  /** Null: there is nothing after it. */
  readonly next: NumberState | null;
}

export async function nextWindow(
  catalogue: Catalogue,
  { after, width }: NumberState,
  pageSize: number,
  signal: AbortSignal,
): Promise<Window> {
  for (let wide = width; ; wide = Math.max(1, Math.floor(wide / 2))) {
    const last = after + wide;
    const page = await catalogue.page(between(after, last), 1, pageSize, signal);
    const { numberOfRecords: found, records } = page;
    if (found === 0) {
      const more = await catalogue.count(above(last), signal);
      return { page, next: more === 0 ? null : { after: last, width: Math.min(widest, wide * 4) } };
    }
    if (records.length === found)
      return {
        page,
        next: { after: last, width: found * 2 <= pageSize ? Math.min(widest, wide * 2) : wide },
      };
    if (wide > 1) continue;
    throw new StopError({
      code: "SRU_NUMBER_REPEATED",
      what: `${String(found)} records share the record number ${String(last)}`,
      where: page.url,
      cure: "rebuild the index (koha-rebuild-zebra -f); or set `query` to walk by position",
    });
  }
}
