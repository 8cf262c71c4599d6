/** SRU as Koha's Zebra speaks it: versions 1.1, 1.2 and, when none is named, 2.0. Diagnostics come with HTTP 200. */
import type { MarcRecord } from "../../src/domain/marc/record.ts";
import type { Answer, Call } from "./http.ts";
import { withItems } from "./item-field.ts";
import { marcOf } from "./marc.ts";
import { escapeXml, toIso2709, toMarcXml } from "./marc-write.ts";
import type { Biblio, KohaDatabase } from "./model.ts";
import { parseCql, parsePqf, SruError } from "./sru-query.ts";
import type { Search } from "./sru-query.ts";

const messages: Readonly<Record<number, string>> = {
  6: "Unsupported parameter value",
  7: "Mandatory parameter not supplied",
  10: "Query syntax error",
  15: "Unsupported context set",
  16: "Unsupported index",
  19: "Unsupported relation",
  61: "First record position out of range",
  66: "Unknown schema for retrieval",
  89: "Sort unsupported",
};

interface Shape {
  readonly version: string;
  readonly namespace: string;
}

const shapeOf = (version: string | null): Shape =>
  version === "1.1" || version === "1.2"
    ? { version, namespace: "http://www.loc.gov/zing/srw/" }
    : { version: "2.0", namespace: "http://docs.oasis-open.org/ns/search-ws/sruResponse" };

const xml = (body: string): Answer => ({
  status: 200,
  type: "text/xml; charset=utf-8",
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}\n`,
});

export function createSru(database: KohaDatabase): (call: Call) => Answer {
  return (call) => {
    const args = call.query;
    if (call.method !== "GET")
      return { status: 500, type: "text/html", body: "<html><body>Error</body></html>" };
    const shape = shapeOf(args.get("version"));
    if (
      args.get("operation") === "explain" ||
      (!args.has("operation") && !args.has("query") && !args.has("x-pquery"))
    )
      return xml(explain(shape));
    try {
      return xml(search(database, args, shape));
    } catch (error) {
      if (!(error instanceof SruError)) throw error;
      return xml(response(shape, diagnostics(error), args));
    }
  };
}

function search(database: KohaDatabase, args: URLSearchParams, shape: Shape): string {
  const [cql, pqf] = [args.get("query"), args.get("x-pquery")];
  if (cql === null && pqf === null) throw new SruError(7, "query");
  const start = Number(args.get("startRecord") ?? 1);
  const wanted = Number(args.get("maximumRecords") ?? 0);
  if (!Number.isInteger(start) || start < 1) throw new SruError(6, "startRecord");
  if (/date/.test(args.get("sortKeys") ?? "")) throw new SruError(89, "date");
  const { total, biblios } = find(
    database,
    pqf === null ? parseCql(cql ?? "") : parsePqf(pqf),
    start,
    wanted,
  );
  const count = `<zs:numberOfRecords>${String(total)}</zs:numberOfRecords>`;
  if (total > 0 && start > total) return response(shape, count + diagnostics(new SruError(61, "")), args);
  const schema = args.get("recordSchema");
  const records = biblios.map((biblio, index) => recordXml(database, biblio, schema, start + index)).join("");
  return response(shape, records === "" ? count : `${count}<zs:records>${records}</zs:records>`, args);
}

/** A record that cannot be read never reached the index. */
function find(database: KohaDatabase, { test, after }: Search, start: number, wanted: number) {
  const biblios: Biblio[] = [];
  let total = 0;
  const { biblios: table } = database;
  for (let index = after === null ? 0 : table.after(after); index < table.length; index += 1) {
    const biblio = table.at(index);
    if (biblio.corrupt || !test(biblio, database)) continue;
    total += 1;
    if (total >= start && biblios.length < wanted) biblios.push(biblio);
  }
  return { total, biblios };
}

/** The indexer leaves record length and base address blank. */
function indexed(record: MarcRecord): MarcRecord {
  const { leader } = record;
  return { ...record, leader: `     ${leader.slice(5, 12)}     ${leader.slice(17)}` };
}

function recordXml(database: KohaDatabase, biblio: Biblio, schema: string | null, position: number): string {
  const record = indexed(withItems(marcOf(biblio), database.itemsOf(biblio.id)));
  const wrap = (name: string, data: string) =>
    `<zs:record><zs:recordSchema>${name}</zs:recordSchema><zs:recordPacking>xml</zs:recordPacking>` +
    `<zs:recordData>${data}</zs:recordData><zs:recordPosition>${String(position)}</zs:recordPosition></zs:record>`;
  switch (schema) {
    case null:
      return wrap("", toMarcXml(record));
    case "marcxml":
      return wrap("info:srw/schema/1/marcxml-v1.1", toMarcXml(record));
    case "marc":
      return wrap("marc", escapeXml(toIso2709(record).toString()));
    default:
      return wrap(
        "info:srw/schema/1/diagnostics-v1.1",
        `<diagnostic xmlns="http://www.loc.gov/zing/srw/diagnostic/">\n <uri>info:srw/diagnostic/1/66</uri>\n` +
          ` <details>${escapeXml(schema)}</details>\n <message>${messages[66] ?? ""}</message>\n</diagnostic>`,
      );
  }
}

function diagnostics({ code, details }: SruError): string {
  return (
    `<zs:diagnostics xmlns:diag="http://www.loc.gov/zing/srw/diagnostic/"><diag:diagnostic>` +
    `<diag:uri>info:srw/diagnostic/1/${String(code)}</diag:uri>` +
    `${details === "" ? "" : `<diag:details>${escapeXml(details)}</diag:details>`}` +
    `<diag:message>${messages[code] ?? ""}</diag:message></diag:diagnostic></zs:diagnostics>`
  );
}

/** nextRecordPosition is never sent. */
function response({ version, namespace }: Shape, content: string, args: URLSearchParams): string {
  const echo = ["query", "startRecord", "maximumRecords", "recordSchema"]
    .filter((name) => args.has(name))
    .map((name) => `<zs:${name}>${escapeXml(args.get(name) ?? "")}</zs:${name}>`)
    .join("");
  const spoken = `<zs:version>${version}</zs:version>`;
  return (
    `<zs:searchRetrieveResponse xmlns:zs="${namespace}">${spoken}${content}` +
    `<zs:echoedSearchRetrieveRequest>${spoken}${echo}</zs:echoedSearchRetrieveRequest></zs:searchRetrieveResponse>`
  );
}

/** Written by hand in Koha too: the port is wrong, and not every index named works. */
function explain({ version, namespace }: Shape): string {
  const indexes = [
    "serverChoice",
    "title",
    "author",
    "subject",
    "isbn",
    "issn",
    "publisher",
    "date",
    "language",
  ]
    .map(
      (name) => `<index search="true"><title>${name}</title><map><name set="dc">${name}</name></map></index>`,
    )
    .join("");
  return (
    `<zs:explainResponse xmlns:zs="${namespace}"><zs:version>${version}</zs:version><zs:record>` +
    `<zs:recordSchema>http://explain.z3950.org/dtd/2.0/</zs:recordSchema><zs:recordPacking>xml</zs:recordPacking>` +
    `<zs:recordData><explain xmlns="http://explain.z3950.org/dtd/2.0/"><serverInfo protocol="SRW/SRU/Z39.50">` +
    `<host>localhost</host><port>9999</port><database>biblios</database></serverInfo><databaseInfo>` +
    `<title>Demo Library</title></databaseInfo><indexInfo>${indexes}</indexInfo></explain></zs:recordData>` +
    `</zs:record></zs:explainResponse>`
  );
}
