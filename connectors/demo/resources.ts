/**
 * The columns of Koha's REST answers, under the names of its OpenAPI definitions: all of them, patrons included,
 * because a client must be able to cope with what it should not see.
 */
import { localDay } from "./clock.ts";
import type {
  Biblio,
  DeletedBiblio,
  Fund,
  Hold,
  IllRequest,
  Item,
  KohaDatabase,
  Loan,
  Order,
  Patron,
  Renewal,
  Suggestion,
} from "./model.ts";
import type { Field } from "./query.ts";
import { shelvingKey } from "./shelving.ts";
import { isAtLeast } from "./version.ts";
import type { KohaVersion } from "./version.ts";

type Getters<Row> = Readonly<Record<string, (row: Row) => unknown>>;

function columns<Row>(kind: Field<Row>["kind"], getters: Getters<Row>): Field<Row>[] {
  return Object.entries(getters).map(([name, get]) => ({ name, kind, get }));
}

const none = () => null;
const no = () => false;

export function biblioFields(version: KohaVersion): Field<Biblio>[] {
  const synced = isAtLeast(version, "25.05");
  return [
    ...columns<Biblio>("value", {
      biblio_id: ({ id }) => id,
      framework_id: () => "",
      author: ({ facts }) => facts.author.slice(5) || null,
      title: ({ facts }) => facts.title,
      subtitle: ({ facts }) => facts.remainder || null,
      medium: none,
      part_number: none,
      part_name: none,
      uniform_title: none,
      notes: none,
      serial: ({ facts }) => (facts.type === "serial" || facts.type === "e-journal" ? 1 : null),
      series_title: none,
      copyright_date: ({ facts }) => (/^\d{4}$/.test(facts.year) ? Number(facts.year) : null),
      abstract: none,
      age_restriction: none,
      cn_source: ({ facts }) => (facts.lcc === "" ? null : "lcc"),
      cn_class: none,
      cn_item: none,
      cn_suffix: none,
      cn_sort: () => "",
      collection_issn: none,
      collection_title: none,
      collection_volume: none,
      ean: none,
      edition_statement: none,
      illustrations: none,
      isbn: ({ facts }) => facts.isbn.join(" | ") || null,
      issn: ({ facts }) => facts.issn || null,
      item_type: () => null,
      lc_control_number: none,
      pages: none,
      publication_place: ({ facts }) => facts.place || null,
      publication_year: ({ facts }) => facts.year || null,
      publisher: ({ facts }) => facts.publisher || null,
      material_size: none,
      serial_total_issues: none,
      url: none,
      volume: none,
      number: none,
      volume_date: none,
      volume_description: none,
    }),
    ...columns<Biblio>("day", { creation_date: ({ createdOn }) => createdOn }),
    // Before bug 39558 the JSON showed biblioitems.timestamp while the filter used biblio.timestamp.
    ...columns<Biblio>("moment", {
      timestamp: (row) =>
        synced ? Math.max(row.biblioAt, row.biblioitemAt, row.metadataAt) : row.biblioitemAt,
    }),
  ];
}

export function deletedBiblioFields(version: KohaVersion): Field<DeletedBiblio>[] {
  return [
    ...biblioFields(version).filter(({ name }) => name !== "timestamp"),
    ...columns<DeletedBiblio>("moment", { deleted_on: ({ deletedAt }) => deletedAt }),
  ];
}

