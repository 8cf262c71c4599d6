/**
 * What connectors say: a closed union, one variant per table. `id` is the source's own external id.
 * No fact has a place for a patron. Calendar days are days in the library's zone.
 */
import type { MarcRecord } from "./marc/record.ts";
import type { CalendarDay, Month } from "./time.ts";

export interface RecordFact {
  readonly kind: "record";
  readonly id: string;
  readonly marc: MarcRecord;
}

/** Koha's status codes: 0 is no, anything else the site's authorised value. */
export interface ItemFact {
  readonly kind: "item";
  readonly id: string;
  readonly recordId: string;
  readonly homeLibrary: string | null;
  readonly holdingLibrary: string | null;
  readonly location: string | null;
  readonly collection: string | null;
  readonly itemType: string | null;
  readonly callNumber: string | null;
  /** The declared scheme as the source spells it (952$2), not yet translated. */
  readonly classSource: string | null;
  readonly barcode: string | null;
  readonly copyNumber: string | null;
  readonly volume: string | null;
  readonly inventoryNumber: string | null;
  readonly acquiredOn: CalendarDay | null;
  readonly priceMinor: number | null;
  readonly replacementPriceMinor: number | null;
  readonly notForLoan: number;
  readonly lost: number;
  readonly withdrawn: number;
  readonly damaged: number;
  readonly withdrawnOn: CalendarDay | null;
  readonly lostOn: CalendarDay | null;
  readonly lastCheckoutOn: CalendarDay | null;
  /** Lifetime counters as the source gives them; null when it gives none. */
  readonly checkouts: number | null;
  readonly renewals: number | null;
  readonly inHouseUses: number | null;
}

export interface LoanFact {
  readonly kind: "loan";
  readonly id: string;
  /** Null when the source has forgotten which item it was. */
  readonly itemId: string | null;
  readonly library: string | null;
  readonly outOn: CalendarDay;
  readonly inOn: CalendarDay | null;
  readonly onsite: boolean;
  /** Null when the source cannot say in which months. */
  readonly renewals: readonly { readonly month: Month; readonly count: number }[] | null;
}

/** An open hold. */
export interface HoldFact {
  readonly kind: "hold";
  readonly id: string;
  readonly recordId: string;
  readonly itemId: string | null;
  readonly placedOn: CalendarDay | null;
  readonly suspended: boolean;
}

export interface FundFact {
  readonly kind: "fund";
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly periodId: string | null;
  readonly library: string | null;
  readonly allocatedMinor: number;
  readonly currency: string;
}

/** Amounts per copy. `received` is what a partly received order has so far. */
export interface OrderFact {
  readonly kind: "order";
  readonly id: string;
  readonly recordId: string | null;
  readonly fundId: string | null;
  readonly parentOrderId: string | null;
  readonly status: string;
  readonly orderedOn: CalendarDay | null;
  readonly receivedOn: CalendarDay | null;
  readonly cancelledOn: CalendarDay | null;
  readonly quantity: number;
  readonly quantityReceived: number;
  readonly unitPriceMinor: number | null;
  readonly estimateMinor: number | null;
  readonly currency: string;
}

export interface SuggestionFact {
  readonly kind: "suggestion";
  readonly id: string;
  readonly recordId: string | null;
  readonly fundId: string | null;
  readonly library: string | null;
  readonly status: string;
  readonly title: string | null;
  readonly author: string | null;
  readonly isbn: string | null;
  readonly suggestedOn: CalendarDay | null;
  readonly decidedOn: CalendarDay | null;
}

export interface IllRequestFact {
  readonly kind: "ill-request";
  readonly id: string;
  readonly recordId: string | null;
  readonly library: string | null;
  readonly status: string;
  readonly placedOn: CalendarDay | null;
  readonly completedOn: CalendarDay | null;
}

export interface LibraryFact {
  readonly kind: "library";
  readonly id: string;
  readonly name: string;
}

export interface ItemTypeFact {
  readonly kind: "item-type";
  readonly id: string;
  readonly name: string;
  readonly notForLoan: boolean;
}

/** `id` is `CATEGORY:value`. */
export interface AuthorisedValueFact {
  readonly kind: "authorised-value";
  readonly id: string;
  readonly category: string;
  readonly value: string;
  readonly label: string;
}

export interface BudgetPeriodFact {
  readonly kind: "budget-period";
  readonly id: string;
  readonly name: string;
  readonly from: CalendarDay;
  /** The last day that is in it. */
  readonly to: CalendarDay;
}

/** Holds on a title that were placed, and that ended, in a month. */
export interface HoldCountFact {
  readonly kind: "hold-count";
  readonly id: string;
  readonly recordId: string;
  readonly month: Month;
  readonly placed: number;
  readonly filled: number;
  readonly cancelled: number;
  readonly expired: number;
}

export interface PackageFact {
  readonly kind: "package";
  readonly id: string;
  readonly name: string;
  readonly vendor: string | null;
  readonly platform: string | null;
  /** The titles that came before it in this run are all that it has: what else was known of it is gone. */
  readonly titlesComplete: boolean;
}

