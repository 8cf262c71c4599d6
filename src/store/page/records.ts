import { createHash } from "node:crypto";
import { describe } from "../../domain/marc/describe.ts";
import { packMarc } from "../../domain/marc/pack.ts";
import { dataFields, subfield } from "../../domain/marc/record.ts";
import type { MarcRecord } from "../../domain/marc/record.ts";
import type { RecordFact } from "../../domain/fact.ts";
import { unassignedSet } from "../sets.ts";
import { upsertText } from "../sql.ts";
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
const insertRecord = `INSERT INTO record (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`;
const described = columns.slice(3, 17);
const updateRecord = `UPDATE record SET ${described.map((column) => `${column} = ?`).join(", ")},
  deleted_at = NULL, hash = ? WHERE id = ?`;
const writeMarc = upsertText("record_marc", ["record_id"], ["record_id", "marc"]);
const insertEvidence = `INSERT INTO evidence (record_id, n, kind, rank, sort_key, text, authority, tag)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;

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

/** Content alone: two records with the same leader and fields have the same hash. */
export function hashOfMarc(marc: MarcRecord): string {
  return createHash("sha256")
    .update(JSON.stringify([marc.leader, marc.fields]))
    .digest("base64url");
}

/** Stores a record unless its content is unchanged; "new" tells that items waiting for it may come out now. */
export function storeRecord(context: PageContext, fact: RecordFact): "new" | "changed" | "unchanged" {
  const { sql, write, site } = context;
  const hash = hashOfMarc(fact.marc);
  const known = findRecord(context, fact.id);
  if (known !== undefined && known.hash === hash && known.deletedAt === null) return "unchanged";

  const description = describe(fact.marc);
  const suppressed = description.suppressed ? 1 : 0;
  const values = [
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
    classSourceOf(fact.marc),
    suppressed,
    description.createdOn,
  ];
  let id: number;
  if (known === undefined) {
    id = sql.run(
      insertRecord,
      site,
      write.source,
      fact.id,
      ...values,
      write.today,
      null,
      hash,
      unassignedSet,
      unassignedSet,
    ).lastId;
  } else {
    id = known.id;
    if (known.suppressed !== suppressed) {
      for (const item of itemsOf(context, id)) context.rollup.touch(item);
    }
    sql.run(updateRecord, ...values, hash, id);
    sql.run("DELETE FROM evidence WHERE record_id = ?", id);
  }
  sql.run(writeMarc, id, packMarc(fact.marc));
  const evidence = context.rules.extractEvidence(fact.marc);
  for (const [n, entry] of evidence.entries()) {
    sql.run(
      insertEvidence,
      id,
      n,
      entry.kind,
      entry.rank,
      entry.sortKey,
      entry.text,
      entry.authority,
      entry.tag,
    );
  }
  context.evidence.set(id, evidence);
  context.dirtyRecords.add(id);
  return known === undefined || known.deletedAt !== null ? "new" : "changed";
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
