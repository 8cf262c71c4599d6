import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { isDataField } from "../../domain/marc/record.ts";
import type { MarcRecord } from "../../domain/marc/record.ts";
import { describeWithSharedData, sharedData } from "../../../test/support/shared-data.ts";
import { readAll } from "../../../test/support/marc-samples.ts";
import type { Decoded } from "./index.ts";
import { controlNumberOf } from "./notes.ts";

interface Expected {
  readonly index: number;
  readonly offset: number | null;
  readonly control: string | null;
  readonly outcome: "ok" | "repaired" | "quarantined";
  readonly reasons: readonly string[];
  readonly fields?: number;
  readonly title?: string;
  readonly text?: string;
  readonly items?: number;
  readonly actualBytes?: number;
  readonly skippedBytes?: number;
  readonly declaredBytes?: number;
  readonly foundBytes?: number;
}

interface Manifest {
  readonly files: readonly {
    readonly file: string;
    readonly wrong: string;
    readonly expect: { readonly records: readonly Expected[] };
  }[];
  readonly real: readonly {
    readonly file: string;
    readonly note: string;
    readonly recordTerminators?: number;
  }[];
}

/** Reasons that are notes: the record came as it is. */
const notes = new Set(["padding", "no-title", "no-biblionumber", "no-namespace"]);

function outcomeOf(decoded: Decoded): Expected["outcome"] {
  if (!decoded.ok) return "quarantined";
  return decoded.warnings.some(({ code }) => !notes.has(code)) ? "repaired" : "ok";
}

function seenAs(decoded: Decoded, asserted: Expected | undefined): Expected {
  return {
    index: decoded.number,
    offset: asserted?.offset === null ? null : decoded.offset,
    control: decoded.ok ? controlNumberOf(decoded.record) : decoded.controlNumber,
    outcome: outcomeOf(decoded),
    reasons: decoded.ok ? decoded.warnings.map(({ code }) => code) : [decoded.problem.code],
  };
}

function valueOf(record: MarcRecord, tag: string, code: string): string[] {
  return record.fields.flatMap((field) =>
    field.tag === tag && isDataField(field)
      ? field.subfields.filter(([one]) => one === code).map(([, value]) => value)
      : [],
  );
}

function assertDetails(decoded: Decoded, wanted: Expected, bytes: Buffer): void {
  if (!decoded.ok) {
    expect(Buffer.from(decoded.raw)).toEqual(
      bytes.subarray(decoded.offset, decoded.offset + decoded.raw.length),
    );
    if (wanted.foundBytes !== undefined) expect(decoded.raw).toHaveLength(wanted.foundBytes);
    if (wanted.declaredBytes !== undefined)
      expect(decoded.problem.what).toContain(String(wanted.declaredBytes));
    return;
  }
  const { record, warnings } = decoded;
  if (wanted.fields !== undefined) expect(record.fields).toHaveLength(wanted.fields);
  if (wanted.title !== undefined) expect(valueOf(record, "245", "a")).toEqual([wanted.title]);
  if (wanted.items !== undefined)
    expect(record.fields.filter(({ tag }) => tag === "952")).toHaveLength(wanted.items);
  const said = warnings.map(({ what }) => what).join("\n");
  if (wanted.actualBytes !== undefined) expect(said).toContain(String(wanted.actualBytes));
  if (wanted.skippedBytes !== undefined) expect(said).toContain(`${String(wanted.skippedBytes)} bytes`);
  const [, tag = "", code = "", text] = /^(\d{3})(\w): (.*)$/s.exec(wanted.text ?? "") ?? [];
  if (text !== undefined) expect(valueOf(record, tag, code)).toContain(text);
}

describeWithSharedData("damaged files", () => {
  const path = sharedData("marc", "broken", "broken.json");
  const manifest = existsSync(path)
    ? (JSON.parse(readFileSync(path, "utf8")) as Manifest)
    : { files: [], real: [] };

  test.each(manifest.files)("$file: $wrong", async ({ file, expect: { records } }) => {
    const bytes = readFileSync(sharedData("marc", "broken", file));

    const decoded = await readAll(bytes);

    expect(decoded.map((one, index) => seenAs(one, records[index]))).toEqual(
      records.map(({ index, offset, control, outcome, reasons }) => ({
        index,
        offset,
        control,
        outcome,
        reasons,
      })),
    );
    decoded.forEach((one, index) => {
      assertDetails(one, records[index]!, bytes);
    });
  });

  /** Records read and put aside, per real file. */
  const real: Readonly<Record<string, readonly [returned: number, quarantined: number]>> = {
    "real/marc4j-pride-and-prejudice-with-many-errors.mrc": [367, 16],
    "real/marc4j-bad_too_long_plus_2.mrc": [3, 0],
    "real/marc4j-bad_oversize_field_bad_directory.mrc": [4, 1],
    "real/marc4j-chinese_mangled_multibyte.mrc": [4, 0],
    "real/marc4j-greekmissingcharsetchange.mrc": [3, 0],
    "real/catmandu-broken.xml": [10, 0],
    "real/rubymarc-three-records-second-bad.xml": [3, 0],
  };

  test.each(manifest.real)("$file: $note", async ({ file, recordTerminators }) => {
    const decoded = await readAll(readFileSync(sharedData("marc", "broken", file)));

    const returned = decoded.filter(({ ok }) => ok).length;
    expect([returned, decoded.length - returned]).toEqual(real[file]);
    if (recordTerminators !== undefined) expect(decoded).toHaveLength(recordTerminators);
  });

  test("the second of three records is said to be damaged, the others are not", async () => {
    const decoded = await readAll(
      readFileSync(sharedData("marc", "broken", "real/rubymarc-three-records-second-bad.xml")),
    );

    expect(
      decoded.map((one) => one.ok && one.warnings.some(({ code }) => code === "control-character")),
    ).toEqual([false, true, false]);
  });
});
