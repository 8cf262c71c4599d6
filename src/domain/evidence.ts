/**
 * What a mapping can decide on, and what it decides. Evidence of a record is extracted once and stored;
 * an item brings its own call number and its codes.
 */
import type { Fraction } from "./weight.ts";

export interface Evidence {
  /** A call number's scheme (`lcc ddc nlm udc other`), a heading's vocabulary (`lcsh mesh fast local …`), or `marc`. */
  readonly kind: string;
  /** `marc`: a value that a `marc` condition of the mapping asks for (`marc-evidence.ts`). */
  readonly rank: "call-number" | "subject" | "marc";
  /** Call number: shelf key. Heading: its normalised parts joined by `--`. Value: normalised. */
  readonly sortKey: string;
  readonly text: string;
  /** Normalised authority number of a heading, else null. */
  readonly authority: string | null;
  /** `050`, `650`, `952` for an item's own; `502$a` for a value. */
  readonly tag: string;
}

/** A fund of an order of the title with its parents, the fund itself first. */
export type FundChain = readonly { readonly id: string; readonly code: string }[];

export interface TargetRecord {
  readonly id: string;
  readonly evidence: readonly Evidence[];
  readonly funds: readonly FundChain[];
  readonly language: string | null;
  readonly materialType: string;
  readonly publicationYear: number | null;
  readonly isbn: readonly string[];
  readonly issn: readonly string[];
  /** Names of the packages that hold an e-title; absent where none is known. */
  readonly packages?: readonly string[];
  /** Names of the platforms that serve an e-title; absent where none is known. */
  readonly platforms?: readonly string[];
}

export interface TargetItem {
  readonly id: string;
  /** Its own call number, parsed; null when it has none. */
  readonly callNumber: Evidence | null;
  readonly library: string | null;
  readonly location: string | null;
  readonly collection: string | null;
  readonly itemType: string | null;
}

export interface RuleRef {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Assignment {
  readonly department: string;
  readonly weight: Fraction;
  /** Null for `unassigned`. */
  readonly rule: RuleRef | null;
  readonly evidence: { readonly kind: string; readonly tag?: string; readonly text: string } | null;
}

/** Weights add up to 1 (unless the policy is `all`); no rule: `unassigned` with 1. */
export interface Decision {
  readonly excluded: boolean;
  readonly assignments: readonly Assignment[];
}

/** A pure function of its arguments: an item with its record, or a record alone. */
export type Assigner = (record: TargetRecord, item: TargetItem | null) => Decision;

export const unassigned = "unassigned";
