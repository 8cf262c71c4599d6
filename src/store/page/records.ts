import { hash as digest } from "node:crypto";
import { describe } from "../../domain/marc/describe.ts";
import { marcText, packMarcText } from "../../domain/marc/pack.ts";
import { dataFields, subfield } from "../../domain/marc/record.ts";
import type { MarcRecord } from "../../domain/marc/record.ts";
import type { RecordFact } from "../../domain/fact.ts";
import type { Description } from "../../domain/description.ts";
import type { Evidence, TargetRecord } from "../../domain/evidence.ts";
import { packEvidence } from "../evidence.ts";
import { insertText, upsertText } from "../sql.ts";
import type { Value } from "../sql.ts";
import { fundChains } from "./assign.ts";
import type { PageContext } from "./types.ts";

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
const writeMarc = upsertText("record_marc", ["record_id"], ["record_id", "marc"]);
const writeEvidence = upsertText("record_evidence", ["record_id"], ["record_id", "evidence"]);

interface KnownRecord {
  readonly id: number;
  readonly hash: string;
  readonly suppressed: number;
  readonly deletedAt: string | null;
}

/** The record row of an external id, living or not. */
export function findRecord(context: PageContext, externalId: string): KnownRecord | undefined {
  return context.sql.get<KnownRecord>(
    `SELECT id, hash, suppressed, deleted_at AS deletedAt FROM record
     WHERE site = ? AND source = ? AND external_id = ?`,
    context.site,
    context.write.source,
    externalId,
  );
}

/** Stores a record unless its content is unchanged; "new" tells that items waiting for it may come out now. */
export function storeRecord(context: PageContext, fact: RecordFact): "new" | "changed" | "unchanged" {
  const text = marcText(fact.marc);
  const hash = digest("sha256", text, "base64url");
  const known = findRecord(context, fact.id);
  if (known !== undefined && known.hash === hash && known.deletedAt === null) return "unchanged";

  const description = describe(fact.marc);
  const evidence = context.rules.extractEvidence(fact.marc);
  const columns = columnsOf(description, classSourceOf(fact.marc));
  const id =
    known === undefined
      ? insertNew(context, fact, columns, hash, targetOf(fact.id, description, evidence))
      : updateKnown(context, known, columns, hash, description.suppressed);
  context.arrivedRecords.set(fact.id, id);
  context.sql.run(writeMarc, id, packMarcText(text));
  context.sql.run(writeEvidence, id, packEvidence(evidence));
  return known === undefined || known.deletedAt !== null ? "new" : "changed";
}

/** A new record is decided before it is written, and remembered for the copies that may follow in the same page. */
function insertNew(
  context: PageContext,
  fact: RecordFact,
  columns: readonly Value[],
  hash: string,
  description: Omit<TargetRecord, "funds">,
): number {
  const { sql, sets, rules, site, write } = context;
  const target = { ...description, funds: fundChains(sql, site, write.source, fact.id) };
  const setId = sets.idOfDecision(rules.assign(target, null));
  const { lastId } = sql.run(
    insertRecord,
    site,
    write.source,
    fact.id,
    ...columns,
    write.today,
    null,
    hash,
    setId,
    setId,
  );
  context.fresh.set(lastId, { target, classSource: classSourceOf(fact.marc), setId, copies: [] });
  return lastId;
}

function updateKnown(
  context: PageContext,
  known: KnownRecord,
  columns: readonly Value[],
  hash: string,
  suppressed: boolean,
): number {
  if (known.suppressed !== Number(suppressed)) {
    for (const item of itemsOf(context, known.id)) context.rollup.touch(item);
  }
  context.sql.run(updateRecord, ...columns, hash, known.id);
  context.fresh.delete(known.id);
  context.dirtyRecords.add(known.id);
  return known.id;
}

function columnsOf(description: Description, classSource: string | null): Value[] {
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

function targetOf(
  id: string,
  { language, materialType, publicationYear, isbn, issn }: Description,
  evidence: readonly Evidence[],
): Omit<TargetRecord, "funds"> {
  return { id, evidence, language, materialType, publicationYear, isbn, issn };
}

/** Marks a record and the copies that still hang on it as gone; a moved copy comes back with its own fact. */
export function deleteRecord(context: PageContext, externalId: string): boolean {
  const known = findRecord(context, externalId);
  if (known === undefined || known.deletedAt !== null) return false;
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

function classSourceOf(marc: MarcRecord): string | null {
  const [field] = dataFields(marc, "942");
  return field === undefined ? null : subfield(field, "2");
}