export function itemFields(version: KohaVersion): Field<Item>[] {
  return [
    ...columns<Item>("value", {
      item_id: ({ id }) => id,
      biblio_id: ({ biblioId }) => biblioId,
      external_id: ({ barcode }) => barcode,
      acquisition_source: ({ source }) => source,
      home_library_id: ({ homeLibrary }) => homeLibrary,
      purchase_price: ({ price }) => price,
      replacement_price: ({ replacementPrice }) => replacementPrice,
      not_for_loan_status: ({ notForLoan }) => notForLoan,
      effective_not_for_loan_status: ({ notForLoan }) => notForLoan,
      damaged_status: ({ damaged }) => damaged,
      lost_status: ({ lost }) => lost,
      withdrawn: ({ withdrawn }) => withdrawn,
      callnumber: ({ callNumber }) => callNumber,
      coded_location_qualifier: none,
      checkouts_count: ({ checkouts }) => checkouts,
      renewals_count: ({ renewals }) => renewals,
      holds_count: ({ holds }) => holds,
      restricted_status: ({ restricted }) => restricted,
      public_notes: ({ publicNote }) => publicNote,
      internal_notes: ({ internalNote }) => internalNote,
      holding_library_id: ({ holdingLibrary }) => holdingLibrary,
      location: ({ location }) => location,
      permanent_location: ({ location }) => location,
      call_number_source: ({ scheme }) => scheme,
      call_number_sort: ({ callNumber, scheme }) => shelvingKey(callNumber, scheme),
      collection_code: ({ collection }) => collection,
      materials_notes: none,
      uri: none,
      item_type_id: ({ itemType }) => itemType,
      effective_item_type_id: ({ itemType }) => itemType,
      extended_subfields: none,
      serial_issue_number: ({ volume }) => volume,
      copy_number: ({ copyNumber }) => copyNumber,
      inventory_number: ({ inventoryNumber }) => inventoryNumber,
      new_status: none,
      exclude_from_local_holds_priority: no,
      // items.localuse, bug 16122.
      ...(isAtLeast(version, "24.05") ? { localuse: ({ localUse }: Item) => localUse, bookable: no } : {}),
    }),
    ...columns<Item>("day", {
      acquisition_date: ({ acquiredOn }) => acquiredOn,
      replacement_price_date: ({ acquiredOn }) => acquiredOn,
      last_checkout_date: ({ lastCheckoutOn }) => lastCheckoutOn,
      // items.onloan: the due date, whatever its name says.
      checked_out_date: ({ dueOn }) => dueOn,
    }),
    ...columns<Item>("moment", {
      last_seen_date: ({ lastSeenAt }) => lastSeenAt,
      damaged_date: ({ damagedAt }) => damagedAt,
      lost_date: ({ lostAt }) => lostAt,
      withdrawn_date: ({ withdrawnAt }) => withdrawnAt,
      timestamp: ({ at }) => at,
    }),
  ];
}

export function loanFields(version: KohaVersion): Field<Loan>[] {
  return [
    ...columns<Loan>("value", {
      checkout_id: ({ id }) => id,
      patron_id: ({ patronId }) => patronId,
      item_id: ({ itemId }) => itemId,
      ...(isAtLeast(version, "24.05") ? { booking_id: none } : {}),
      external_id: none,
      library_id: ({ library }) => library,
      issuer_id: ({ issuerId }) => issuerId,
      ...(isAtLeast(version, "24.05") ? { checkin_library_id: ({ inLibrary }: Loan) => inLibrary } : {}),
      renewals_count: ({ renewals }) => renewals.length,
      unseen_renewals: () => 0,
      auto_renew: no,
      auto_renew_error: none,
      onsite_checkout: ({ onsite }) => onsite,
      note: ({ note }) => note,
      note_seen: ({ note }) => (note === null ? null : false),
    }),
    ...columns<Loan>("day", { note_date: ({ note, outAt }) => (note === null ? null : localDay(outAt)) }),
    ...columns<Loan>("moment", {
      due_date: ({ dueAt }) => dueAt,
      checkin_date: ({ inAt }) => inAt,
      last_renewed_date: ({ renewals }) => renewals.at(-1)?.at ?? null,
      timestamp: ({ at }) => at,
      checkout_date: ({ outAt }) => outAt,
    }),
  ];
}

export function renewalFields(checkoutId: number): Field<Renewal>[] {
  return [
    ...columns<Renewal>("value", {
      renewal_id: ({ id }) => id,
      checkout_id: () => checkoutId,
      interface: () => "intranet",
      renewer_id: ({ renewerId }) => renewerId,
      seen: () => true,
      renewal_type: () => "Manual",
    }),
    ...columns<Renewal>("moment", { renewal_date: ({ at }) => at, timestamp: ({ at }) => at }),
  ];
}

