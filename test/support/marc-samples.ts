import fc from "fast-check";
import type { MarcField, MarcRecord } from "../../src/domain/marc/record.ts";
import type { Decoded } from "../../src/kit/marc/index.ts";
import { readMarc } from "../../src/kit/marc/index.ts";
import type { MarcFormat } from "../../src/kit/marc/index.ts";

/** A record as it stands in a catalogue: repeated subfields, blanks, 880 with its link, non-Latin text. */
export const sampleRecord: MarcRecord = {
  leader: "00000cam a2200000 a 4500",
  fields: [
    { tag: "001", value: "ocm00042" },
    { tag: "003", value: "OCoLC" },
    { tag: "008", value: "210315s2021    ja a     b    001 0 jpn  " },
    { tag: "020", ind1: " ", ind2: " ", subfields: [["a", "9784000000000"]] },
    {
      tag: "245",
      ind1: "1",
      ind2: "0",
      subfields: [
        ["6", "880-01"],
        ["a", "Tōkyō no  kenchiku :"],
        ["b", '  two blanks before, & <marks> "quoted"'],
        ["c", "A. Autor."],
      ],
    },
    {
      tag: "650",
      ind1: " ",
      ind2: "0",
      subfields: [
        ["a", "Architecture"],
        ["z", "Japan"],
        ["z", "Tokyo"],
      ],
    },
    { tag: "880", ind1: "1", ind2: "0", subfields: [["6", "245-01/$1"], ["a", "東京の建築 :"]] }, // prettier-ignore
    { tag: "999", ind1: " ", ind2: " ", subfields: [["c", "42"], ["d", "42"]] }, // prettier-ignore
  ],
};

const text = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 30 })
  .filter((value) => !/[\u0000-\u001f\ufffe\uffff]/.test(value) && value.isWellFormed());
const indicator = fc.constantFrom(" ", "0", "1", "4", "7");
const code = fc.constantFrom(..."abcdnpvxyz0269");
const dataField = fc.record({
  tag: fc.integer({ min: 10, max: 998 }).map((tag) => String(tag).padStart(3, "0")),
  ind1: indicator,
  ind2: indicator,
  subfields: fc.array(fc.tuple(code, text), { minLength: 1, maxLength: 6 }),
});
const controlField = fc.record({ tag: fc.constantFrom("001", "003", "005", "007", "008"), value: text });

/** Records that all three formats can hold. */
export const anyRecord: fc.Arbitrary<MarcRecord> = fc.record({
  leader: fc.constantFrom("00000cam a2200000 a 4500", "00000nas a2200000   4500", "00000njm a22000007i 4500"),
  fields: fc.array(fc.oneof<fc.Arbitrary<MarcField>[]>(controlField, dataField), {
    minLength: 1,
    maxLength: 12,
  }),
});

/** Cuts bytes at the given places; the places are taken modulo the length. */
export async function* chunked(bytes: Uint8Array, cuts: readonly number[] = []): AsyncGenerator<Uint8Array> {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  let from = 0;
  for (const to of [...places, bytes.length]) {
    yield await Promise.resolve(bytes.subarray(from, to));
    from = to;
  }
}

export async function readAll(
  bytes: Uint8Array,
  format: MarcFormat | "auto" = "auto",
  cuts: readonly number[] = [],
): Promise<Decoded[]> {
  return collect(readMarc(chunked(bytes, cuts), { format, file: "sample" }));
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export function recordsOf(decoded: readonly Decoded[]): MarcRecord[] {
  return decoded.flatMap((one) => (one.ok ? [one.record] : []));
}

/** The record without what ISO 2709 counts itself: leader/00-04 and 12-16. */
export function uncounted(record: MarcRecord): MarcRecord {
  const { leader } = record;
  return { leader: `00000${leader.slice(5, 12)}00000${leader.slice(17)}`, fields: record.fields };
}
