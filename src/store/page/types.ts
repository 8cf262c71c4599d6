import type { Assigner, Evidence, TargetRecord } from "../../domain/evidence.ts";
import type { Fact, FactKind } from "../../domain/fact.ts";
import type { Json } from "../../domain/json.ts";
import type { MarcRecord } from "../../domain/marc/record.ts";
import type { PreparedTitles } from "../../domain/prepare.ts";
import type { Problem } from "../../domain/problem.ts";
import type { CalendarDay, Instant } from "../../domain/time.ts";
import type { AppliedMapping } from "../mapping-version.ts";
import type { Sets } from "../sets.ts";
import type { Sql } from "../sql.ts";
import type { MarcWriter } from "../marc.ts";

export interface OriginText {
  readonly at: string;
  readonly record?: number;
  readonly byte?: number;
}

/** What a page brings, in order. */
export type Entry =
  | { readonly type: "fact"; readonly fact: Fact; readonly origin: OriginText }
  /** Records with their items, as if each were a fact; `at` is their file. */
  | { readonly type: "prepared"; readonly prepared: PreparedTitles; readonly at: string }
  | { readonly type: "gone"; readonly kind: FactKind; readonly id: string }
  | {
      readonly type: "bad";
      readonly kind: FactKind;
      readonly id?: string;
      readonly raw: Uint8Array;
      readonly problem: Problem;
      readonly origin: OriginText;
    }
  | { readonly type: "swept"; readonly kind: FactKind };

export interface PageWrite {
  readonly source: string;
  readonly stream: string;
  readonly runId: number;
  readonly entries: readonly Entry[];
  /** Absent: the old cursor stays. */
  readonly cursor?: Json;
  readonly cursorVersion: number;
  readonly covered?: { readonly from: CalendarDay | null; readonly to: Instant };
  readonly notices?: readonly Problem[];
  /** What the sweep under way has seen is noted. */
  readonly sweeping: boolean;
  /** The stream ended with this page: the sweep is over, the data are as of this moment. */
  readonly ended?: { readonly asOf: Instant };
  readonly acceptDeletions: boolean;
  /** The right to write: refused when another holder took the job over. */
  readonly lease?: { readonly job: string; readonly token: number };
  readonly now: Instant;
  readonly today: CalendarDay;
}

export interface PageCounts {
  readonly seen: number;
  readonly stored: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly quarantined: number;
}

/** How the site reads and decides. */
export interface Rules {
  /** The mapping by which they decide; absent where nobody keeps account of it. */
  readonly mappingVersion?: string;
  /** Names how call numbers are read here; while it stays, what is stored of an item's number is taken as it is. */
  readonly reading?: string;
  /** The same site under the mapping that has come into force since; a page is always written by that one. */
  readonly under?: (mapping: AppliedMapping) => Rules;
  readonly assign: Assigner;
  /** Share of a kind that may vanish in one sweep without asking, in percent. */
  readonly vanishPercent: number;
  readonly extractEvidence: (record: MarcRecord) => readonly Evidence[];
  /** Reads an item's call number; `recordClassSource` is 942 $2. */
  readonly readCallNumber: (
    callNumber: string | null,
    classSource: string | null,
    recordClassSource: string | null,
  ) => Evidence | null;
}

/** All that the parts of one page commit share. */
export interface PageContext {
  readonly sql: Sql;
  readonly sets: Sets;
  readonly site: string;
  readonly rules: Rules;
  readonly write: PageWrite;
  readonly counts: { seen: number; stored: number; unchanged: number; deleted: number; quarantined: number };
  /** Records whose own decision and whose copies are to be decided anew. */
  readonly dirtyRecords: Set<number>;
  /** Copies to be decided anew. */
  readonly dirtyItems: Set<number>;
  /** Records whose title share may have changed. */
  readonly dirtyTitles: Set<number>;
  /** Records that came new in this page: what their copies are decided by, and the sets of these. */
  readonly fresh: Map<number, FreshRecord>;
  /** Ids of the records that came in this page, by their external ids. */
  readonly arrivedRecords: Map<string, number>;
  /** Whether anything of this source may be in quarantine. */
  readonly quarantine: { mayHold: boolean };
  /** Whether anything of this source may have been ordered. */
  readonly orders: { mayHold: boolean };
  readonly known: Known;
  readonly marc: MarcWriter;
  readonly rollup: Rollup;
}

/** What the store had of the page's records and items before it, asked at once. A written one is asked for anew. */
export interface Known {
  /** Nothing that the page brings was here. */
  readonly isNothing: boolean;
  record(externalId: string): KnownRecord | undefined;
  item(externalId: string): KnownItem | undefined;
  forgetRecord(externalId: string): void;
  forgetItem(externalId: string): void;
  /** After changes to rows that are not named. */
  forgetItems(): void;
}

export interface KnownRecord {
  readonly id: number;
  readonly hash: string;
  readonly suppressed: number;
  readonly deletedAt: string | null;
}

/** An id by which an item is named, and its row; `row` is null where the item itself is not here. */
export interface KnownItem {
  readonly id: number;
  readonly row: KnownItemRow | null;
}

export interface KnownItemRow {
  readonly hash: string;
  readonly recordId: number;
  readonly deletedAt: string | null;
  readonly firstSeenOn: string;
  readonly setId: number;
  readonly scheme: string | null;
  readonly sortKey: string | null;
  readonly lost: number;
  readonly withdrawn: number;
  readonly damaged: number;
  readonly notForLoan: number;
}

export interface FreshRecord {
  readonly target: TargetRecord;
  readonly classSource: string | null;
  readonly setId: number;
  /** Sets of the living copies so far. */
  readonly copies: number[];
  /** What was decided of its copies so far, by all that a decision about one can rest on. */
  readonly decided: Map<string, DecidedCopy>;
}

export interface DecidedCopy {
  readonly setId: number;
  readonly callNumber: Evidence | null;
}

/** Changes of the roll-ups, gathered over a page and written once. */
export interface Rollup {
  /** Must be called before anything by which the item's use is counted changes. */
  touch(itemId: number): void;
  addUse(use: UseChange): void;
  flush(): void;
}

export interface UseChange {
  readonly month: number;
  readonly itemId: number;
  readonly kind: "checkout" | "renewal" | "in_house" | "onsite";
  readonly library: string;
  readonly source: string;
  readonly change: number;
}
