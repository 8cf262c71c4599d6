/** OAI-PMH 2.0 as Koha's oai.pl speaks it (https://www.openarchives.org/OAI/openarchivesprotocol.html). */
import { utcText } from "./clock.ts";
import { headingField, marcOf } from "./marc.ts";
import { escapeXml, toMarcXml } from "./marc-write.ts";
import type { Answer, Call } from "./http.ts";
import { withItems } from "./item-field.ts";
import type { Biblio, KohaDatabase } from "./model.ts";
import { isAtLeast } from "./version.ts";
import type { KohaVersion } from "./version.ts";

export interface OaiOptions {
  readonly database: KohaDatabase;
  readonly version: KohaVersion;
  /** A configuration file with `include_items`: 952 in the records, and their changes in the datestamps. */
  readonly includeItems: boolean;
  /** OAI-PMH:MaxCount. */
  readonly pageSize: number;
  /** What a token that means nothing gets; Koha says noRecordsMatch. */
  readonly badToken: "noRecordsMatch" | "badResumptionToken";
}

const archive = "KOHA-OAI-DEMO";
const formats = {
  oai_dc: ["http://www.openarchives.org/OAI/2.0/oai_dc.xsd", "http://www.openarchives.org/OAI/2.0/oai_dc/"],
  marc21: [
    "http://www.loc.gov/MARC21/slim http://www.loc.gov/standards/marcxml/schema/MARC21slim",
    "http://www.loc.gov/MARC21/slim http://www.loc.gov/standards/marcxml/schema/MARC21slim",
  ],
  marcxml: ["http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd", "http://www.loc.gov/MARC21/slim"],
} as const;
const sets: Readonly<Record<string, (biblio: Biblio) => boolean>> = {
  serials: ({ facts }) => facts.type === "serial" || facts.type === "e-journal",
  music: ({ facts }) => facts.type === "score" || facts.type === "recording",
};
const allowed: Readonly<Record<string, readonly string[]>> = {
  Identify: [],
  ListMetadataFormats: ["identifier"],
  ListSets: ["resumptionToken"],
  ListIdentifiers: ["metadataPrefix", "from", "until", "set", "resumptionToken"],
  ListRecords: ["metadataPrefix", "from", "until", "set", "resumptionToken"],
  GetRecord: ["identifier", "metadataPrefix"],
};

class OaiError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

interface Window {
  readonly prefix: keyof typeof formats;
  /** Milliseconds, both included. */
  readonly from: number;
  readonly until: number;
  readonly set: string;
  /** Deleted records come first, then live ones; each by number. */
  readonly stage: "deleted" | "live";
  /** First record number of the page. */
  readonly next: number;
}

interface Entry {
  readonly biblio: Biblio;
  readonly at: number;
  readonly deleted: boolean;
}

export function createOai(options: OaiOptions): (call: Call) => Answer {
  return (call) => {
    const args = call.method === "POST" ? new URLSearchParams(call.body) : call.query;
    const responseDate = utcText(options.database.now());
    const url = `${call.base}${call.path}`;
    const wrap = (request: string, content: string): Answer => ({
      status: 200,
      type: "text/xml; charset=utf-8",
      body:
        `<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" ` +
        `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ ` +
        `http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"><responseDate>${responseDate}</responseDate>${request}${content}</OAI-PMH>\n`,
    });
    try {
      const verb = args.get("verb") ?? "";
      checkArguments(verb, args);
      const attributes = [...args].map(([name, value]) => ` ${name}="${escapeXml(value)}"`).join("");
      const content = contentOf(verb, args, options, url);
      if (content === null) return unreadable();
      return wrap(`<request${attributes}>${escapeXml(url)}</request>`, `<${verb}>${content}</${verb}>`);
    } catch (error) {
      if (!(error instanceof OaiError)) throw error;
      return wrap(
        `<request>${escapeXml(url)}</request>`,
        `<error code="${error.code}">${escapeXml(error.message)}</error>`,
      );
    }
  };
}

function checkArguments(verb: string, args: URLSearchParams): void {
  const names = allowed[verb];
  if (names === undefined) throw new OaiError("badVerb", `'${verb}' is no verb of OAI-PMH`);
  for (const name of args.keys())
    if (name !== "verb" && !names.includes(name))
      throw new OaiError("badArgument", `'${name}' does not belong here`);
}

