/**
 * The tables, as Kysely sees them. Names are those of docs/reference/data-model.md. Months are integers
 * (`year * 12 + month - 1`), days and instants ISO text, money integer minor units, flags 0 or 1, lists JSON text.
 */
import type { ColumnType, Generated } from "kysely";

export interface Schema {
  record: RecordTable;
  /** Eight records a row, see marc.ts. */
  record_marc: { block: number; held: number; marc: Uint8Array };
  /** JSON, see evidence.ts. */
  record_evidence: { record_id: number; evidence: string };
  /** A view: `record_evidence`, a row each. */
  evidence: EvidenceTable;
  item: ItemTable;
  item_key: { id: Generated<number>; site: string; source: string; external_id: string };
  item_status: { item_id: number; kind: string; from_on: string; to_on: string | null };
  library: { site: string; source: string; external_id: string; name: string };
  item_type: { site: string; source: string; external_id: string; name: string; not_for_loan: number };
  authorised_value: {
    site: string;
    source: string;
    external_id: string;
    category: string;
    value: string;
    label: string;
  };
  loan: LoanTable;
  use_fact: UseFactTable;
  hold: HoldTable;
  hold_snapshot: { site: string; source: string; record_external_id: string; day: string; open: number };
  fund: FundTable;
  fund_snapshot: {
    site: string;
    source: string;
    fund_external_id: string;
    day: string;
    allocated_minor: number;
    currency: string;
  };
  order_line: OrderTable;
  suggestion: SuggestionTable;
  ill_request: IllRequestTable;
  budget_period: BudgetPeriodTable;
  hold_fact: HoldFactTable;
  package: PackageTable;
  package_cost: PackageCostTable;
  e_title: ETitleTable;
  usage_report: UsageReportTable;
  usage_title: UsageTitleTable;
  usage_fact: UsageFactTable;
  discovery_fact: DiscoveryFactTable;
  citation_list: {
    site: string;
    source: string;
    external_id: string;
    department: string;
    citations: string;
    hash: string;
  };
  e_title_usage: { e_title_id: number; usage_title_id: number };
  mapping_version: {
    version: string;
    applied_at: string;
    author: string;
    policy: string;
    files: string;
    active: number;
  };
  mapping_applied: MappingAppliedTable;
  assignment_set: { id: Generated<number>; members: string; excluded: number };
  assignment: { set_id: number; department: string; num: number; den: number };
  set_month: SetMonthTable;
  /** Living copies by class, year of publication (-1: undated) and item type. */
  set_class_year: {
    site: string;
    source: string;
    set_id: number;
    suppressed: number;
    class: string;
    year: number;
    item_type: string;
    items: number;
  };
  comparator: ComparatorTable;
  title_holders: TitleHoldersTable;
  record_access: { record_id: number; access: "open" | "restricted" };
  use_by_audience: UseByAudienceTable;
  item_use: { item_id: number; uses: number; last_month: number };
  cursor: CursorTable;
  sweep_seen: { site: string; source: string; stream: string; kind: string; external_id: string };
  run: RunTable;
  quarantine: QuarantineTable;
  outbox: OutboxTable;
  outbox_attachment: {
    outbox_id: number;
    n: number;
    name: string;
    type: string;
    content_id: string | null;
    bytes: Uint8Array;
  };
  receipt: { key: string; target: string; handle: string; at: string };
  sent_figure: SentFigureTable;
  listed_title: { key: string; from_on: string; record_id: number };
  worklist_decision: WorklistDecisionTable;
  lease: { job: string; holder: string; token: number; expires_at: string };
  setting: { name: string; value: string };
}

/** Another library, or a union of them, whose holdings ours are compared with. */
export interface ComparatorTable {
  site: string;
  external_id: string;
  name: string;
  /** The day of which its list is. */
  as_of_on: string;
}

/** A title that was found in the list of a comparator. */
export interface TitleHoldersTable {
  site: string;
  comparator_external_id: string;
  source: string;
  record_external_id: string;
  /** How many others hold it. */
  others: number;
}

/** Loans of a month by category of reader; null: too few to be kept. A fraction, for a loan can be shared. */
export interface UseByAudienceTable {
  site: string;
  month: number;
  department: string;
  category: string;
  num: number | null;
  den: number;
}

/** What a person decided on a copy; the last one holds. */
export interface WorklistDecisionTable {
  id: Generated<number>;
  site: string;
  source: string;
  item_external_id: string;
  decision: string;
  note: string | null;
  decided_at: string;
  author: string;
}

