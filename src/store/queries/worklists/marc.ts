import { unpackMarc } from "../../../domain/marc/pack.ts";
import type { MarcRecord } from "../../../domain/marc/record.ts";
import type { Reader } from "../../port.ts";

/** The whole record of a title; null: it is not kept. */
export function readRecordMarc({ sql: statements }: Reader, recordId: number): MarcRecord | null {
  const row = statements.get<{ marc: Uint8Array }>(
    "SELECT marc FROM record_marc WHERE record_id = ?",
    recordId,
  );
  return row === undefined ? null : unpackMarc(row.marc);
}
