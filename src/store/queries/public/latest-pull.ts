import type { Instant } from "../../../domain/time.ts";
import type { Reader } from "../../port.ts";

/** Of copies, else of records: as of when it is known what is in; null: nothing was pulled yet. */
export async function latestPull({ db, site }: Reader): Promise<Instant | null> {
  const rows = await db
    .selectFrom("cursor")
    .select(["stream", "as_of"])
    .where("site", "=", site)
    .where("stream", "in", ["items", "biblios", "records", "import"])
    .where("as_of", "is not", null)
    .execute();
  const of = (stream: string): string[] =>
    rows.flatMap((row) => (row.stream === stream && row.as_of !== null ? [row.as_of] : []));
  const [latest] = ["items", "biblios", "records", "import"]
    .map((stream) => of(stream).sort().at(-1))
    .filter((at) => at !== undefined);
  return latest === undefined ? null : (latest as Instant); // written as one by the sync
}