export interface RecordTable {
  id: Generated<number>;
  site: string;
  source: string;
  external_id: string;
  control_number: string | null;
  title: string;
  author: string | null;
  edition: string | null;
  publisher: string | null;
  publication_year: number | null;
  language: string | null;
  material_type: string;
  isbn: string;
  issn: string;
  oclc: string | null;
  /** 942 $2, by which its items' call numbers are read when they declare no scheme. */
  class_source: string | null;
  suppressed: number;
  created_on: string | null;
  first_seen_on: string;
  deleted_at: string | null;
  hash: string;
  /** What the record's own evidence gives. */
  set_id: number;
  /** What the title counts by: the shares of its living items, else its own. */
  title_set_id: number;
}

export interface EvidenceTable {
  record_id: number;
  n: number;
  kind: string;
  rank: string;
  sort_key: string;
  text: string;
  authority: string | null;
  tag: string;
}

export interface ItemTable {
  /** The id of its `item_key` row: loans may know an item before its row is there. */
  id: number;
  site: string;
  source: string;
  external_id: string;
  record_id: number;
  home_library: string | null;
  holding_library: string | null;
  location: string | null;
  collection: string | null;
  item_type: string | null;
  call_number: string | null;
  class_source: string | null;
  /** Scheme by which the call number is read, and its key in shelf order; null when there is none. */
  scheme: string | null;
  sort_key: string | null;
  barcode: string | null;
  copy_number: string | null;
  volume: string | null;
  inventory_number: string | null;
  acquired_on: string | null;
  /** The first day we saw it, which stands in for a missing `acquired_on`. */
  first_seen_on: string;
  price_minor: number | null;
  replacement_price_minor: number | null;
  not_for_loan: number;
  lost: number;
  withdrawn: number;
  damaged: number;
  withdrawn_on: string | null;
  lost_on: string | null;
  last_checkout_on: string | null;
  checkouts: number | null;
  renewals: number | null;
  in_house_uses: number | null;
  deleted_at: string | null;
  hash: string;
  set_id: number;
}

export interface LoanTable {
  site: string;
  source: string;
  external_id: string;
  /** 0: the source has forgotten the item. */
  item_id: number;
  library: string;
  out_on: string;
  in_on: string | null;
  onsite: number;
  /** JSON list of [month, count]; null when the source cannot say. */
  renewals: string | null;
  hash: string;
}

export interface UseFactTable {
  site: string;
  month: number;
  item_id: number;
  kind: UseKind;
  library: string;
  source: string;
  count: number;
}

export type UseKind = "checkout" | "renewal" | "in_house" | "onsite";

export interface HoldTable {
  site: string;
  source: string;
  external_id: string;
  record_external_id: string;
  item_external_id: string | null;
  placed_on: string | null;
  suspended: number;
  hash: string;
}

export interface FundTable {
  site: string;
  source: string;
  external_id: string;
  code: string;
  name: string;
  parent_external_id: string | null;
  period_external_id: string | null;
  library: string | null;
  allocated_minor: number;
  currency: string;
  deleted_at: string | null;
  hash: string;
}

export interface OrderTable {
  site: string;
  source: string;
  external_id: string;
  record_external_id: string | null;
  fund_external_id: string | null;
  parent_external_id: string | null;
  status: string;
  ordered_on: string | null;
  received_on: string | null;
  cancelled_on: string | null;
  quantity: number;
  quantity_received: number;
  unit_price_minor: number | null;
  estimate_minor: number | null;
  currency: string;
  deleted_at: string | null;
  hash: string;
}

export interface SuggestionTable {
  site: string;
  source: string;
  external_id: string;
  record_external_id: string | null;
  fund_external_id: string | null;
  library: string | null;
  status: string;
  title: string | null;
  author: string | null;
  isbn: string | null;
  suggested_on: string | null;
  decided_on: string | null;
  deleted_at: string | null;
  hash: string;
}

export interface IllRequestTable {
  site: string;
  source: string;
  external_id: string;
  record_external_id: string | null;
  library: string | null;
  status: string;
  placed_on: string | null;
  completed_on: string | null;
  deleted_at: string | null;
  hash: string;
}

export interface BudgetPeriodTable {
  site: string;
  source: string;
  external_id: string;
  name: string;
  from_on: string;
  /** The last day that is in it. */
  to_on: string;
  deleted_at: string | null;
  hash: string;
}

/** Holds on a title that were placed, and that ended, in a month. */
export interface DiscoveryFactTable {
  site: string;
  source: string;
  external_id: string;
  department: string;
  month: number;
  as_of_on: string;
  query: string;
  url: string | null;
  /** JSON, as in the fact. */
  counts: string;
  facets: string;
  documents: string;
  hash: string;
}

export interface HoldFactTable {
  site: string;
  source: string;
  external_id: string;
  record_external_id: string;
  month: number;
  placed: number;
  filled: number;
  cancelled: number;
  expired: number;
  hash: string;
}

export interface PackageTable {
  site: string;
  source: string;
  external_id: string;
  name: string;
  vendor: string | null;
  platform: string | null;
  deleted_at: string | null;
  hash: string;
  /** What the rules for packages and platforms give it. */
  set_id: Generated<number>;
}

