/** What `map suggest` proposes, from the store. Nothing is changed. */
import {
  createProposer,
  createStudy,
  createUnownedGroups,
  defaultConfidence,
  studied,
} from "../mapping/index.ts";
import type { Agreement, CurvePoint, Mapping, MappingFile, Proposal, Suggestion } from "../mapping/index.ts";
import type { Store } from "../store/index.ts";
import { streamTitles } from "../store/queries/suggest.ts";
import { compileOrThrow } from "./rules.ts";

export interface Unowned {
  readonly suggestions: readonly Suggestion[];
  /** Titles that no rule owns, wholly or in part; of these, with neither call number nor heading. */
  readonly titles: number;
  readonly speechless: number;
}

/** The biggest groups of titles without a department, by class and by heading. */
export function suggestGroups(store: Store, limit: number): Promise<Unowned> {
  return store.read((reader) => {
    const groups = createUnownedGroups();
    let titles = 0;
    for (const { record, title, itemNumbers } of streamTitles(reader, "unassigned")) {
      titles += 1;
      const ofRecord = record.evidence.filter(({ rank }) => rank === "call-number");
      const headings = record.evidence.filter(({ rank }) => rank === "subject");
      groups.add({ id: record.id, title, callNumbers: [...itemNumbers, ...ofRecord], headings });
    }
    const { speechless } = groups;
    return Promise.resolve({ suggestions: groups.suggestions(limit), titles, speechless });
  });
}

export interface Learnt {
  readonly proposals: readonly Proposal[];
  readonly confidence: number;
  /** Works learnt from, those kept apart for the measurement among them. */
  readonly learnt: number;
  /** What the mapping's own heading rules do for the titles kept apart. */
  readonly before: Agreement;
  /** What they do together with proposals of at least this confidence; the chosen one is among them. */
  readonly curve: readonly CurvePoint[];
  /** Titles with headings that no rule owns, and how many of them the proposals reach. */
  readonly open: number;
  readonly reached: number;
}

const curveConfidences = [0.7, 0.8, defaultConfidence, 0.9, 0.95];

/**
 * Learns from all titles with a department by their call number under the mapping, and proposes for those with
 * headings that no rule owns. A fifth of the works is kept apart to measure before all are learnt from.
 */
export function learnFromHeadings(
  store: Store,
  mapping: Mapping,
  files: readonly MappingFile[],
  confidence: number,
): Promise<Learnt> {
  return store.read((reader) => {
    const study = createStudy({ files, compile: compileOrThrow });
    for (const stored of streamTitles(reader, "all")) {
      const title = studied(stored, mapping.assign);
      if (title !== null) study.add(title);
    }
    const before = study.before(mapping.assign);
    const asked = [...new Set([...curveConfidences, confidence])].sort((a, b) => a - b);
    const curve = study.kept === 0 ? [] : asked.map((point) => study.at(point));
    study.finish();
    const proposer = createProposer(study.table, confidence);
    let open = 0;
    let reached = 0;
    for (const stored of streamTitles(reader, "unassigned")) {
      const title = studied(stored, mapping.assign);
      if (title === null || title.departments.length > 0) continue;
      open += 1;
      if (proposer.add(title)) reached += 1;
    }
    const proposals = proposer.proposals();
    return Promise.resolve({
      proposals,
      confidence,
      learnt: study.table.titles,
      before,
      curve,
      open,
      reached,
    });
  });
}
