/** Relations that a client can ask to have put into the rows (`x-koha-embed`): patrons whole, as Koha gives them. */
import type { IllRequest, Item, KohaDatabase, Loan, Order } from "./model.ts";
import { render } from "./rest-list.ts";
import { biblioFields, fundFields, itemFields, patronObject, renewalFields } from "./resources.ts";
import { isAtLeast } from "./version.ts";
import type { KohaVersion } from "./version.ts";

export const orderEmbeds: readonly string[] = (
  "basket basket.basket_group basket.creator biblio biblio.active_orders+count biblio.holds+count biblio.items+count " +
  "biblio.suggestions.suggester fund current_item_level_holds+count invoice items items+strings subscription"
).split(" ");

export const illEmbeds: readonly string[] =
  "+strings biblio comments comments+count extended_attributes library id_prefix patron".split(" ");

/** Null before 23.11: the operation declares none. Bug 37809 added most. */
export function loanEmbeds(version: KohaVersion): readonly string[] | null {
  if (isAtLeast(version, "24.11"))
    return ["booking", "issuer", "item", "item.biblio", "library", "patron", "renewals"];
  return isAtLeast(version, "23.11") ? ["issuer", "renewals"] : null;
}

/** One function per kind of row: what the wanted relations add to it. */
export function embedsOf(database: KohaDatabase, version: KohaVersion) {
  const items = itemFields(version);
  const biblioObject = (id: number | null): object | null => {
    const biblio = id === null ? undefined : database.biblios.get(id);
    return biblio === undefined ? null : render(biblioFields(version), biblio);
  };

  function extendLoan(loan: Loan, embeds: readonly string[]): object {
    const all: Record<string, unknown> = {};
    const item = database.items.get(loan.itemId ?? -1);
    if (embeds.includes("issuer")) all["issuer"] = patronObject(database, loan.issuerId);
    if (embeds.includes("patron")) all["patron"] = patronObject(database, loan.patronId);
    if (embeds.includes("booking")) all["booking"] = null;
    if (embeds.includes("renewals"))
      all["renewals"] = loan.renewals.map((one) => render(renewalFields(loan.id), one));
    if (embeds.includes("library")) all["library"] = { library_id: loan.library };
    if (embeds.some((name) => name.startsWith("item"))) {
      const shown = embeds.includes("item.biblio") ? { biblio: biblioObject(item?.biblioId ?? null) } : {};
      all["item"] = item === undefined ? null : { ...render(items, item), ...shown };
    }
    return all;
  }

  function extendItem(item: Item, embeds: readonly string[]): object {
    const label = (category: string, code: string) =>
      (database.authorisedValues.get(category) ?? []).find((value) => value.code === code)?.label ?? code;
    return {
      ...(embeds.includes("biblio") ? { biblio: biblioObject(item.biblioId) } : {}),
      ...(embeds.includes("+strings")
        ? {
            _strings: {
              location: { category: "LOC", str: label("LOC", item.location), type: "av" },
              collection_code: { category: "CCODE", str: label("CCODE", item.collection), type: "av" },
            },
          }
        : {}),
    };
  }

  function extendOrder(order: Order, embeds: readonly string[]): object {
    const all: Record<string, unknown> = {};
    const fund = database.funds.get(order.fundId);
    for (const name of embeds) {
      const root = name.split(".")[0]?.replace(/\+.*$/, "") ?? "";
      if (root === "fund") all["fund"] = fund === undefined ? null : render(fundFields, fund);
      else if (root === "biblio") all["biblio"] = biblioObject(order.biblioId);
      else if (root === "basket")
        all["basket"] = { basket_id: order.basketId, creator: patronObject(database, order.createdBy) };
      else if (root === "items") all["items"] = [];
      else if (root === "current_item_level_holds") all["current_item_level_holds_count"] = 0;
      else all[root] = null;
    }
    return all;
  }

  function extendIll(
    { id, patronId, attributes, staffNotes }: IllRequest,
    embeds: readonly string[],
  ): object {
    const all: Record<string, unknown> = {};
    if (embeds.includes("extended_attributes"))
      all["extended_attributes"] = attributes.map(([type, value]) => ({
        illrequest_id: id,
        type,
        value,
        readonly: 0,
      }));
    if (embeds.includes("patron")) all["patron"] = patronObject(database, patronId);
    const comments = staffNotes === null ? [] : [{ comment: staffNotes }];
    if (embeds.includes("comments")) all["comments"] = comments;
    if (embeds.includes("comments+count")) all["comments_count"] = comments.length;
    return all;
  }

  return { extendLoan, extendItem, extendOrder, extendIll };
}
