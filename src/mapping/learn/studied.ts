/** A title as learning sees it: what its call number says, and its headings with the call number hidden. */
import type { Assigner, Evidence, TargetRecord } from "../../domain/evidence.ts";
import type { LearnTitle } from "./table.ts";

export interface TitleToStudy {
  readonly record: TargetRecord;
  readonly title: string;
  readonly author: string | null;
  /** The own call numbers of its copies. */
  readonly itemNumbers: readonly Evidence[];
}

export interface StudiedTitle extends LearnTitle {
  readonly id: string;
  readonly title: string;
  /** Empty: no call number that a rule knows. */
  readonly departments: readonly string[];
  /** The title with its headings alone: no call number, order or identifier that could decide. */
  readonly byHeadings: TargetRecord;
}

/** Null for a title without a heading of a topic, or that the mapping excludes. */
export function studied(
  { record, title, author, itemNumbers }: TitleToStudy,
  assign: Assigner,
): StudiedTitle | null {
  const headings = record.evidence.filter(({ rank }) => rank === "subject");
  // 655 says what a title is, not what it is about: "Internet videos" are no electrical engineering.
  const topics = headings.filter(({ tag }) => tag !== "655");
  if (topics.length === 0) return null;
  const bare: TargetRecord = {
    ...record,
    evidence: record.evidence.filter(({ rank }) => rank === "call-number"),
    id: "",
    isbn: [],
    issn: [],
    funds: [],
  };
  const departments = new Set<string>();
  for (const callNumber of itemNumbers.length === 0 ? [null] : itemNumbers) {
    const item = callNumber === null ? null : { ...noItem, callNumber };
    const { excluded, assignments } = assign(bare, item);
    if (excluded) return null;
    // `any: true` decides without evidence, and says nothing about the call number.
    for (const { department, evidence } of assignments) if (evidence !== null) departments.add(department);
  }
  return {
    id: record.id,
    title,
    work: workOf(title, author),
    headings: topics.map(({ sortKey, text }) => ({ key: sortKey, text })),
    departments: [...departments],
    byHeadings: { ...bare, evidence: headings },
  };
}

const noItem = { id: "", library: null, location: null, collection: null, itemType: null };

/** Title and author, normalised and cut: editions and copies of a description share it. */
function workOf(title: string, author: string | null): string {
  return `${bareText(title).slice(0, 60)}|${bareText(author ?? "").slice(0, 40)}`;
}

function bareText(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
