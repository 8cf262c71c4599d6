/** Koha's REST API under `/api/v1`: which routes a version has, who may call them, and what they answer. */
import type { Access, Wanted } from "./access.ts";
import { json, notFound, Refused } from "./http.ts";
import type { Answer, Call } from "./http.ts";
import type { Code, KohaDatabase, Loan, Order } from "./model.ts";
import type { Field } from "./query.ts";
import { embedsOf, illEmbeds, loanEmbeds, orderEmbeds } from "./rest-embeds.ts";
import { getBiblio, listBiblios, listDeletedBiblios } from "./rest-biblios.ts";
import { answerList, checkAccept, checkParameters, embedded, list, render } from "./rest-list.ts";
import type { ListSpec } from "./rest-list.ts";
import {
  fundFields,
  holdFields,
  illFields,
  itemFields,
  loanFields,
  orderFields,
  patronObject,
  renewalFields,
  suggestionFields,
} from "./resources.ts";
import { itemTypeFields, libraryFields, valueFields } from "./resources-codes.ts";
import { memoryTable } from "./table.ts";
import { isAtLeast } from "./version.ts";
import type { KohaVersion } from "./version.ts";

export interface RestOptions {
  readonly database: KohaDatabase;
  readonly version: KohaVersion;
  readonly access: Access;
  /** Bug 40417: some early 25.05 answered open loans to `checked_in=true`. */
  readonly ignoresCheckedIn: boolean;
  /** `/biblios` sends no X-Total-Count, unless a site's Koha does. */
  readonly biblioTotals: boolean;
}

interface Route {
  readonly pattern: string;
  readonly method?: "POST";
  readonly since?: KohaVersion;
  readonly until?: KohaVersion;
  /** Absent: no login. */
  readonly wanted?: Wanted;
  readonly producesMarc?: boolean;
  readonly handle: (call: Call, parts: Readonly<Record<string, string>>) => Answer;
}

const catalogue: Wanted = { catalogue: "1" };
const circulation: Wanted = { circulate: "circulate_remaining_permissions" };

/** Answers every request under `/api/v1`; `path` is what follows. */
export function createRest(options: RestOptions): (call: Call, path: string) => Answer {
  const routes = routesOf(options).filter(
    ({ since, until }) =>
      (since === undefined || isAtLeast(options.version, since)) &&
      (until === undefined || !isAtLeast(options.version, until)),
  );
  return (call, path) => {
    for (const route of routes) {
      const parts = matches(route.pattern, path);
      if (parts === null || (route.method ?? "GET") !== call.method) continue;
      if (route.wanted !== undefined) options.access.check(call, route.wanted);
      if (route.producesMarc !== true && route.method === undefined) checkAccept(call);
      return route.handle(call, parts);
    }
    return json(404, { errors: [{ message: "Not Found.", path: "/" }], status: 404 });
  };
}

/** `/items/{item_id}` against `/items/5`. */
function matches(pattern: string, path: string): Record<string, string> | null {
  const [wanted, given] = [pattern.split("/"), path.split("/")];
  if (wanted.length !== given.length) return null;
  const parts: Record<string, string> = {};
  for (const [index, name] of wanted.entries()) {
    const value = given[index] ?? "";
    if (name.startsWith("{")) parts[name.slice(1, -1)] = decodeURIComponent(value);
    else if (name !== value) return null;
  }
  return parts;
}

