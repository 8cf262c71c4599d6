/**
 * What the reading thread hands over: a page in one buffer, in which each record is a row of bytes. Nothing of a page
 * is an object until its record is stored: page after page of objects, in two threads, was half of the time of an
 * import, spent on collecting them.
 */
import type { Description } from "../../src/domain/description.ts";
import type { ItemFact } from "../../src/domain/fact.ts";
import { marcText } from "../../src/domain/marc/pack.ts";
import type { MarcRecord } from "../../src/domain/marc/record.ts";
import { contentHash, itemOfValues, itemValues, readRecord } from "../../src/domain/prepare.ts";
import type { ItemValues, PreparedItem, PreparedTitle, PreparedTitles } from "../../src/domain/prepare.ts";
import type { Evidence } from "../../src/domain/evidence.ts";
import type { Problem } from "../../src/domain/problem.ts";
import type { Message } from "../../src/kit/contract.ts";
import type { FileRecord } from "./read-records.ts";

export interface Parcel {
  /** The rows: the sizes of its three parts as 32 bits each, then these: JSON of a `Row`, evidence, MARC. */
  readonly rows: Uint8Array<ArrayBuffer>;
  /** Bytes of the rows; behind them the buffer is empty. */
  readonly size: number;
  readonly recordIds: readonly string[];
  readonly itemIds: readonly string[];
  readonly repaired: number;
  readonly warnings: number;
  readonly bad: readonly Bad[];
}

interface Bad {
  readonly raw: Uint8Array;
  readonly problem: Problem;
  readonly record: number;
  readonly byte: number;
}

type DescriptionRow = readonly [
  Description["controlNumber"],
  Description["title"],
  Description["author"],
  Description["edition"],
  Description["publisher"],
  Description["publicationYear"],
  Description["language"],
  Description["materialType"],
  Description["isbn"],
  Description["issn"],
  Description["oclc"],
  Description["suppressed"],
  Description["createdOn"],
];
type ItemRow = readonly [id: string, hash: string, ...values: ItemValues];
type Row = readonly [
  number: number,
  byte: number,
  id: string,
  hash: string,
  description: DescriptionRow,
  classSource: string | null,
  items: readonly ItemRow[],
];

export interface Packer {
  add(file: FileRecord, evidenceOf: (record: MarcRecord) => readonly Evidence[]): void;
  /** Records and items since the last parcel. */
  readonly count: number;
  take(): Parcel;
  /** The rows of a parcel that nobody reads any more; fresh memory costs more than what is written into it. */
  reuse(rows: Uint8Array<ArrayBuffer>): void;
}

const headBytes = 12;
const firstBytes = 1024 * 1024;

export function createPacker(): Packer {
  let rows = Buffer.allocUnsafeSlow(firstBytes);
  let [size, count, repaired, warnings] = [0, 0, 0, 0];
  let [recordIds, itemIds]: [string[], string[]] = [[], []];
  let bad: Bad[] = [];
  const spare: Buffer<ArrayBuffer>[] = [];

  /** Bytes written. */
  function put(text: string): number {
    makeRoom(3 * text.length);
    const written = rows.write(text, size);
    size += written;
    return written;
  }

  function makeRoom(wanted: number): void {
    if (size + wanted <= rows.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * (size + wanted));
    rows.copy(larger, 0, 0, size);
    rows = larger;
  }

  function addRecord(
    { id, marc, items, origin, ...file }: FileRecord & { readonly ok: true },
    evidenceOf: (record: MarcRecord) => readonly Evidence[],
  ): void {
    makeRoom(headBytes);
    const head = size;
    size += headBytes;
    const marcBytes = put(marcText(marc));
    const hash = contentHash(rows.subarray(size - marcBytes, size));
    const { description, classSource, evidence } = readRecord(marc, evidenceOf);
    const evidenceBytes = put(evidence);
    const own = JSON.stringify([
      origin.record ?? 0,
      origin.byte ?? 0,
      id,
      hash,
      descriptionRow(description),
      classSource,
    ]);
    const rowBytes = put(`${own.slice(0, -1)},[${items.map(itemText).join(",")}]]`);
    rows.writeUInt32LE(marcBytes, head);
    rows.writeUInt32LE(evidenceBytes, head + 4);
    rows.writeUInt32LE(rowBytes, head + 8);
    recordIds.push(id);
    for (const item of items) itemIds.push(item.id);
    if (file.warnings.length > 0) repaired += 1;
    warnings += file.warnings.length;
    count += 1 + items.length;
  }

  return {
    get count() {
      return count;
    },
    add(file, evidenceOf) {
      if (file.ok) {
        addRecord(file, evidenceOf);
        return;
      }
      const { raw, problem, origin } = file;
      bad.push({ raw, problem, record: origin.record ?? 0, byte: origin.byte ?? 0 });
      count += 1;
    },
    take() {
      const parcel = { rows, size, recordIds, itemIds, repaired, warnings, bad };
      rows = spare.pop() ?? Buffer.allocUnsafeSlow(Math.max(firstBytes, size + (size >> 2)));
      [size, count, repaired, warnings] = [0, 0, 0, 0];
      [recordIds, itemIds, bad] = [[], [], []];
      return parcel;
    },
    reuse(used) {
      spare.push(Buffer.from(used.buffer));
    },
  };
}