export function holdFields(version: KohaVersion): Field<Hold>[] {
  // Typed string until bug 37021.
  const itemId = ({ itemId: id }: Hold) =>
    id === null ? null : isAtLeast(version, "24.11") ? id : String(id);
  return [
    ...columns<Hold>("value", {
      hold_id: ({ id }) => id,
      patron_id: ({ patronId }) => patronId,
      biblio_id: ({ biblioId }) => biblioId,
      item_group_id: none,
      pickup_library_id: ({ pickupLibrary }) => pickupLibrary,
      desk_id: none,
      cancellation_reason: none,
      notes: ({ notes }) => notes,
      priority: ({ priority }) => priority,
      status: ({ status }) => status,
      item_id: itemId,
      lowest_priority: no,
      suspended: ({ suspended }) => suspended,
      non_priority: no,
      item_type: none,
      item_level: ({ itemId: id, status }) => id !== null && status === null,
    }),
    ...columns<Hold>("day", {
      hold_date: ({ placedOn }) => placedOn,
      cancellation_date: none,
      waiting_date: ({ waitingOn }) => waitingOn,
      expiration_date: none,
    }),
    ...columns<Hold>("moment", { timestamp: ({ at }) => at, suspended_until: none }),
  ];
}

export const fundFields: Field<Fund>[] = [
  ...columns<Fund>("value", {
    fund_id: ({ id }) => id,
    code: ({ code }) => code,
    name: ({ name }) => name,
    library_id: ({ library }) => library,
    total_amount: ({ amount }) => amount,
    warn_at_percentage: () => 80,
    warn_at_amount: () => 0,
    notes: ({ notes }) => notes,
    budget_id: ({ periodId }) => periodId,
    fund_owner_id: ({ ownerId }) => ownerId,
    fund_access: () => 0,
    parent_fund_id: ({ parentId }) => parentId,
    statistic1_auth_value_category: none,
    statistic2_auth_value_category: none,
  }),
  ...columns<Fund>("moment", { timestamp: ({ at }) => at }),
];

const tax = (excluded: number | null, included: number | null, quantity: number): number | null =>
  excluded === null || included === null ? null : Math.round((included - excluded) * quantity * 100) / 100;

export const orderFields: Field<Order>[] = [
  ...columns<Order>("value", {
    order_id: ({ id }) => id,
    biblio_id: ({ biblioId }) => biblioId,
    created_by: ({ createdBy }) => createdBy,
    quantity: ({ quantity }) => quantity,
    currency: () => "USD",
    list_price: ({ listPrice }) => listPrice,
    replacement_price: ({ listPrice }) => listPrice,
    invoice_id: ({ invoiceId }) => invoiceId,
    shipping_cost: none,
    unit_price: ({ unitPriceIncluded }) => unitPriceIncluded,
    unit_price_tax_excluded: ({ unitPriceExcluded }) => unitPriceExcluded,
    unit_price_tax_included: ({ unitPriceIncluded }) => unitPriceIncluded,
    quantity_received: ({ quantityReceived }) => quantityReceived,
    cancellation_reason: ({ cancellationReason }) => cancellationReason,
    internal_note: ({ internalNote }) => internalNote,
    vendor_note: ({ vendorNote }) => vendorNote,
    basket_id: ({ basketId }) => basketId,
    rrp: ({ listPrice }) => listPrice,
    rrp_tax_excluded: ({ listPrice }) => listPrice,
    rrp_tax_included: ({ listPrice, taxRate }) => Math.round(listPrice * (1 + taxRate) * 100) / 100,
    ecost: ({ ecostIncluded }) => ecostIncluded,
    ecost_tax_excluded: ({ ecostExcluded }) => ecostExcluded,
    ecost_tax_included: ({ ecostIncluded }) => ecostIncluded,
    tax_rate_on_ordering: ({ taxRate }) => taxRate,
    tax_rate_on_receiving: ({ taxRate, receivedOn }) => (receivedOn === null ? null : taxRate),
    tax_value_on_ordering: (order) => tax(order.ecostExcluded, order.ecostIncluded, order.quantity),
    tax_value_on_receiving: (order) => tax(order.unitPriceExcluded, order.unitPriceIncluded, order.quantity),
    discount_rate: () => 10,
    fund_id: ({ fundId }) => fundId,
    statistics_1: none,
    statistics_2: none,
    statistics_1_authcat: none,
    statistics_2_authcat: none,
    uncertain_price: no,
    claims_count: () => 0,
    subscription_id: none,
    parent_order_id: ({ id, parentId }) => parentId ?? id,
    status: ({ status }) => status,
  }),
  ...columns<Order>("day", {
    entry_date: ({ enteredOn }) => enteredOn,
    date_received: ({ receivedOn }) => receivedOn,
    cancellation_date: ({ cancelledOn }) => cancelledOn,
    last_claim_date: none,
    estimated_delivery_date: none,
  }),
  ...columns<Order>("moment", { timestamp: ({ at }) => at }),
];