function routesOf({ database, version, access, ignoresCheckedIn, biblioTotals }: RestOptions): Route[] {
  const codes = (values: readonly Code[]) =>
    memoryTable(values.map((value, index) => ({ id: index + 1, ...value })));
  const plain = <Row>(pattern: string, wanted: Wanted, spec: () => ListSpec<Row>): Route => ({
    pattern,
    wanted,
    handle: (call) => {
      const made = spec();
      return answerList(list(call, version, made), made.fields);
    },
  });
  const loans = loanFields(version);
  const items = itemFields(version);
  const itemSpec = () => ({
    table: database.items,
    fields: items,
    idName: "item_id",
    filters: ["external_id"],
    embeds: isAtLeast(version, "23.11") ? ["+strings", "biblio"] : ["+strings"],
    declaresRequestId: true,
  });
  const one = <Row>(
    what: string,
    fields: readonly Field<Row>[],
    row: Row | undefined,
    extend: object = {},
  ): Answer => {
    if (row === undefined) throw notFound(what);
    return json(200, { ...render(fields, row), ...extend });
  };

  const { extendLoan, extendItem, extendOrder, extendIll } = embedsOf(database, version);

  function listLoans(call: Call): Answer {
    const asked = ["true", "1"].includes(call.query.get("checked_in") ?? "");
    const closed = asked && !ignoresCheckedIn;
    const listed = list(call, version, {
      table: closed ? database.closedLoans : database.openLoans,
      fields: loans,
      idName: "checkout_id",
      filters: ["patron_id"],
      parameters: ["checked_in"],
      embeds: loanEmbeds(version),
      declaresRequestId: true,
    });
    hiddenRows(listed.rows);
    return answerList(listed, loans, extendLoan);
  }

  /** Bugs 32801 and 41889: a row whose item or patron is gone does not fit the schema, and takes its page with it. */
  function hiddenRows(rows: readonly Loan[]): void {
    for (const [index, { itemId, patronId }] of rows.entries()) {
      const column =
        itemId === null && !isAtLeast(version, "22.11.08")
          ? "item_id"
          : patronId === null && !isAtLeast(version, "25.11.06")
            ? "patron_id"
            : null;
      if (column === null) continue;
      const errors = [{ message: "Expected integer - got null.", path: `/body/${String(index)}/${column}` }];
      throw new Refused(json(500, { errors, status: 500 }));
    }
  }

  const anyLoan = (id: string) => database.openLoans.get(Number(id)) ?? database.closedLoans.get(Number(id));
  const illPath = isAtLeast(version, "23.11") ? "/ill/requests" : "/illrequests";

  return [
    { pattern: "/oauth/token", method: "POST", handle: (call) => access.token(call) },
    {
      pattern: "/status/version",
      since: "25.11.05",
      wanted: catalogue,
      handle: () => json(200, { version: `${version}${version.split(".").length === 2 ? ".00" : ""}.000` }),
    },
    {
      pattern: "/biblios",
      since: "22.11.06",
      wanted: catalogue,
      producesMarc: true,
      handle: (call) => listBiblios(call, database, version, biblioTotals),
    },
    {
      pattern: "/biblios/{biblio_id}",
      wanted: catalogue,
      producesMarc: true,
      handle: (call, { biblio_id: id }) => getBiblio(call, database, version, Number(id)),
    },
    {
      pattern: "/biblios/{biblio_id}/items",
      wanted: catalogue,
      handle: (call, { biblio_id: id }) => {
        if (database.biblios.get(Number(id)) === undefined) throw notFound("Bibliographic record");
        const spec = { ...itemSpec(), table: memoryTable(database.itemsOf(Number(id))) };
        return answerList(list(call, version, spec), items, extendItem);
      },
    },
    {
      pattern: "/deleted/biblios",
      since: "24.05",
      wanted: catalogue,
      producesMarc: true,
      handle: (call) => listDeletedBiblios(call, database, version),
    },
    {
      pattern: "/items",
      wanted: catalogue,
      handle: (call) => answerList(list(call, version, itemSpec()), items, extendItem),
    },
    {
      pattern: "/items/{item_id}",
      wanted: catalogue,
      handle: (call, { item_id: id }) => {
        checkParameters(call, []);
        const item = database.items.get(Number(id));
        return one(
          "Item",
          items,
          item,
          item === undefined ? {} : extendItem(item, embedded(call, ["+strings"])),
        );
      },
    },
    { pattern: "/checkouts", wanted: circulation, handle: listLoans },
    {
      pattern: "/checkouts/{checkout_id}",
      wanted: circulation,
      handle: (call, { checkout_id: id = "" }) => {
        const loan = anyLoan(id);
        return one(
          "Checkout",
          loans,
          loan,
          loan === undefined ? {} : extendLoan(loan, embedded(call, loanEmbeds(version))),
        );
      },
    },
    {
      pattern: "/checkouts/{checkout_id}/renewals",
      wanted: circulation,
      handle: (call, { checkout_id: id = "" }) => {
        const loan = anyLoan(id);
        if (loan === undefined) throw notFound("Checkout");
        const embeds = embedded(call, ["renewer"]);
        const shown = loan.renewals.map((one) => ({
          ...render(renewalFields(loan.id), one),
          ...(embeds.includes("renewer") ? { renewer: patronObject(database, one.renewerId) } : {}),
        }));
        return json(200, shown);
      },
    },
    plain("/holds", { reserveforothers: "place_holds" }, () => ({
      table: database.holds,
      fields: holdFields(version),
      idName: "hold_id",
      filters: holdFields(version).map(({ name }) => name),
      embeds: ["cancellation_requested"],
      declaresRequestId: true,
    })),
    plain("/acquisitions/funds", { acquisition: "budget_manage_all" }, () => ({
      table: database.funds,
      fields: fundFields,
      idName: "fund_id",
      filters: ["name", "fund_owner_id"],
    })),
    {
      pattern: "/acquisitions/orders",
      wanted: { acquisition: ["order_manage", "order_manage_all", "order_receive"] },
      handle: (call) => {
        const onlyActive = ["true", "1"].includes(call.query.get("only_active") ?? "");
        const active = (order: Order) => ["new", "ordered", "partial"].includes(order.status);
        const all = Array.from({ length: database.orders.length }, (_, index) => database.orders.at(index));
        const listed = list(call, version, {
          table: onlyActive ? memoryTable(all.filter(active)) : database.orders,
          fields: orderFields,
          idName: "order_id",
          filters: ["biblio_id", "basket_id", "fund_id", "status"],
          parameters: ["only_active"],
          embeds: orderEmbeds,
          declaresRequestId: true,
        });
        return answerList(listed, orderFields, extendOrder);
      },
    },
    {
      pattern: "/acquisitions/orders/{order_id}",
      wanted: { acquisition: "order_manage" },
      handle: (_, { order_id: id }) => one("Order", orderFields, database.orders.get(Number(id))),
    },
    plain("/suggestions", { suggestions: "suggestions_manage" }, () => ({
      table: database.suggestions,
      fields: suggestionFields,
      idName: "suggestion_id",
    })),
    {
      pattern: "/suggestions/{suggestion_id}",
      wanted: { suggestions: "suggestions_manage" },
      handle: (_, { suggestion_id: id }) =>
        one("Suggestion", suggestionFields, database.suggestions.get(Number(id))),
    },
    {
      pattern: illPath,
      wanted: { ill: "1" },
      handle: (call) => {
        const byName = new Map(illFields.map((field) => [field.name, field]));
        // Koha's own pages use the column's name here.
        const resolve = (key: string) =>
          byName.get(key.replace(/^me\./, "").replace("illrequest_id", "ill_request_id")) ?? null;
        const listed = list(call, version, {
          table: database.illRequests,
          fields: illFields,
          idName: "ill_request_id",
          embeds: illEmbeds,
          declaresRequestId: true,
          resolve,
          resolveOrder: resolve,
        });
        return answerList(listed, illFields, extendIll);
      },
    },
    plain("/libraries", catalogue, () => ({
      table: codes(database.libraries),
      fields: libraryFields,
      idName: "library_id",
      filters: libraryFields.map(({ name }) => name),
      embeds: ["smtp_server"],
      declaresRequestId: true,
    })),
    {
      pattern: "/libraries/{library_id}",
      wanted: catalogue,
      handle: (_, { library_id: wanted }) => {
        const index = database.libraries.findIndex(({ code }) => code === wanted);
        const library = database.libraries[index];
        return one("Library", libraryFields, library === undefined ? undefined : { id: index, ...library });
      },
    },
    {
      ...plain("/item_types", catalogue, () => ({
        table: codes(database.itemTypes),
        fields: itemTypeFields,
        idName: "item_type",
        embeds: ["translated_descriptions"],
      })),
      since: "23.05",
    },
    {
      pattern: "/authorised_value_categories/{category}/authorised_values",
      since: "22.11.06",
      wanted: catalogue,
      handle: (call, { category = "" }) => {
        const values = database.authorisedValues.get(category);
        if (values === undefined) throw notFound("Category");
        const fields = valueFields(category);
        const spec = {
          table: codes(values),
          fields,
          idName: "authorised_value_id",
          filters: fields.map(({ name }) => name),
        };
        return answerList(list(call, version, spec), fields);
      },
    },
  ];
}
