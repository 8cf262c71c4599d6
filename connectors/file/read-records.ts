/** Records of a stream of bytes with their ids and their items, as the messages of an import need them. */
import type { ItemFact } from "../../src/domain/fact.ts";
import type { MarcRecord } from "../../src/domain/marc/record.ts";
import type { Problem } from "../../src/domain/problem.ts";
import type { Origin } from "../../src/kit/contract.ts";
import {
  biblionumberOf,
  createSeen,
  externalIdOf,
  itemsOf952,
  readMarcBatches,
  withoutItems,
} from "../../src/kit/marc/index.ts";
import type { Decoded, MarcFormat } from "../../src/kit/marc/index.ts";

/** So many records and items make a page, with the items of its last record. */
export const pageSize = 1000;

export interface ReadOptions {
  readonly format: MarcFormat | "auto";
  /** The library's currency (ISO 4217), in which prices are given. */
  readonly currency: string;
  /** For messages: the file's name. */
  readonly at: string;
  readonly signal?: AbortSignal;
}

export type FileRecord =
  | {
      readonly ok: true;
      readonly id: string;
      /** Without its items. */
      readonly marc: MarcRecord;
      readonly items: readonly ItemFact[];
      /** What was repaired. */
      readonly warnings: readonly Problem[];
      readonly origin: Origin;
    }
  | { readonly ok: false; readonly raw: Uint8Array; readonly problem: Problem; readonly origin: Origin };

/**
 * In file order, by what each chunk brings; a batch must be walked to its end before the next is asked for. A record's
 * id is Koha's biblionumber, else 003 and 001, else a hash; the second record of the file with an id gets
 * `#<record number>`.
 */
export async function* readRecords(
  chunks: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<Iterable<FileRecord>> {
  const { format, at, signal } = options;
  const toRecord = createToRecord(options);
  function* all(batch: Iterable<Decoded>): Generator<FileRecord> {
    for (const decoded of batch) yield toRecord(decoded);
  }
  for await (const batch of readMarcBatches(chunks, { format, file: at, ...(signal && { signal }) }))
    yield all(batch);
}

function createToRecord({ at, currency }: ReadOptions): (decoded: Decoded) => FileRecord {
  const seen = createSeen();
  let hasBiblionumbers = false;
  return (decoded) => {
    const origin: Origin = { at, record: decoded.number, byte: decoded.offset };
    if (!decoded.ok) return { ok: false, raw: decoded.raw, problem: decoded.problem, origin };
    const { record } = decoded;
    const own = externalIdOf(record);
    const id = seen.add(own) ? `${own}#${String(decoded.number)}` : own;
    const warnings = decoded.warnings.filter(({ code }) => isRepair(code, hasBiblionumbers));
    hasBiblionumbers ||= biblionumberOf(record) !== null;
    return {
      ok: true,
      id,
      marc: withoutItems(record),
      items: itemsOf952(record, id, { currency }),
      warnings,
      origin,
    };
  };
}

/** Notes that are no repair: white space between records, XML without namespace, no biblionumber outside of Koha. */
function isRepair(code: string, hasBiblionumbers: boolean): boolean {
  if (code === "no-biblionumber") return hasBiblionumbers;
  return code !== "padding" && code !== "no-namespace";
}