export const suggestionFields: Field<Suggestion>[] = [
  ...columns<Suggestion>("value", {
    suggestion_id: ({ id }) => id,
    suggested_by: ({ suggestedBy }) => suggestedBy,
    managed_by: ({ managedBy }) => managedBy,
    accepted_by: ({ status, managedBy }) => (status === "ACCEPTED" ? managedBy : null),
    rejected_by: ({ status, managedBy }) => (status === "REJECTED" ? managedBy : null),
    last_status_change_by: ({ managedBy }) => managedBy,
    status: ({ status }) => status,
    note: ({ note }) => note,
    staff_note: ({ staffNote }) => staffNote,
    author: ({ author }) => author,
    title: ({ title }) => title,
    copyright_date: ({ year }) => (year !== null && /^\d{4}$/.test(year) ? Number(year) : null),
    publisher_code: ({ publisher }) => publisher,
    volume_desc: none,
    publication_year: ({ year }) => year,
    publication_place: none,
    isbn: ({ isbn }) => isbn,
    biblio_id: ({ biblioId }) => biblioId,
    reason: none,
    patron_reason: ({ patronReason }) => patronReason,
    budget_id: ({ fundId }) => fundId,
    library_id: ({ library }) => library,
    collection_title: none,
    item_type: ({ itemType }) => itemType,
    quantity: ({ quantity }) => String(quantity),
    currency: () => "USD",
    item_price: ({ price }) => price,
    total_price: ({ price, quantity }) => (price === null ? null : (price * quantity).toFixed(2)),
    archived: no,
  }),
  ...columns<Suggestion>("day", {
    suggestion_date: ({ suggestedOn }) => suggestedOn,
    managed_date: ({ managedBy, at }) => (managedBy === null ? null : localDay(at)),
    accepted_date: ({ status, at }) => (status === "ACCEPTED" ? localDay(at) : null),
    rejected_date: ({ status, at }) => (status === "REJECTED" ? localDay(at) : null),
    last_status_change_date: ({ managedBy, at }) => (managedBy === null ? null : localDay(at)),
  }),
  ...columns<Suggestion>("moment", { timestamp: ({ at }) => at }),
];

export const illFields: Field<IllRequest>[] = [
  ...columns<IllRequest>("value", {
    ill_request_id: ({ id }) => id,
    biblio_id: ({ biblioId }) => biblioId,
    patron_id: ({ patronId }) => patronId,
    library_id: ({ library }) => library,
    access_url: none,
    status: ({ status }) => status,
    medium: ({ medium }) => medium,
    cost: ({ cost }) => cost,
    paid_price: none,
    opac_notes: ({ opacNotes }) => opacNotes,
    staff_notes: ({ staffNotes }) => staffNotes,
    ill_backend_id: () => "FreeForm",
    ill_backend_request_id: ({ id }) => `FF-${String(id)}`,
    status_av: none,
  }),
  ...columns<IllRequest>("day", {
    requested_date: ({ requestedOn }) => requestedOn,
    replied_date: ({ completedOn }) => completedOn,
    completed_date: ({ completedOn }) => completedOn,
  }),
  ...columns<IllRequest>("moment", { due_date: ({ dueAt }) => dueAt, timestamp: ({ at }) => at }),
];

/** A patron as Koha embeds one: everything. */
export function patronObject(database: KohaDatabase, id: number | null): object | null {
  const patron: Patron | undefined = id === null ? undefined : database.patrons.get(id);
  if (patron === undefined) return null;
  return {
    patron_id: patron.id,
    cardnumber: patron.cardNumber,
    surname: patron.last,
    firstname: patron.first,
    preferred_name: patron.first,
    email: patron.email,
    phone: patron.phone,
    mobile: patron.phone,
    address: patron.street,
    city: patron.city,
    postal_code: patron.postalCode,
    date_of_birth: patron.bornOn,
    userid: patron.userId,
    category_id: patron.category,
    library_id: patron.library,
    staff_notes: `Speak to ${patron.first} ${patron.last}`,
  };
}
