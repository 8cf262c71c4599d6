/** How holds ended, by title and month, of the Koha plugin: Koha's REST interface shows the open ones only. */
import { z } from "zod";
import { StopError } from "../../../src/domain/problem.ts";
import { monthOf, tryDay } from "../../../src/domain/time.ts";
import type { Message, Stream } from "../../../src/kit/contract.ts";
import type { Koha } from "../client.ts";
import { aboutPlugin, askPlugin } from "../plugin.ts";

const count = z.int().min(0);
const Row = z.object({
  biblio_id: z.int(),
  month: z.string(),
  placed: count,
  filled: count,
  cancelled: count,
  expired: count,
});
const Page = z.object({ rows: z.array(Row), next: z.string().nullable() });

/** Titles per request; each comes with all its months, so that messages are committed by number. */
const titles = "500";
const rowsPerPage = 2000;

/** Read whole at every run: Koha moves and forgets holds of months long past. Off where the plugin is not. */
export function holdCountsStream(koha: Koha): Stream {
  return {
    name: "hold-counts",
    facts: ["hold-count"],
    cursorVersion: 1,
    sweeps: false,
    pull: ({ signal }) => pull(koha, signal),
  };
}

async function* pull(koha: Koha, signal: AbortSignal): AsyncGenerator<Message> {
  await aboutPlugin(koha, signal);
  let sent = 0;
  for (let cursor: string | null = null; ;) {
    const query = { limit: titles, ...(cursor === null ? {} : { cursor }) };
    const { value, url } = await askPlugin(koha, "/holds/by-month", query, signal);
    const page = Page.safeParse(value);
    if (!page.success) throw unexpected(url, "rows or next are not as the plugin describes them");
    for (const [index, row] of page.data.rows.entries()) {
      yield messageOf(row, url, index + 1);
      sent += 1;
      if (sent % rowsPerPage === 0) yield { type: "page" };
    }
    const { next } = page.data;
    if (next === null) break;
    if (next === cursor) throw unexpected(url, "its next page is itself");
    cursor = next;
  }
  yield { type: "swept", kind: "hold-count" };
  yield { type: "page", cursor: null };
}

function messageOf(row: z.infer<typeof Row>, at: string, record: number): Message {
  const id = `${row.biblio_id}:${row.month}`;
  const day = tryDay(`${row.month}-01`);
  const origin = { at, record };
  if (day === null) {
    const problem = {
      code: "KOHA_ROW",
      what: `hold-count ${id} does not look as expected`,
      where: at,
      why: "its month is none",
      cure: "mend the dates of this record's holds in Koha",
    };
    const raw = new TextEncoder().encode(JSON.stringify(row));
    return { type: "bad", kind: "hold-count", id, raw, problem, origin };
  }
  const { biblio_id: recordId, placed, filled, cancelled, expired } = row;
  const counts = { placed, filled, cancelled, expired };
  return {
    type: "fact",
    fact: { kind: "hold-count", id, recordId: String(recordId), month: monthOf(day), ...counts },
    origin,
  };
}

function unexpected(where: string, why: string): StopError {
  return new StopError({
    code: "KOHA_PLUGIN_ANSWER",
    what: "the Koha plugin's answer does not look as expected",
    where,
    why,
    cure: "install the plugin that came with this version (liaison plugin build)",
  });
}
