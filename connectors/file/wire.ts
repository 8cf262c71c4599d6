/**
 * What the reading thread hands over: the rows of a page, each a JSON text of bare lists, the bytes beside them in one
 * buffer. Cloning the messages themselves took longer than reading the records.
 */
import type { Description } from "../../src/domain/description.ts";
import type { Evidence } from "../../src/domain/evidence.ts";
import type { ItemFact } from "../../src/domain/fact.ts";
import { contentHash, itemOfValues, itemValues } from "../../src/domain/prepare.ts";
import type { ItemValues, PreparedItem, PreparedRecord } from "../../src/domain/prepare.ts";
import type { Problem } from "../../src/domain/problem.ts";
import type { Message } from "../../src/kit/contract.ts";
import type { FileRecord } from "./read-records.ts";

export interface Parcel {
  readonly rows: readonly string[];
  /** MARC of the records and raw bytes of what cannot be read, end to end in the order of the rows. */
  readonly bytes: Uint8Array<ArrayBuffer>;
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
type EvidenceRow = readonly [string, Evidence["rank"], string, string, string | null, string];
type ItemRow = readonly [id: string, hash: string, ...values: ItemValues];
type Row =
  | readonly [
      record: number,
      byte: number,
      size: number,
      id: string,
      hash: string,
      description: DescriptionRow,
      classSource: string | null,
      evidence: readonly EvidenceRow[],
      warnings: readonly Problem[],
      items: readonly ItemRow[],
    ]
  | readonly [record: number, byte: number, size: number, problem: Problem];

export interface Packer {
  add(file: FileRecord & { readonly ok: true }, record: PreparedRecord): void;
  addBad(file: FileRecord & { readonly ok: false }): void;
  /** Records and items since the last parcel. */
  readonly count: number;
  take(): Parcel;
}

export function createPacker(): Packer {
  let rows: string[] = [];
  let parts: Uint8Array[] = [];
  let count = 0;
  return {
    get count() {
      return count;
    },
    add({ origin, warnings, items }, { id, hash, marc, description, classSource, evidence }) {
      const own = JSON.stringify([
        origin.record ?? 0,
        origin.byte ?? 0,
        marc.length,
        id,
        hash,
        descriptionRow(description),
        classSource,
        evidence.map(evidenceRow),
        warnings,
      ]);
      rows.push(`${own.slice(0, -1)},[${items.map(itemText).join(",")}]]`);
      parts.push(marc);
      count += 1 + items.length;
    },
    addBad({ origin, raw, problem }) {
      rows.push(JSON.stringify([origin.record ?? 0, origin.byte ?? 0, raw.length, problem]));
      parts.push(raw);
      count += 1;
    },
    take() {
      const parcel = { rows, bytes: joined(parts) };
      rows = [];
      parts = [];
      count = 0;
      return parcel;
    },
  };
}

/** The messages of a parcel, without the page at its end. `at` is the file's name. */
export function unpack({ rows, bytes }: Parcel, at: string): Message[] {
  let from = 0;
  return rows.map((text): Message => {
    const row = JSON.parse(text) as Row; // written by a packer
    const [record, byte, size] = row;
    const own = bytes.subarray(from, from + size);
    from += size;
    const origin = { at, record, byte };
    if (row.length === 4) return { type: "bad", kind: "record", raw: own, problem: row[3], origin };
    const [, , , id, hash, description, classSource, evidence, warnings, items] = row;
    return {
      type: "prepared",
      record: {
        id,
        hash,
        marc: own,
        description: descriptionOf(description),
        classSource,
        evidence: evidence.map(evidenceOf),
      },
      items: items.map((item) => itemOf(item, id)),
      origin,
      ...(warnings.length > 0 && { warnings }),
    };
  });
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
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

function evidenceRow({ kind, rank, sortKey, text, authority, tag }: Evidence): EvidenceRow {
  return [kind, rank, sortKey, text, authority, tag];
}

function evidenceOf([kind, rank, sortKey, text, authority, tag]: EvidenceRow): Evidence {
  return { kind, rank, sortKey, text, authority, tag };
}
