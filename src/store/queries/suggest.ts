/** Titles with what a mapping could go by, one after the other. */
import type { Evidence, TargetRecord } from "../../domain/evidence.ts";
import { unpackEvidence } from "../evidence.ts";
import type { Reader } from "../port.ts";

export interface StoredTitle {
  /** Without the funds of its orders. */
  readonly record: TargetRecord;
  readonly title: string;
  readonly author: string | null;
  /** The call numbers of its living copies, each once. */
  readonly itemNumbers: readonly Evidence[];
  /** No rule owns it, or a part of it. */
  readonly isUnassigned: boolean;
}

interface Row {
  readonly id: string;
  readonly title: string;
  readonly author: string | null;
  readonly language: string | null;
  readonly materialType: string;
  readonly publicationYear: number | null;
  readonly isbn: string;
  readonly issn: string;
  readonly evidence: string | null;
  readonly numbers: string;
  readonly unassigned: number;
}

/** Living titles that the catalogue shows, in the order in which they came; memory does not grow with them. */
export function* streamTitles(
  { sql, site }: Reader,
  which: "all" | "unassigned",
): Generator<StoredTitle, void> {
  const rows = sql.iterate<Row>(
    `SELECT external_id AS id, title, author, language, material_type AS materialType,
       publication_year AS publicationYear, isbn, issn, record_evidence.evidence,
       (SELECT json_group_array(json_array(scheme, sort_key, call_number)) FROM (
          SELECT DISTINCT scheme, sort_key, call_number FROM item
          WHERE item.record_id = record.id AND deleted_at IS NULL AND withdrawn = 0 AND scheme IS NOT NULL
          ORDER BY scheme, sort_key, call_number)) AS numbers,
       title_set_id IN (SELECT set_id FROM assignment WHERE department = 'unassigned') AS unassigned
     FROM record LEFT JOIN record_evidence ON record_evidence.record_id = record.id
     WHERE site = ? AND record.deleted_at IS NULL AND suppressed = 0
       AND (? = 'all' OR title_set_id IN (SELECT set_id FROM assignment WHERE department = 'unassigned'))
     ORDER BY record.id`,
    site,
    which,
  );
  for (const { id, title, author, evidence, numbers, unassigned, isbn, issn, ...described } of rows) {
    yield {
      record: {
        id,
        evidence: evidence === null ? [] : unpackEvidence(evidence),
        funds: [],
        language: described.language,
        materialType: described.materialType,
        publicationYear: described.publicationYear,
        isbn: JSON.parse(isbn) as string[],
        issn: JSON.parse(issn) as string[],
      },
      title,
      author,
      itemNumbers: (JSON.parse(numbers) as [string, string | null, string][]).map(
        ([kind, sortKey, text]): Evidence => ({
          kind,
          rank: "call-number",
          sortKey: sortKey ?? "",
          text,
          authority: null,
          tag: "952",
        }),
      ),
      isUnassigned: unassigned === 1,
    };
  }
}
