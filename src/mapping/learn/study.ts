/**
 * Learns from titles with a department by their call number, keeps a part of them apart, and says how often the
 * proposals would be right on those.
 */
import type { Assigner } from "../../domain/evidence.ts";
import type { MappingFile } from "../read.ts";
import { hashOf } from "./hash.ts";
import { agreementOf } from "./measure.ts";
import type { Agreement } from "./measure.ts";
import { createProposer } from "./propose.ts";
import type { Proposal } from "./propose.ts";
import { withProposals } from "./rules.ts";
import type { StudiedTitle } from "./studied.ts";
import { createHeadingTable } from "./table.ts";
import type { HeadingTable } from "./table.ts";

export interface CurvePoint extends Agreement {
  readonly confidence: number;
  /** Entries that were proposed for the kept-apart titles. */
  readonly proposals: number;
}

export interface Study {
  /** A title with departments; others are no part of the study. */
  add(title: StudiedTitle): void;
  /** What the mapping's own heading rules do for the titles kept apart. */
  before(assign: Assigner): Agreement;
  /** The same with the proposals added to its files. Only before `finish`. */
  at(confidence: number): CurvePoint;
  /** Learnt without the titles kept apart, until `finish`. */
  readonly table: HeadingTable;
  /** Learns from the titles kept apart too. */
  finish(): void;
  readonly learnt: number;
  readonly kept: number;
}

export interface StudyOptions {
  readonly files: readonly MappingFile[];
  /** Throws when the files do not compile; they do with any proposals when they do without. */
  readonly compile: (files: readonly MappingFile[]) => { readonly assign: Assigner };
  /** Whether a work is kept apart. */
  readonly isKept?: (work: string) => boolean;
}

const folds = 5;
/** Enough for a precision to within half a percent; what comes later is learnt from. */
const mostKept = 20_000;

/** Which fifth of the works a title is in, by a hash of title and author: editions of a work stay together. */
export function foldOf(work: string): number {
  return hashOf(work) % folds;
}

export function createStudy({ files, compile, isKept = (work) => foldOf(work) === 0 }: StudyOptions): Study {
  const table = createHeadingTable();
  const kept = new Map<string, StudiedTitle>();
  return {
    table,
    get learnt() {
      return table.titles;
    },
    get kept() {
      return kept.size;
    },
    add: (title) => {
      if (title.departments.length === 0) return;
      if (!isKept(title.work) || (kept.size >= mostKept && !kept.has(title.work))) table.add(title);
      else if (!kept.has(title.work)) kept.set(title.work, title);
    },
    before: (assign) => agreementOf(assign, [...kept.values()]),
    at: (confidence) => {
      const proposals = proposalsFor(table, confidence, kept.values());
      const { assign } = compile(withProposals(files, proposals));
      return { confidence, proposals: proposals.length, ...agreementOf(assign, [...kept.values()]) };
    },
    finish: () => {
      for (const title of kept.values()) table.add(title);
    },
  };
}

/** The proposals that decide for one of the titles at least. */
export function proposalsFor(
  table: HeadingTable,
  confidence: number,
  titles: Iterable<StudiedTitle>,
): Proposal[] {
  const proposer = createProposer(table, confidence);
  for (const title of titles) proposer.add(title);
  return proposer.proposals();
}