/** The messages of a parcel, without the page at its end. `at` is the file's name. */
export function unpack(parcel: Parcel, at: string, release: () => void): Message[] {
  const { recordIds, itemIds, repaired, warnings, bad } = parcel;
  const titles = { [Symbol.iterator]: () => titlesOf(parcel) };
  const prepared: PreparedTitles = { recordIds, itemIds, titles, release };
  return [
    { type: "prepared", prepared, at, repaired, warnings },
    ...bad.map(({ raw, problem, record, byte }): Message => ({
      type: "bad",
      kind: "record",
      raw,
      problem,
      origin: { at, record, byte },
    })),
  ];
}

function* titlesOf({ rows, size }: Parcel): Generator<PreparedTitle> {
  const bytes = Buffer.from(rows.buffer, rows.byteOffset, size);
  for (let from = 0; from < size;) {
    const marcEnd = from + headBytes + bytes.readUInt32LE(from);
    const evidenceEnd = marcEnd + bytes.readUInt32LE(from + 4);
    const end = evidenceEnd + bytes.readUInt32LE(from + 8);
    const row = JSON.parse(bytes.toString("utf8", evidenceEnd, end)) as Row; // written by a packer
    const [number, byte, id, hash, description, classSource, items] = row;
    yield {
      record: {
        id,
        hash,
        marc: bytes.subarray(from + headBytes, marcEnd),
        description: descriptionOf(description),
        classSource,
        evidence: bytes.toString("utf8", marcEnd, evidenceEnd),
      },
      items: items.map((item) => itemOf(item, id)),
      number,
      byte,
    };
    from = end;
  }
}

/** The values as they are hashed. */
function itemText(fact: ItemFact): string {
  const values = JSON.stringify(itemValues(fact));
  return `[${JSON.stringify(fact.id)},"${contentHash(values)}",${values.slice(1)}`;
}

function itemOf([id, hash, ...values]: ItemRow, recordId: string): PreparedItem {
  return { fact: itemOfValues(id, recordId, values), hash };
}

function descriptionRow(description: Description): DescriptionRow {
  return [
    description.controlNumber,
    description.title,
    description.author,
    description.edition,
    description.publisher,
    description.publicationYear,
    description.language,
    description.materialType,
    description.isbn,
    description.issn,
    description.oclc,
    description.suppressed,
    description.createdOn,
  ];
}

function descriptionOf(row: DescriptionRow): Description {
  return {
    controlNumber: row[0],
    title: row[1],
    author: row[2],
    edition: row[3],
    publisher: row[4],
    publicationYear: row[5],
    language: row[6],
    materialType: row[7],
    isbn: row[8],
    issn: row[9],
    oclc: row[10],
    suppressed: row[11],
    createdOn: row[12],
  };
}
