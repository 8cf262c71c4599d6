/** The part of CQL that Koha maps to Zebra, and the part of PQF (`x-pquery`) that a sweep needs. */
import type { Biblio, Item, KohaDatabase } from "./model.ts";

type BiblioTest = (biblio: Biblio, database: KohaDatabase) => boolean;

export interface Search {
  readonly test: BiblioTest;
  /** Only records with a greater number can match; null: any. */
  readonly after: number | null;
}

/** https://www.loc.gov/standards/sru/diagnostics/diagnosticsList.html */
export class SruError extends Error {
  readonly code: number;
  readonly details: string;

  constructor(code: number, details: string) {
    super(`diagnostic ${String(code)} ${details}`);
    this.code = code;
    this.details = details;
  }
}

const fold = (text: string): string => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

type Texts = (biblio: Biblio) => readonly string[];
const texts: Readonly<Record<string, Texts>> = {
  title: ({ facts }) => [facts.title, facts.remainder, facts.vernacularTitle],
  author: ({ facts }) => [facts.author.slice(5), facts.vernacularAuthor],
  subject: ({ facts }) => facts.headings.map((heading) => heading.slice(5).replaceAll(/\$./g, " ")),
  isbn: ({ facts }) => facts.isbn,
  issn: ({ facts }) => [facts.issn, facts.issn.replace("-", "")],
  publisher: ({ facts }) => [facts.publisher],
  date: ({ facts }) => [facts.year],
  language: ({ facts }) => [facts.language],
  note: () => [],
};
const anywhere: Texts = (biblio) => Object.values(texts).flatMap((get) => get(biblio));

/** Each word of the term is somewhere in the text; `a*` is a beginning. */
function matchesWords(get: Texts, term: string): BiblioTest {
  const truncated = term.endsWith("*");
  const wanted = wordsOf(term);
  return (biblio) => {
    const present = get(biblio).flatMap(wordsOf);
    return wanted.every((word, index) =>
      present.some((candidate) =>
        truncated && index === wanted.length - 1 ? candidate.startsWith(word) : candidate === word,
      ),
    );
  };
}

const aliases: Readonly<Record<string, string>> = { creator: "author", identifier: "isbn" };
/** Mapped by Koha to attributes that point at other indexes: no hits, no error. */
const empty = ["branch", "barcode", "itemtype"];

function cqlClause(name: string, relation: string, term: string): BiblioTest {
  const [set, index] = name.includes(".") ? name.split(".") : ["", name];
  if (!["", "cql", "rec", "dc", "bath"].includes(set ?? "")) throw new SruError(15, set ?? "");
  const known = aliases[index?.toLowerCase() ?? ""] ?? index ?? "";
  if (["<", ">", "<=", ">="].includes(relation)) throw new SruError(19, relation);
  if (set === "rec" && known === "id") return (biblio) => biblio.id === Number(term);
  if (known === "serverChoice" || known === "anywhere") return matchesWords(anywhere, term);
  if (empty.includes(known)) return () => false;
  const get = texts[known];
  if (get === undefined) throw new SruError(16, name);
  return matchesWords(get, term);
}

/** Clauses joined by and, or, not, from left to right; brackets nest. Throws SruError. */
export function parseCql(query: string): Search {
  const tokens = query.match(/"(?:[^"\\]|\\.)*"|[()]|<=|>=|<>|[=<>]|[^\s()"=<>]+/g) ?? [];
  let at = 0;
  const unquoted = (token: string) =>
    token.startsWith('"') ? token.slice(1, -1).replaceAll(/\\(.)/g, "$1") : token;
  const isRelation = (token: string | undefined) =>
    ["=", "<", ">", "<=", ">=", "<>", "any", "all", "exact"].includes(token ?? "");
  const clause = (): BiblioTest => {
    const token = tokens[at];
    if (token === undefined || token === ")" || isRelation(token)) throw new SruError(10, query);
    at += 1;
    if (token === "(") {
      const inner = expression();
      if (tokens[at] !== ")") throw new SruError(10, query);
      at += 1;
      return inner;
    }
    const relation = tokens[at];
    if (!isRelation(relation)) return cqlClause("cql.serverChoice", "=", unquoted(token));
    const term = tokens[at + 1];
    if (term === undefined || term === "(" || term === ")") throw new SruError(10, query);
    at += 2;
    return cqlClause(token, relation ?? "=", unquoted(term));
  };
  const expression = (): BiblioTest => {
    let test = clause();
    for (
      let word = tokens[at]?.toLowerCase();
      word !== undefined && word !== ")";
      word = tokens[at]?.toLowerCase()
    ) {
      if (word === "sortby") {
        if (/date/i.test(tokens[at + 1] ?? "")) throw new SruError(89, "date");
        at = tokens.length;
        break;
      }
      if (!["and", "or", "not"].includes(word)) throw new SruError(10, query);
      at += 1;
      test = joined(word, test, clause());
    }
    return test;
  };
  if (query.trim() === "") throw new SruError(7, "query");
  const test = expression();
  if (at < tokens.length) throw new SruError(10, query);
  return { test, after: null };
}

