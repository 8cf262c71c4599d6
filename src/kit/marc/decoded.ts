/** What a reader says about each piece of its input. */
import type { MarcRecord } from "../../domain/marc/record.ts";
import type { Problem } from "../../domain/problem.ts";

/** Either a record, with what was repaired or noted on the way, or the bytes that could not be read and why. */
export type Decoded =
  | {
      readonly ok: true;
      readonly record: MarcRecord;
      readonly warnings: readonly Problem[];
      /** From 1; pieces that could not be read count. */
      readonly number: number;
      /** Of the record's first byte in the (unpacked) input. */
      readonly offset: number;
    }
  | {
      readonly ok: false;
      readonly problem: Problem;
      readonly raw: Uint8Array;
      /** 001, where it could be told. */
      readonly controlNumber: string | null;
      readonly number: number;
      readonly offset: number;
    };

/** `Decoded` before it is counted. */
export type Piece =
  | {
      readonly ok: true;
      readonly record: MarcRecord;
      readonly warnings: readonly Problem[];
      readonly offset: number;
    }
  | {
      readonly ok: false;
      readonly problem: Problem;
      readonly raw: Uint8Array;
      readonly controlNumber: string | null;
      readonly offset: number;
    };

/** Text in one of the formats that have no bytes of their own, read. */
export type DecodedText =
  | { readonly ok: true; readonly record: MarcRecord; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problem: Problem; readonly controlNumber: string | null };

/** Cuts a stream of bytes; what comes out does not depend on how the bytes are divided into chunks. */
export interface Splitter {
  push(chunk: Uint8Array): Generator<Piece>;
  end(): Generator<Piece>;
}

/** Nothing longer is taken for one record; 560 items make about 100 kB. */
export const longestRecordBytes = 16 * 1024 * 1024;

/** So much of what is no record is kept for the quarantine. */
export const keptBytes = 64 * 1024;

/** One warning per code, the first. */
export function uniqueByCode(warnings: readonly Problem[]): readonly Problem[] {
  if (warnings.length < 2) return warnings;
  return warnings.filter(
    (warning, index) => warnings.findIndex(({ code }) => code === warning.code) === index,
  );
}
