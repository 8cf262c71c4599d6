/** What a Koha double holds, as rows of Koha's own tables (schema.sql). Moments are the library's local time. */
import { localDay, localText } from "../../connectors/demo/clock.ts";
import { marcOf } from "../../connectors/demo/marc.ts";
import { toMarcXml } from "../../connectors/demo/marc-write.ts";
import type { Item, KohaDatabase, Loan, Table } from "../../connectors/demo/model.ts";

export type Cell = string | number | null;
export interface KohaTable {
  readonly name: string;
  readonly columns: string;
  readonly rows: Iterable<readonly Cell[]>;
}

const textOf = (at: number | null): string | null => (at === null ? null : localText(at));
const flag = (value: boolean): number => (value ? 1 : 0);

function* rowsOf<Row>(table: Table<Row>): Generator<Row> {
  for (let index = 0; index < table.length; index += 1) yield table.at(index);
}

function* mapped<Row>(table: Table<Row>, row: (row: Row) => readonly Cell[]): Generator<readonly Cell[]> {
  for (const one of rowsOf(table)) yield row(one);
}

function itemRow(item: Item): Cell[] {
  const { id, biblioId, barcode, acquiredOn, homeLibrary, price, replacementPrice, lastCheckoutOn } = item;
  return [
    ...[id, biblioId, barcode, acquiredOn, homeLibrary, price, replacementPrice, lastCheckoutOn],
    ...[
      item.notForLoan,
      item.damaged,
      item.lost,
      textOf(item.lostAt),
      item.withdrawn,
      textOf(item.withdrawnAt),
    ],
    ...[item.callNumber, item.holdingLibrary, item.location, item.collection, item.itemType],
    ...[item.checkouts, item.renewals, item.localUse, item.dueOn, localText(item.at)],
  ];
}

const itemColumns = `itemnumber, biblionumber, barcode, dateaccessioned, homebranch, price, replacementprice,
  datelastborrowed, notforloan, damaged, itemlost, itemlost_on, withdrawn, withdrawn_on, itemcallnumber,
  holdingbranch, location, ccode, itype, issues, renewals, localuse, onloan, timestamp`;

const loanRow = (loan: Loan): Cell[] => [
  ...[loan.id, loan.itemId, loan.library, localText(loan.outAt), localText(loan.dueAt), textOf(loan.inAt)],
  ...[loan.renewals.length, flag(loan.onsite)],
];
const loanColumns =
  "issue_id, itemnumber, branchcode, issuedate, date_due, returndate, renewals_count, onsite_checkout";

/** A row for each loan, renewal and return, as Koha writes them; renewals at the library of the loan. */
function* statistics({ koha, itemOf }: KohaRows): Generator<readonly Cell[]> {
  for (const table of [koha.openLoans, koha.closedLoans]) {
    for (const loan of rowsOf(table)) {
      const itemId = loan.itemId ?? itemOf(loan.id);
      yield [localText(loan.outAt), loan.library, loan.onsite ? "onsite_checkout" : "issue", itemId];
      for (const { at } of loan.renewals) yield [localText(at), loan.library, "renew", itemId];
      if (loan.inAt !== null) yield [localText(loan.inAt), loan.inLibrary, "return", itemId];
    }
  }
}

export interface KohaRows {
  readonly koha: KohaDatabase;
  readonly deletedItems: readonly Item[];
  /** Of a loan that has forgotten its copy. */
  readonly itemOf: (loanId: number) => number | null;
  /** First and last days of the budget periods. */
  readonly fundPeriods: readonly { readonly id: string; readonly from: string; readonly to: string }[];
}

