/** Everything in the store that is kept packed or in pieces, in the clear: what a search of the file would miss. */
import type { Kysely } from "kysely";
import { unpackMarc } from "../../domain/marc/pack.ts";
import type { Schema } from "../schema.ts";

export interface StoredText {
  readonly place: string;
  readonly bytes: Uint8Array;
}

const batch = 500;

export async function* storedTexts(db: Kysely<Schema>): AsyncIterable<StoredText> {
  for (let last = 0; ;) {
    const rows = await db
      .selectFrom("record_marc")
      .selectAll()
      .where("record_id", ">", last)
      .orderBy("record_id")
      .limit(batch)
      .execute();
    const final = rows.at(-1);
    if (final === undefined) break;
    last = final.record_id;
    const records = rows.map(({ marc }) => JSON.stringify(unpackMarc(marc))).join("\n");
    yield { place: "store: MARC records", bytes: Buffer.from(records) };
  }
  for (const { raw } of await db.selectFrom("quarantine").select("raw").execute()) {
    yield { place: "store: quarantine", bytes: raw };
  }
  for (const { html, text, title } of await db
    .selectFrom("outbox")
    .select(["html", "text", "title"])
    .execute()) {
    yield { place: "store: outbox", bytes: Buffer.from(`${title}\n${text}\n${html}`) };
  }
  for (const { bytes } of await db.selectFrom("outbox_attachment").select("bytes").execute()) {
    yield { place: "store: attachments", bytes };
  }
}
