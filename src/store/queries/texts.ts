/** Everything in the store that is kept packed or in pieces, in the clear: what a search of the file would miss. */
import type { Kysely } from "kysely";
import { unpackMarcTexts } from "../../domain/marc/pack.ts";
import type { Schema } from "../schema.ts";

export interface StoredText {
  readonly place: string;
  readonly bytes: Uint8Array;
}

/** Blocks of MARC. */
const batch = 64;

export async function* storedTexts(db: Kysely<Schema>): AsyncIterable<StoredText> {
  for (let last = -1; ;) {
    const rows = await db
      .selectFrom("record_marc")
      .selectAll()
      .where("block", ">", last)
      .orderBy("block")
      .limit(batch)
      .execute();
    const final = rows.at(-1);
    if (final === undefined) break;
    last = final.block;
    const records = rows.flatMap(({ marc }) => unpackMarcTexts(marc)).join("\n");
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