function joined(word: string, left: BiblioTest, right: BiblioTest): BiblioTest {
  if (word === "or") return (biblio, database) => left(biblio, database) || right(biblio, database);
  if (word === "not") return (biblio, database) => left(biblio, database) && !right(biblio, database);
  return (biblio, database) => left(biblio, database) && right(biblio, database);
}

const ofItems: Readonly<Record<string, (item: Item) => string>> = {
  homebranch: (item) => item.homeLibrary,
  holdingbranch: (item) => item.holdingLibrary,
  location: (item) => item.location,
  ccode: (item) => item.collection,
  itype: (item) => item.itemType,
  barcode: (item) => item.barcode,
  lost: (item) => String(item.lost),
  withdrawn: (item) => String(item.withdrawn),
  notforloan: (item) => String(item.notForLoan),
};

/** `@attr 1=Local-number @attr 2=5 @attr 4=109 300`, with `@and @or @not` before two operands. */
export function parsePqf(query: string): Search {
  const tokens = query.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? [];
  let at = 0;
  const operand = (): Search => {
    const attributes = new Map<string, string>();
    for (;;) {
      const token = tokens[at];
      at += 1;
      if (token === undefined) throw new SruError(10, query);
      if (["@and", "@or", "@not"].includes(token)) {
        const [left, right] = [operand(), operand()];
        const after = token === "@and" ? (left.after ?? right.after) : null;
        return { test: joined(token.slice(1), left.test, right.test), after };
      }
      if (token === "@attr") {
        const [type = "", value = ""] = (tokens[at] ?? "").split("=");
        attributes.set(type, value);
        at += 1;
      } else if (token === "@attrset") at += 1;
      else return pqfClause(attributes, token.startsWith('"') ? token.slice(1, -1) : token);
    }
  };
  const search = operand();
  if (at < tokens.length) throw new SruError(10, query);
  return search;
}

function pqfClause(attributes: ReadonlyMap<string, string>, term: string): Search {
  const use = attributes.get("1") ?? "";
  const relation = attributes.get("2") ?? "3";
  if (use.toUpperCase() === "_ALLRECORDS") return { test: () => true, after: null };
  if (use === "Local-number" || use === "12") {
    const number = Number(term);
    const tests: Readonly<Record<string, BiblioTest>> = {
      "1": ({ id }) => id < number,
      "2": ({ id }) => id <= number,
      "3": ({ id }) => id === number,
      "4": ({ id }) => id >= number,
      "5": ({ id }) => id > number,
    };
    const test = tests[relation];
    if (test === undefined) throw new SruError(19, relation);
    return { test, after: relation === "5" ? number : relation === "4" ? number - 1 : null };
  }
  const ofItem = ofItems[use.toLowerCase()];
  if (ofItem !== undefined)
    return {
      test: ({ id }, database) => database.itemsOf(id).some((item) => fold(ofItem(item)) === fold(term)),
      after: null,
    };
  const numbered: Readonly<Record<string, string>> = {
    "4": "title",
    "1003": "author",
    "21": "subject",
    "7": "isbn",
  };
  const get = use === "" || use === "1016" ? anywhere : texts[numbered[use] ?? use.toLowerCase()];
  if (get === undefined) throw new SruError(16, use);
  return { test: matchesWords(get, attributes.get("5") === "1" ? `${term}*` : term), after: null };
}
