import type { TargetRecord } from "../../domain/evidence.ts";
import type { RecordFact } from "../../domain/fact.ts";
import { marcText } from "../../domain/marc/pack.ts";
import { contentHash, readRecord } from "../../domain/prepare.ts";
import type { PreparedRecord } from "../../domain/prepare.ts";
import { unpackEvidence } from "../evidence.ts";
import { insertText, upsertText } from "../sql.ts";
import type { Value } from "../sql.ts";
import { fundChains } from "./assign.ts";
import type { KnownRecord, PageContext } from "./types.ts";

const columns = [
  "site",
  "source",
  "external_id",
  "control_number",
  "title",
  "author",
  "edition",
  "publisher",
  "publication_year",
  "language",
  "material_type",
  "isbn",
  "issn",
  "oclc",
  "class_source",
  "suppressed",
  "created_on",
  "first_seen_on",
  "deleted_at",
  "hash",
  "set_id",
  "title_set_id",
];
const insertRecord = insertText("record", columns, 1);
const described = columns.slice(3, 17);
const updateRecord = `UPDATE record SET ${described.map((column) => `${column} = ?`).join(", ")},
  deleted_at = NULL, hash = ? WHERE id = ?`;
const insertEvidence = insertText("record_evidence", ["record_id", "evidence"], 1);
const writeEvidence = upsertText("record_evidence", ["record_id"], ["record_id", "evidence"]);

/** Stores a record unless its content is unchanged; "new" tells that items waiting for it may come out now. */
export function storeRecord(context: PageContext, { id, marc }: RecordFact): "new" | "changed" | "unchanged" {
  const text = marcText(marc);
  const hash = contentHash(text);
  const known = context.known.record(id);
  if (isUnchanged(known, hash)) return "unchanged";
  const read = readRecord(marc, context.rules.extractEvidence);
  return writeRecord(context, known, { id, hash, marc: Buffer.from(text), ...read });
}

/** The same for one that was made ready elsewhere. */
export function storePrepared(context: PageContext, record: PreparedRecord): "new" | "changed" | "unchanged" {
  const known = context.known.record(record.id);
  return isUnchanged(known, record.hash) ? "unchanged" : writeRecord(context, known, record);
}

function isUnchanged(known: KnownRecord | undefined, hash: string): boolean {
  return known?.hash === hash && known.deletedAt === null;
}

function writeRecord(
  context: PageContext,
  known: KnownRecord | undefined,
  record: PreparedRecord,
): "new" | "changed" {
  const id = known === undefined ? insertNew(context, record) : updateKnown(context, known, record);
  context.known.forgetRecord(record.id);
  context.arrivedRecords.set(record.id, id);
  context.marc.put(id, record.marc);
  context.sql.run(known === undefined ? insertEvidence : writeEvidence, id, record.evidence);
  return known === undefined || known.deletedAt !== null ? "new" : "changed";
}

/** A new record is decided before it is written, and remembered for the copies that may follow in the same page. */
function insertNew(context: PageContext, record: PreparedRecord): number {
  const { sql, sets, rules, site, write } = context;
  const target = {
    ...targetOf(record),
    funds: context.orders.mayHold ? fundChains(sql, site, write.source, record.id) : [],
  };
  const setId = sets.idOfDecision(rules.assign(target, null));
  const { lastId } = sql.run(
    insertRecord,
    site,
    write.source,
    record.id,
    ...columnsOf(record),
    write.today,
    null,
    record.hash,
    setId,
    setId,
  );
  context.fresh.set(lastId, {
    target,
    classSource: record.classSource,
    setId,
    copies: [],
    decided: new Map(),
  });
  return lastId;
}

function updateKnown(context: PageContext, known: KnownRecord, record: PreparedRecord): number {
  if (known.suppressed !== Number(record.description.suppressed)) {
    for (const item of itemsOf(context, known.id)) context.rollup.touch(item);
  }
  context.sql.run(updateRecord, ...columnsOf(record), record.hash, known.id);
  context.fresh.delete(known.id);
  context.dirtyRecords.add(known.id);
  return known.id;
}

function columnsOf({ description, classSource }: PreparedRecord): Value[] {
  return [
    description.controlNumber,
    description.title,
    description.author,
    description.edition,
    description.publisher,
    description.publicationYear,
    description.language,
    description.materialType,
    JSON.stringify(description.isbn),
    JSON.stringify(description.issn),
    description.oclc,
    classSource,
    Number(description.suppressed),
    description.createdOn,
  ];
}

function targetOf({ id, evidence, description }: PreparedRecord): Omit<TargetRecord, "funds"> {
  const { language, materialType, publicationYear, isbn, issn } = description;
  return { id, evidence: unpackEvidence(evidence), language, materialType, publicationYear, isbn, issn };
}

/** Marks a record and the copies that still hang on it as gone; a moved copy comes back with its own fact. */
export function deleteRecord(context: PageContext, externalId: string): boolean {
  const known = context.known.record(externalId);
  if (known === undefined || known.deletedAt !== null) return false;
  context.known.forgetRecord(externalId);
  context.known.forgetItems();
  const { sql, write } = context;
  sql.run("UPDATE record SET deleted_at = ? WHERE id = ?", write.now, known.id);
  sql.run("UPDATE item SET deleted_at = ? WHERE record_id = ? AND deleted_at IS NULL", write.now, known.id);
  context.dirtyTitles.add(known.id);
  return true;
}

function itemsOf(context: PageContext, recordId: number): number[] {
  return context.sql
    .all<{ id: number }>("SELECT id FROM item WHERE record_id = ?", recordId)
    .map(({ id }) => id);
}