/** What a package costs from a day to a day, both included. */
export interface PackageCostFact {
  readonly kind: "package-cost";
  readonly id: string;
  /** Id or name of the package, of whichever source. */
  readonly packageId: string;
  readonly from: CalendarDay;
  readonly to: CalendarDay;
  readonly amountMinor: number;
  readonly currency: string;
}

/** Years, months or days as the list gives them; null: from the first, to the present. */
export interface CoverageSpan {
  readonly from: string | null;
  readonly to: string | null;
}

/** A journal or book on a platform: a row of a KBART list, or several of one title with gaps. */
export interface ETitleFact {
  readonly kind: "e-title";
  readonly id: string;
  readonly title: string;
  /** The list's own id. */
  readonly titleId: string | null;
  readonly publicationType: "serial" | "monograph" | null;
  readonly publisher: string | null;
  readonly printIssn: string | null;
  readonly onlineIssn: string | null;
  /** 13 digits. */
  readonly isbn: readonly string[];
  /** Koha's number of the record, where the source knows it. */
  readonly recordId: string | null;
  readonly packageId: string | null;
  readonly platform: string | null;
  readonly url: string | null;
  readonly coverage: readonly CoverageSpan[];
  readonly embargo: string | null;
  readonly coverageDepth: string | null;
  readonly accessType: "free" | "paid" | null;
}

/** One title (database, platform) of a report, with its counts under COUNTER's own names. */
export interface UsageTitle {
  readonly id: string;
  readonly title: string;
  readonly printIssn: string | null;
  readonly onlineIssn: string | null;
  readonly isbn: string | null;
  readonly doi: string | null;
  readonly proprietaryId: string | null;
  readonly counts: readonly UsageCount[];
}

export interface UsageCount {
  readonly metric: string;
  /** `Controlled`, `Open` …; empty where the report does not tell. */
  readonly accessType: string;
  readonly accessMethod: string;
  readonly dataType: string;
  readonly count: number;
}

/** One month of one COUNTER report of a platform, whole: it replaces what was known of that month. */
export interface UsageReportFact {
  readonly kind: "usage-report";
  readonly id: string;
  readonly platform: string;
  readonly report: string;
  readonly release: string;
  readonly month: Month;
  /** Metrics that it would show: one without a count is 0, one that is not named is unknown. */
  readonly metrics: readonly string[];
  readonly titles: readonly UsageTitle[];
}

/** A title as discovery shows it. Date as `2026`, `2026-10` or `2026-10-05`. */
export interface DiscoveryDocument {
  readonly id: string;
  readonly title: string;
  readonly author: string | null;
  /** Journal or book that it is in. */
  readonly container: string | null;
  readonly published: string | null;
  readonly contentType: string | null;
  readonly isbn: readonly string[];
  readonly issn: readonly string[];
  readonly doi: string | null;
  readonly url: string | null;
  readonly inHoldings: boolean;
  readonly fullText: boolean;
}

/** What the discovery layer finds for a department's subject, as it was last asked in a month. */
export interface DiscoveryFact {
  readonly kind: "discovery";
  readonly id: string;
  readonly department: string;
  readonly month: Month;
  readonly asOfOn: CalendarDay;
  readonly query: string;
  /** The search in the library's discovery layer. */
  readonly url: string | null;
  /** Estimates of the discovery layer. `lastYear` and the rest are of what is in the holdings, but for `everywhere`. */
  readonly counts: {
    readonly everywhere: number;
    readonly inHoldings: number;
    readonly fullText: number;
    readonly scholarly: number;
    readonly lastYear: number;
    /** That the catalogue sent. */
    readonly catalogue: number;
  };
  readonly facets: readonly {
    readonly name: string;
    readonly counts: readonly { readonly value: string; readonly count: number }[];
  }[];
  /** The newest in the holdings. */
  readonly documents: readonly DiscoveryDocument[];
}

/** A title that somebody cites or has saved. */
export interface Citation {
  /** `book`, `journal-article` …: as the format's type says. */
  readonly type: string;
  readonly title: string;
  readonly authors: readonly string[];
  readonly year: number | null;
  readonly container: string | null;
  readonly publisher: string | null;
  readonly isbn: readonly string[];
  readonly issn: readonly string[];
  readonly doi: string | null;
  readonly url: string | null;
}

/** A list of references that a department handed over, whole: it replaces what was known of it. */
export interface CitationListFact {
  readonly kind: "citation-list";
  readonly id: string;
  readonly department: string;
  readonly citations: readonly Citation[];
}

export type Fact =
  | RecordFact
  | ItemFact
  | LoanFact
  | HoldFact
  | FundFact
  | OrderFact
  | SuggestionFact
  | IllRequestFact
  | LibraryFact
  | ItemTypeFact
  | AuthorisedValueFact
  | BudgetPeriodFact
  | HoldCountFact
  | PackageFact
  | PackageCostFact
  | ETitleFact
  | UsageReportFact
  | DiscoveryFact
  | CitationListFact;

export type FactKind = Fact["kind"];
