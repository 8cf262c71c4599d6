/**
 * What is used of Koha's answers (OpenAPI definitions of Koha 22.11 to 26.05) and nothing else: whatever is not
 * named here, every field about a patron among it, is dropped as soon as a row is read.
 */
import { z } from "zod";

const text = z.string().nullish();
const id = z.int();
const optionalId = z.int().nullish();
/** DECIMAL columns come as numbers, in some lists as text. */
const amount = z.union([z.number(), z.string()]).nullish();
/** Status codes of items: 0 is no. */
const code = z
  .int()
  .nullish()
  .transform((value) => value ?? 0);
const flag = z
  .union([z.boolean(), z.int().transform(Boolean)])
  .nullish()
  .transform((value) => value ?? false);

export const Library = z.object({ library_id: z.string().min(1), name: text });

/** From 23.05 on. */
export const ItemType = z.object({ item_type: z.string().min(1), description: text, notforloan: flag });

export const AuthorisedValue = z.object({ value: z.string(), description: text });

export const Fund = z.object({
  fund_id: id,
  code: text,
  name: text,
  library_id: text,
  total_amount: amount,
  /** Of the budget period. */
  budget_id: optionalId,
  parent_fund_id: optionalId,
});

export const Order = z.object({
  order_id: id,
  biblio_id: optionalId,
  fund_id: optionalId,
  /** The order itself when it was never split. */
  parent_order_id: optionalId,
  status: z.string(),
  entry_date: text,
  date_received: text,
  cancellation_date: text,
  quantity: z.int().nullish(),
  quantity_received: z.int().nullish(),
  unit_price_tax_included: amount,
  ecost_tax_included: amount,
  timestamp: text,
});

export const DeletedBiblio = z.object({ biblio_id: id, deleted_on: text });

export const Item = z.object({
  item_id: id,
  biblio_id: id,
  /** The barcode. */
  external_id: text,
  acquisition_date: text,
  home_library_id: text,
  holding_library_id: text,
  location: text,
  collection_code: text,
  item_type_id: text,
  effective_item_type_id: text,
  callnumber: text,
  call_number_source: text,
  copy_number: text,
  serial_issue_number: text,
  inventory_number: text,
  purchase_price: amount,
  replacement_price: amount,
  not_for_loan_status: code,
  lost_status: code,
  withdrawn: code,
  damaged_status: code,
  withdrawn_date: text,
  lost_date: text,
  last_checkout_date: text,
  checkouts_count: z.int().nullish(),
  renewals_count: z.int().nullish(),
  /** Bug 16122, 24.05 builds. */
  localuse: z.int().nullish(),
  timestamp: text,
});

/** Open and closed loans alike. */
export const Checkout = z.object({
  checkout_id: id,
  item_id: optionalId,
  library_id: text,
  checkout_date: z.string(),
  checkin_date: text,
  onsite_checkout: flag,
  renewals_count: z.int().nullish(),
  /** When embedded. */
  renewals: z.array(z.object({ renewal_date: z.string() })).nullish(),
  timestamp: text,
});

export const Hold = z.object({
  hold_id: id,
  biblio_id: id,
  /** Typed string until bug 37021. */
  item_id: z.union([z.int(), z.string()]).nullish(),
  hold_date: text,
  suspended: flag,
});

export const Suggestion = z.object({
  suggestion_id: id,
  biblio_id: optionalId,
  /** Of the fund, whatever it is called. */
  budget_id: optionalId,
  library_id: text,
  status: z.string(),
  title: text,
  author: text,
  isbn: text,
  suggestion_date: text,
  accepted_date: text,
  rejected_date: text,
  last_status_change_date: text,
  timestamp: text,
});

export const IllRequest = z.object({
  ill_request_id: id,
  biblio_id: optionalId,
  library_id: text,
  status: z.string(),
  requested_date: text,
  completed_date: text,
  timestamp: text,
});

/** The row's own id under one of the names; null when it does not say. */
export function idIn(row: unknown, ...names: readonly string[]): number | null {
  if (typeof row !== "object" || row === null) return null;
  for (const [name, value] of Object.entries(row)) {
    if (names.includes(name) && typeof value === "number" && Number.isSafeInteger(value)) return value;
  }
  return null;
}

/** The row's timestamp as Koha wrote it. */
export function timestampIn(row: unknown): string | null {
  if (typeof row !== "object" || row === null || !("timestamp" in row)) return null;
  return typeof row.timestamp === "string" ? row.timestamp : null;
}

/** Of a row that does not fit: the columns that the schema names, and so no patron, for the quarantine. */
export function rawOf(row: unknown, schema: z.ZodObject): Uint8Array {
  const kept =
    typeof row === "object" && row !== null
      ? Object.fromEntries(
          Object.entries(row).filter(([name, value]) => name in schema.shape && typeof value !== "object"),
        )
      : {};
  return new TextEncoder().encode(JSON.stringify(kept));
}
