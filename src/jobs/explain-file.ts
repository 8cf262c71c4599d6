/** What a mapping would make of the records of a file, without loading them. */
import { createReadStream } from "node:fs";
import { ConfigError, DataError } from "../domain/problem.ts";
import { describe } from "../domain/marc/describe.ts";
import { dataFields, subfield } from "../domain/marc/record.ts";
import type { MarcRecord } from "../domain/marc/record.ts";
import { externalIdOf, itemsOf952, readMarc, withoutItems } from "../kit/marc/index.ts";
import { explainShape } from "../mapping/index.ts";
import type { ExplainShape, Mapping } from "../mapping/index.ts";
import type { Rules } from "../store/index.ts";

/**
 * For each record what it gets by itself, then for each of its 952 what the copy gets. Funds are unknown here. Throws
 * DataError for a record that cannot be read, with its number and place, ConfigError for a file that cannot.
 */
export async function* explainFile(
  file: string,
  mapping: Mapping,
  rules: Pick<Rules, "extractEvidence" | "readCallNumber">,
  { currency, signal }: { readonly currency: string; readonly signal: AbortSignal },
): AsyncGenerator<ExplainShape> {
  for await (const decoded of readMarc(chunksOf(file), { format: "auto", file, signal })) {
    if (!decoded.ok) throw new DataError(decoded.problem);
    yield* explained(decoded.record, mapping, rules, currency);
  }
}

function* explained(
  whole: MarcRecord,
  mapping: Mapping,
  rules: Pick<Rules, "extractEvidence" | "readCallNumber">,
  currency: string,
): Generator<ExplainShape> {
  const id = externalIdOf(whole);
  const marc = withoutItems(whole);
  const { language, materialType, publicationYear, isbn, issn } = describe(marc);
  const evidence = rules.extractEvidence(marc);
  const record = { id, evidence, funds: [], language, materialType, publicationYear, isbn, issn };
  const [local] = dataFields(marc, "942");
  const classSource = local === undefined ? null : subfield(local, "2");
  yield explainShape(mapping, record, null, `record:${id}`);
  for (const item of itemsOf952(whole, id, { currency })) {
    const target = {
      id: item.id,
      callNumber: rules.readCallNumber(item.callNumber, item.classSource, classSource),
      library: item.homeLibrary,
      location: item.location,
      collection: item.collection,
      itemType: item.itemType,
    };
    yield explainShape(mapping, record, target, `item:${item.id}`);
  }
}

async function* chunksOf(file: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(file)) yield chunk as Buffer;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigError([
      { code: "FILE_UNREADABLE", what: "the file cannot be read", where: file, why, cure: "check the path" },
    ]);
  }
}