/** Null: Koha dies over the record. */
function contentOf(verb: string, args: URLSearchParams, options: OaiOptions, url: string): string | null {
  switch (verb) {
    case "Identify":
      return identify(options, url);
    case "ListMetadataFormats":
      return Object.entries(formats)
        .map(
          ([prefix, [schema, namespace]]) =>
            `<metadataFormat><metadataPrefix>${prefix}</metadataPrefix><schema>${schema}</schema><metadataNamespace>${namespace}</metadataNamespace></metadataFormat>`,
        )
        .join("");
    case "ListSets":
      return Object.keys(sets)
        .map((set) => `<set><setSpec>${set}</setSpec><setName>All ${set}</setName></set>`)
        .join("");
    case "GetRecord":
      return getRecord(args, options);
    default:
      return listPage(verb === "ListRecords", args, options);
  }
}

function identify({ database }: OaiOptions, url: string): string {
  let earliest = Infinity;
  for (let index = 0; index < Math.min(database.biblios.length, 20_000); index += 1)
    earliest = Math.min(earliest, database.biblios.at(index).metadataAt);
  // Koha prints the database's text: no T, no Z.
  const datestamp = utcText(Number.isFinite(earliest) ? earliest : database.now())
    .replace("T", " ")
    .replace("Z", "");
  return (
    `<repositoryName>Demo Library</repositoryName><baseURL>${escapeXml(url)}</baseURL>` +
    `<protocolVersion>2.0</protocolVersion><adminEmail>koha@library.example.edu</adminEmail>` +
    `<earliestDatestamp>${datestamp}</earliestDatestamp><deletedRecord>persistent</deletedRecord>` +
    `<granularity>YYYY-MM-DDThh:mm:ssZ</granularity><compression>gzip</compression>`
  );
}

/** Koha stops with an error page, and still says 200 and text/xml. */
function unreadable(): Answer {
  const body = `<!DOCTYPE html><html><body><h1>Software error:</h1><pre>parser error : StartTag: invalid element name</pre></body></html>`;
  return { status: 200, type: "text/xml; charset=utf-8", body };
}

function prefixOf(text: string | null): keyof typeof formats {
  if (text === null) throw new OaiError("badArgument", "metadataPrefix is missing");
  const known = Object.keys(formats) as (keyof typeof formats)[];
  const prefix = known.find((candidate) => candidate === text);
  if (prefix === undefined) throw new OaiError("cannotDisseminateFormat", `'${text}' is not supported`);
  return prefix;
}

function bound(text: string | null, end: boolean): number | null {
  if (text === null) return null;
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return Date.parse(`${text}T${end ? "23:59:59" : "00:00:00"}Z`);
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at)) throw new OaiError("badArgument", `'${text}' is no datestamp`);
  return at;
}

function windowOf(args: URLSearchParams, { database, badToken }: OaiOptions): Window {
  const token = args.get("resumptionToken");
  if (token !== null) {
    const [prefix = "", next = "", from = "", until = "", set = "", stage = ""] = token.split("/");
    const known = Object.keys(formats).includes(prefix) && /^\d+$/.test(next) && /^[01]$/.test(stage);
    if (!known) throw new OaiError(badToken, "The resumption token is not valid.");
    return {
      prefix: prefixOf(prefix),
      next: Number(next),
      from: Date.parse(from),
      until: Date.parse(until),
      set,
      stage: stage === "0" ? "deleted" : "live",
    };
  }
  const [from, until] = [args.get("from"), args.get("until")];
  if (from !== null && until !== null && from.length !== until.length)
    throw new OaiError("badArgument", "from and until differ in granularity");
  const today = utcText(database.now()).slice(0, 10);
  return {
    prefix: prefixOf(args.get("metadataPrefix")),
    from: bound(from, false) ?? 0,
    until: bound(until, true) ?? Date.parse(`${today}T23:59:59Z`),
    set: args.get("set") ?? "",
    stage: "deleted",
    next: 0,
  };
}

const second = (at: number): number => Math.floor(at / 1000) * 1000;

function datestamp(biblio: Biblio, { database, includeItems }: OaiOptions): number {
  if (!includeItems) return second(biblio.metadataAt);
  return second(Math.max(biblio.metadataAt, ...database.itemsOf(biblio.id).map(({ at }) => at)));
}

function* entriesFrom(window: Window, options: OaiOptions): Generator<Entry> {
  const { database } = options;
  const inSet = (biblio: Biblio) => sets[window.set]?.(biblio) ?? true; // an unknown set filters nothing
  const inWindow = (at: number) => at >= window.from && at <= window.until;
  if (window.stage === "deleted") {
    const table = database.deletedBiblios;
    for (let index = table.after(window.next - 1); index < table.length; index += 1) {
      const biblio = table.at(index);
      const at = second(biblio.deletedAt);
      if (inWindow(at) && inSet(biblio)) yield { biblio, at, deleted: true };
    }
  }
  const table = database.biblios;
  for (
    let index = window.stage === "live" ? table.after(window.next - 1) : 0;
    index < table.length;
    index += 1
  ) {
    const biblio = table.at(index);
    const at = datestamp(biblio, options);
    if (inWindow(at) && inSet(biblio)) yield { biblio, at, deleted: false };
  }
}

