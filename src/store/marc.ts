/**
 * The MARC of the records, packed in blocks: `record_marc.block` n holds those of the records with ids 8n to 8n + 7,
 * each at its place; a bit of `held` (1 for the first) says that its record is there. A block holds the records as
 * they are now and nothing of what they were.
 */
import { packMarcTexts, parseMarcText, unpackMarcTexts } from "../domain/marc/pack.ts";
import type { MarcRecord } from "../domain/marc/record.ts";
import { upsertText } from "./sql.ts";
import type { Sql } from "./sql.ts";

/** More pack better and are slower to change: a changed record means its whole block (docs/adr/0023). */
const blockSize = 8;

const select = "SELECT marc FROM record_marc WHERE block = ?";
const upsert = upsertText("record_marc", ["block"], ["block", "held", "marc"]);

export interface MarcWriter {
  /** `text`: of `marcText`, or its UTF-8. */
  put(recordId: number, text: string | Uint8Array): void;
  /** Writes what was put since. */
  flush(): void;
}

export function marcWriterOver(sql: Sql): MarcWriter {
  const changed = new Map<number, (string | Uint8Array | null)[]>();
  function write(block: number, texts: readonly (string | Uint8Array | null)[]): void {
    const held = texts.reduce((bits, text, at) => (text === null ? bits : bits | (1 << at)), 0);
    sql.run(upsert, block, held, packMarcTexts(texts));
  }
  return {
    put(recordId, text) {
      const block = Math.floor(recordId / blockSize);
      let texts = changed.get(block);
      if (texts === undefined) {
        texts = textsOf(sql, block);
        changed.set(block, texts);
      }
      texts[recordId % blockSize] = text;
    },
    flush() {
      for (const [block, texts] of changed) write(block, texts);
      changed.clear();
    },
  };
}

/** The record's MARC, or null where it is not kept. */
export function readMarc(sql: Sql, recordId: number): MarcRecord | null {
  const text = textsOf(sql, Math.floor(recordId / blockSize))[recordId % blockSize];
  return typeof text === "string" ? parseMarcText(text) : null;
}

function textsOf(sql: Sql, block: number): (string | Uint8Array | null)[] {
  const row = sql.get<{ marc: Uint8Array }>(select, block);
  return row === undefined ? Array<null>(blockSize).fill(null) : unpackMarcTexts(row.marc);
}

/** SQL: whether the MARC of the record of this id is kept. */
export function holdsMarc(id: string): string {
  return `EXISTS (SELECT 1 FROM record_marc WHERE block = ${id} / ${blockSize} AND (held >> (${id} % ${blockSize})) & 1)`;
}
