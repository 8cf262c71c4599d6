/** What a re-mapping is told, and what it tells. */
import type { Assigner, Evidence, RuleRef, TargetItem, TargetRecord } from "../../domain/evidence.ts";
import type { MarcRecord } from "../../domain/marc/record.ts";
import type { Month } from "../../domain/time.ts";
import type { Rules } from "../page/types.ts";

/** How one of the two mappings decides. */
export interface Deciding {
  readonly assign: Assigner;
  /** Where the mapping excludes the target; null when it does not, or nobody can tell. */
  readonly excludedBy: (record: TargetRecord, item: TargetItem | null) => RuleRef | null;
}

/** The rules that come into force, and what is known about them; what is absent is taken for the worst. */
export interface RemapRules extends Rules {
  readonly excludedBy?: Deciding["excludedBy"];
  /** Whether a condition asks for a fund; absent: it may. */
  readonly needsFunds?: boolean;
}

export interface RemapOptions {
  /** Tells what would move, and keeps nothing. */
  readonly dryRun?: boolean;
  /** The mapping in force until now: which of its rules lose. With `against`, another one to compare with. */
  readonly before?: Deciding;
  /** What targets are compared with: what `before` decides, not what the store says. Only in a dry run. */
  readonly against?: boolean;
  /** Whether the two mappings can decide the target differently; null: any. */
  readonly touches?: ((record: TargetRecord, item: TargetItem | null) => boolean) | null;
  /** Where a rule of the mapping before stands in the files of the new one; null when it is not there. */
  readonly placeNow?: (at: RuleRef) => RuleRef | null;
  /** Loans are those of these months, both included; absent: of all. */
  readonly loans?: { readonly from: Month; readonly to: Month };
  /** Conditions name other MARC fields than before: their values are read once, from the stored MARC, and kept. */
  readonly marc?: MarcReading;
  /** Every target is decided, from a new reading of its call number, whatever is known of it. */
  readonly whole?: boolean;
  /** Asked before anything is written; what it throws ends the re-mapping, and nothing is kept. */
  readonly approve?: (counts: RemapCounts) => Promise<void>;
  readonly signal?: AbortSignal;
  /** Titles looked at so far. */
  readonly onProgress?: (titles: number) => void;
}

export interface MarcReading {
  /** Empty: the values that are kept are dropped. */
  readonly selectors: readonly string[];
  readonly extract: (record: MarcRecord) => readonly Evidence[];
}

/** Whole or in parts: titles and copies count by weight. */
export interface Amounts {
  readonly titles: number;
  readonly items: number;
  readonly loans: number;
}

/**
 * What leaves one department for another. A target that several lose and several gain is divided among the pairs in
 * proportion, so that the moves of a department add up to its change.
 */
export interface Move extends Amounts {
  /** `excluded` for what is out of all figures; null under the policy `all`, where one may gain and nobody lose. */
  readonly from: string | null;
  readonly to: string | null;
  /** Rules of the new mapping that win here; where none does, those of the old one that lose. */
  readonly rules: readonly {
    readonly file: string;
    readonly line: number;
    readonly titles: number;
    readonly mapping: "new" | "old";
  }[];
  readonly examples: readonly { readonly record: string; readonly title: string }[];
}

export interface DepartmentChange {
  readonly id: string;
  readonly before: Amounts;
  readonly after: Amounts;
}

/** Titles that a rule wins from and loses to other departments; `old`: it is no longer in the files. */
export interface RuleChange {
  readonly file: string;
  readonly line: number;
  readonly department: string;
  readonly mapping: "new" | "old";
  readonly won: number;
  readonly lost: number;
}

/** Figures count living titles that are not suppressed, and their copies that are not withdrawn, as reports do. */
export interface RemapCounts {
  /** In the store. */
  readonly titles: number;
  readonly items: number;
  readonly titlesMoved: number;
  readonly itemsMoved: number;
  readonly moves: readonly Move[];
  readonly departments: readonly DepartmentChange[];
  readonly rules: readonly RuleChange[];
  /** Titles that a sync changed meanwhile and that were decided once more. */
  readonly decidedAgain: number;
  /** Living titles and items for which the store says otherwise, counted in figures or not; the deleted keep theirs. */
  readonly differing: number;
}