function listPage(withRecords: boolean, args: URLSearchParams, options: OaiOptions): string {
  const window = windowOf(args, options);
  const entries: Entry[] = [];
  let token = "";
  for (const entry of entriesFrom(window, options)) {
    if (entries.length === options.pageSize) {
      const stage = entry.deleted ? "0" : "1";
      token = [
        window.prefix,
        entry.biblio.id,
        utcText(window.from),
        utcText(window.until),
        window.set,
        stage,
      ].join("/");
      break;
    }
    entries.push(entry);
  }
  if (entries.length === 0)
    throw new OaiError(
      "noRecordsMatch",
      "The combination of the values of the from, until, set, and metadataPrefix arguments results in an empty list.",
    );
  const body = entries
    .map((entry) => (withRecords ? recordXml(entry, window.prefix, options) : headerXml(entry)))
    .join("");
  // No element at all after the last page.
  return token === ""
    ? body
    : `${body}<resumptionToken cursor="${String(entries.length)}">${escapeXml(token)}</resumptionToken>`;
}

function headerXml({ biblio, at, deleted }: Entry): string {
  const status = deleted ? ` status="deleted"` : "";
  const specs = deleted ? [] : Object.keys(sets).filter((set) => sets[set]?.(biblio));
  return (
    `<header${status}><identifier>${archive}:${String(biblio.id)}</identifier><datestamp>${utcText(at)}</datestamp>` +
    `${specs.map((set) => `<setSpec>${set}</setSpec>`).join("")}</header>`
  );
}

function recordXml(entry: Entry, prefix: keyof typeof formats, options: OaiOptions): string {
  const { biblio } = entry;
  // Unreadable, or (bug 37713) hidden from readers: Koha calls both deleted, and they are not.
  const hidden = biblio.corrupt || (biblio.suppressed && isAtLeast(options.version, "25.11"));
  if (entry.deleted || hidden) return `<record>${headerXml({ ...entry, deleted: true })}</record>`;
  const metadata = prefix === "oai_dc" ? dublinCore(biblio) : marcXml(biblio, options);
  return `<record>${headerXml(entry)}<metadata>${metadata}</metadata></record>`;
}

function marcXml(biblio: Biblio, { database, includeItems }: OaiOptions): string {
  const record = marcOf(biblio);
  return toMarcXml(includeItems ? withItems(record, database.itemsOf(biblio.id)) : record);
}

function dublinCore({ facts }: Biblio): string {
  const elements: readonly (readonly [string, string])[] = [
    ["title", [facts.title, facts.remainder].filter((part) => part !== "").join(" : ")],
    ["creator", facts.author.slice(5)],
    ["publisher", facts.publisher],
    ["date", facts.year],
    ["language", facts.language],
    ["identifier", facts.isbn[0] === undefined ? "" : `URN:ISBN:${facts.isbn[0]}`],
    ...facts.headings.map((heading) => ["subject", headingField(heading).subfields[0]?.[1] ?? ""] as const),
  ];
  const body = elements
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `<dc:${name}>${escapeXml(value)}</dc:${name}>`)
    .join("");
  return `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">${body}</oai_dc:dc>`;
}

function getRecord(args: URLSearchParams, options: OaiOptions): string | null {
  const prefix = prefixOf(args.get("metadataPrefix"));
  const identifier = args.get("identifier");
  if (identifier === null) throw new OaiError("badArgument", "identifier is missing");
  const id = Number(identifier.startsWith(`${archive}:`) ? identifier.slice(archive.length + 1) : NaN);
  const biblio = options.database.biblios.get(id);
  const gone = options.database.deletedBiblios.get(id);
  if (gone !== undefined)
    return recordXml({ biblio: gone, at: second(gone.deletedAt), deleted: true }, prefix, options);
  if (biblio === undefined) throw new OaiError("idDoesNotExist", `There is no record ${identifier}`);
  if (biblio.corrupt) return null;
  // Koha takes this date from biblioitems: it may differ from the list's.
  return recordXml({ biblio, at: second(biblio.biblioitemAt), deleted: false }, prefix, options);
}