export function kohaTables(all: KohaRows): KohaTable[] {
  const { koha, deletedItems, fundPeriods } = all;
  return [
    {
      name: "biblio",
      columns: "biblionumber, title, author, copyrightdate, datecreated, timestamp",
      rows: mapped(koha.biblios, ({ id, facts, createdOn, biblioAt }) => [
        ...[id, facts.title, facts.author.slice(5) || null, /^\d{4}$/.test(facts.year) ? facts.year : null],
        ...[createdOn, localText(biblioAt)],
      ]),
    },
    {
      name: "biblioitems",
      columns: "biblioitemnumber, biblionumber, isbn, publicationyear",
      rows: mapped(koha.biblios, ({ id, facts }) => [
        id,
        id,
        facts.isbn.join(" | ") || null,
        facts.year || null,
      ]),
    },
    {
      name: "biblio_metadata",
      columns: "id, biblionumber, format, `schema`, metadata, timestamp",
      rows: mapped(koha.biblios, (biblio) => {
        const xml = toMarcXml(marcOf(biblio)).replace(/^<\?xml[^>]*\?>\s*/, "");
        // What Koha cannot read is XML that stops in the middle.
        const stored = biblio.corrupt ? xml.slice(0, xml.length / 2) : xml;
        return [biblio.id, biblio.id, "marcxml", "MARC21", stored, localText(biblio.metadataAt)];
      }),
    },
    {
      name: "deletedbiblio",
      columns: "biblionumber, datecreated, timestamp",
      rows: mapped(koha.deletedBiblios, ({ id, createdOn, deletedAt }) => [
        id,
        createdOn,
        localText(deletedAt),
      ]),
    },
    { name: "items", columns: itemColumns, rows: mapped(koha.items, itemRow) },
    {
      name: "deleteditems",
      columns: `${itemColumns}, deleted_on`,
      rows: deletedItems.map((item) => [...itemRow(item), localText(item.at)]),
    },
    {
      name: "branches",
      columns: "branchcode, branchname",
      rows: koha.libraries.map(({ code, label }) => [code, label]),
    },
    {
      name: "itemtypes",
      columns: "itemtype, description, notforloan",
      rows: koha.itemTypes.map(({ code, label }) => [code, label, 0]),
    },
    { name: "issues", columns: loanColumns, rows: mapped(koha.openLoans, loanRow) },
    { name: "old_issues", columns: loanColumns, rows: mapped(koha.closedLoans, loanRow) },
    { name: "statistics", columns: "datetime, branch, type, itemnumber", rows: statistics(all) },
    {
      name: "reserves",
      columns: "reserve_id, biblionumber, itemnumber, reservedate, found, priority, suspend",
      rows: mapped(koha.holds, (hold) => [
        ...[
          hold.id,
          hold.biblioId,
          hold.itemId,
          hold.placedOn,
          hold.status,
          hold.priority,
          flag(hold.suspended),
        ],
      ]),
    },
    {
      name: "aqbudgetperiods",
      columns: "budget_period_id, budget_period_startdate, budget_period_enddate",
      rows: fundPeriods.map(({ id, from, to }) => [id, from, to]),
    },
    {
      name: "aqbudgets",
      columns: "budget_id, budget_parent_id, budget_code, budget_name, budget_amount, budget_period_id",
      rows: mapped(koha.funds, ({ id, parentId, code, name, amount, periodId }) => [
        ...[id, parentId, code, name, amount, periodId],
      ]),
    },
    {
      name: "aqorders",
      columns: `ordernumber, biblionumber, budget_id, entrydate, quantity, quantityreceived, ecost_tax_included,
        unitprice_tax_included, orderstatus, parent_ordernumber, datereceived, datecancellationprinted, basketno`,
      rows: mapped(koha.orders, (order) => [
        ...[order.id, order.biblioId, order.fundId, order.enteredOn, order.quantity, order.quantityReceived],
        ...[order.ecostIncluded, order.unitPriceIncluded, order.status, order.parentId, order.receivedOn],
        ...[order.cancelledOn, order.basketId],
      ]),
    },
    {
      name: "suggestions",
      columns: `suggestionid, STATUS, suggesteddate, accepteddate, rejecteddate, lastmodificationdate, biblionumber,
        budgetid, branchcode`,
      rows: mapped(
        koha.suggestions,
        ({ id, status, suggestedOn, managedBy, at, biblioId, fundId, library }) => [
          ...[id, status, suggestedOn, status === "ACCEPTED" ? localDay(at) : null],
          ...[status === "REJECTED" ? localDay(at) : null, managedBy === null ? null : localDay(at)],
          ...[biblioId, fundId, library],
        ],
      ),
    },
    {
      name: "illrequests",
      columns: "illrequest_id, biblio_id, branchcode, status, placed, completed, medium",
      rows: mapped(
        koha.illRequests,
        ({ id, biblioId, library, status, requestedOn, completedOn, medium }) => [
          ...[id, biblioId, library, status, requestedOn, completedOn, medium],
        ],
      ),
    },
  ];
}
