import type { MarcRecord } from "../../../domain/marc/record.ts";
import { readMarc } from "../../marc.ts";
import type { Reader } from "../../port.ts";

/** The whole record of a title; null: it is not kept. */
export function readRecordMarc({ sql }: Reader, recordId: number): MarcRecord | null {
  return readMarc(sql, recordId);
}
