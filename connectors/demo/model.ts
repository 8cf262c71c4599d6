/** The database of a Koha library, as its tables are, in plain values. Moments are milliseconds, days `2026-11-02`. */
import type { Title } from "./facts.ts";

/** Rows in ascending id. May make its rows when asked; `revision` rises with every change. */
export interface Table<Row> {
  readonly length: number;
  readonly revision: number;
  at(index: number): Row;
  get(id: number): Row | undefined;
  /** Index of the first row whose id is greater. */
  after(id: number): number;
}

export interface Biblio {
  id: number;
  facts: Title;
  createdOn: string;
  suppressed: boolean;
  /** Its stored MARCXML cannot be read. */
  corrupt: boolean;
  hasControlNumber: boolean;
  has005: boolean;
  /** The three clocks that Koha moves apart. */
  biblioAt: number;
  biblioitemAt: number;
  metadataAt: number;
}

export interface DeletedBiblio extends Biblio {
  deletedAt: number;
}

export interface Item {
  id: number;
  biblioId: number;
  barcode: string;
  acquiredOn: string | null;
  source: string | null;
  homeLibrary: string;
  holdingLibrary: string;
  location: string;
  collection: string;
  itemType: string;
  callNumber: string | null;
  /** 952$2. */
  scheme: string | null;
  copyNumber: string | null;
  volume: string | null;
  inventoryNumber: string | null;
  price: number | null;
  replacementPrice: number | null;
  notForLoan: number;
  lost: number;
  lostAt: number | null;
  withdrawn: number;
  withdrawnAt: number | null;
  damaged: number;
  damagedAt: number | null;
  restricted: number | null;
  publicNote: string | null;
  internalNote: string | null;
  /** Lifetime counters. */
  checkouts: number | null;
  renewals: number | null;
  localUse: number | null;
  holds: number | null;
  lastCheckoutOn: string | null;
  lastSeenAt: number | null;
  dueOn: string | null;
  at: number;
}

export interface Renewal {
  id: number;
  at: number;
  renewerId: number | null;
}

/** Of issues while `inAt` is null, of old_issues afterwards. */
export interface Loan {
  id: number;
  itemId: number | null;
  patronId: number | null;
  issuerId: number | null;
  library: string;
  outAt: number;
  dueAt: number;
  inAt: number | null;
  inLibrary: string | null;
  onsite: boolean;
  note: string | null;
  renewals: Renewal[];
  at: number;
}

export interface Hold {
  id: number;
  biblioId: number;
  itemId: number | null;
  patronId: number;
  placedOn: string;
  priority: number;
  pickupLibrary: string;
  /** `W` waiting, `T` in transit, null open. */
  status: string | null;
  waitingOn: string | null;
  suspended: boolean;
  notes: string | null;
  at: number;
}

export interface Fund {
  id: number;
  code: string;
  name: string;
  parentId: number | null;
  periodId: number;
  library: string | null;
  amount: number;
  ownerId: number | null;
  notes: string | null;
  at: number;
}

export type OrderStatus = "new" | "ordered" | "partial" | "complete" | "cancelled";

export interface Order {
  id: number;
  biblioId: number | null;
  fundId: number;
  parentId: number | null;
  status: OrderStatus;
  quantity: number;
  quantityReceived: number;
  /** Per copy, without and with tax. */
  listPrice: number;
  ecostExcluded: number;
  ecostIncluded: number;
  unitPriceExcluded: number | null;
  unitPriceIncluded: number | null;
  taxRate: number;
  enteredOn: string;
  receivedOn: string | null;
  cancelledOn: string | null;
  cancellationReason: string | null;
  createdBy: number;
  internalNote: string | null;
  vendorNote: string | null;
  basketId: number;
  invoiceId: number | null;
  at: number;
}

export interface Suggestion {
  id: number;
  suggestedBy: number;
  managedBy: number | null;
  suggestedOn: string;
  status: string;
  title: string;
  author: string | null;
  isbn: string | null;
  publisher: string | null;
  year: string | null;
  biblioId: number | null;
  fundId: number | null;
  library: string;
  itemType: string;
  quantity: number;
  price: number | null;
  note: string | null;
  staffNote: string | null;
  patronReason: string | null;
  at: number;
}

export interface IllRequest {
  id: number;
  biblioId: number | null;
  patronId: number;
  managedBy: number;
  library: string;
  status: string;
  medium: string;
  requestedOn: string;
  completedOn: string | null;
  dueAt: number | null;
  cost: string | null;
  opacNotes: string | null;
  staffNotes: string | null;
  attributes: readonly (readonly [type: string, value: string])[];
  at: number;
}

export interface Patron {
  readonly id: number;
  readonly first: string;
  readonly last: string;
  readonly cardNumber: string;
  readonly userId: string;
  readonly email: string;
  readonly phone: string;
  readonly street: string;
  readonly city: string;
  readonly postalCode: string;
  readonly bornOn: string;
  readonly category: string;
  readonly library: string;
  readonly staff: boolean;
}

export interface Code {
  readonly code: string;
  readonly label: string;
}

/** All that the double serves. */
export interface KohaDatabase {
  readonly biblios: Table<Biblio>;
  readonly deletedBiblios: Table<DeletedBiblio>;
  readonly items: Table<Item>;
  readonly openLoans: Table<Loan>;
  readonly closedLoans: Table<Loan>;
  readonly holds: Table<Hold>;
  readonly funds: Table<Fund>;
  readonly orders: Table<Order>;
  readonly suggestions: Table<Suggestion>;
  readonly illRequests: Table<IllRequest>;
  readonly patrons: Table<Patron>;
  readonly libraries: readonly Code[];
  readonly itemTypes: readonly Code[];
  readonly authorisedValues: ReadonlyMap<string, readonly Code[]>;
  itemsOf(biblioId: number): readonly Item[];
  /** The moment that the library believes in. */
  now(): number;
}