export interface PackageCostTable {
  site: string;
  source: string;
  external_id: string;
  /** Id or name of the package, of whichever source. */
  package_external_id: string;
  from_on: string;
  /** The last day that it pays for. */
  to_on: string;
  amount_minor: number;
  currency: string;
  hash: string;
}

export interface ETitleTable {
  id: Generated<number>;
  site: string;
  source: string;
  external_id: string;
  title: string;
  title_id: string | null;
  publication_type: string | null;
  publisher: string | null;
  print_issn: string | null;
  online_issn: string | null;
  isbn: string;
  record_external_id: string | null;
  package_external_id: string | null;
  platform: string | null;
  url: string | null;
  /** JSON list of spans, a title with gaps has several. */
  coverage: string;
  embargo: string | null;
  coverage_depth: string | null;
  access_type: string | null;
  first_seen_on: string;
  deleted_at: string | null;
  hash: string;
  /** The run that named it last. */
  listed_run: number;
  /** The record that it is; derived. */
  record_id: number | null;
  /** What the rules for packages and platforms give it; derived. */
  set_id: Generated<number>;
}

export interface UsageReportTable {
  id: Generated<number>;
  site: string;
  source: string;
  external_id: string;
  platform: string;
  /** `TR`, `TR_J1`, `DR`, `PR` … */
  report: string;
  /** Of the Code of Practice: `5`, `5.1`. */
  release: string;
  month: number;
  /** JSON list of the metrics that it would show: one without a row is 0, one that is not named is unknown. */
  metrics: string;
  hash: string;
}

/** A title, a database or a whole platform that reports of usage name. */
export interface UsageTitleTable {
  id: Generated<number>;
  site: string;
  source: string;
  platform: string;
  external_id: string;
  title: string;
  print_issn: string | null;
  online_issn: string | null;
  isbn: string | null;
  doi: string | null;
  proprietary_id: string | null;
  /** The record that it is; derived. */
  record_id: number | null;
  /** What the rules for packages and platforms give it; derived. */
  set_id: Generated<number>;
}

export interface UsageFactTable {
  site: string;
  month: number;
  report_id: number;
  title_id: number;
  metric: string;
  /** Empty: the report does not tell. */
  access_type: string;
  access_method: string;
  data_type: string;
  count: number;
}

export interface SetMonthTable {
  site: string;
  set_id: number;
  suppressed: number;
  month: number;
  kind: UseKind;
  count: number;
}

export interface CursorTable {
  site: string;
  source: string;
  stream: string;
  version: number;
  /** JSON. */
  cursor: string | null;
  /** JSON cursor of a sweep under way. */
  sweep_cursor: string | null;
  /** Null when no sweep is under way. */
  sweep_started_at: string | null;
  /** Data as of: the moment of reading of the last complete pull. */
  as_of: string | null;
  covered_from: string | null;
  covered_to: string | null;
  /** JSON list of problems that every report which uses the stream repeats. */
  notices: string;
  state: string;
  message: string | null;
}

export interface RunTable {
  id: Generated<number>;
  job: string;
  site: string;
  source: string | null;
  stream: string | null;
  started_at: string;
  ended_at: string | null;
  state: string;
  seen: number;
  stored: number;
  unchanged: number;
  deleted: number;
  quarantined: number;
  requests: number;
  message: string | null;
}

export interface QuarantineTable {
  id: Generated<number>;
  site: string;
  source: string;
  stream: string;
  kind: string;
  external_id: string | null;
  at: string;
  origin: string;
  record: number | null;
  byte: number | null;
  reason: string;
  /** JSON of the problem. */
  problem: string;
  raw: Uint8Array;
  /** sha256 of source, stream, external id or raw: the same input twice makes one entry. */
  fingerprint: string;
  run_id: number;
}

export interface OutboxTable {
  id: Generated<number>;
  key: string;
  report: string;
  report_title: string;
  subject: string;
  delivery: string;
  recipient: string;
  period: string;
  edition: number;
  state: ColumnType<OutboxState, OutboxState, OutboxState>;
  title: string;
  html: string;
  text: string;
  created_at: string;
  at: string | null;
  attempts: number;
  next_attempt_at: string | null;
  reason: string | null;
  mapping_version: string;
  as_of: string | null;
  software: string;
}

export type OutboxState = "due" | "waiting" | "sending" | "sent" | "failed" | "cancelled";

export interface SentFigureTable {
  key: string;
  measure: string;
  department: string;
  from_on: string;
  to_on: string;
  value: number | null;
}

/** Every application of a mapping, the earliest first. */
interface MappingAppliedTable {
  id: Generated<number>;
  version: string;
  /** The version in force before; null for the first. */
  from_version: string | null;
  applied_at: string;
  author: string;
  /** JSON of `AppliedSummary`; null where nothing was compared. */
  summary: string | null;
}
