/** `/biblios` and `/deleted/biblios`: the endpoints that hand out MARC, and only to who asks for one exact type. */
import { toIso2709, toMarcInJson, toMarcXml, toMarcXmlCollection } from "./marc-write.ts";
import { json, Refused } from "./http.ts";
import type { Answer, Call } from "./http.ts";
import { marcOf } from "./marc.ts";
import type { Biblio, KohaDatabase } from "./model.ts";
import type { Field } from "./query.ts";
import { biblioFields, deletedBiblioFields } from "./resources.ts";
import { checkParameters, list, render } from "./rest-list.ts";
import { isAtLeast } from "./version.ts";
import type { KohaVersion } from "./version.ts";

const types = [
  "application/json",
  "application/marcxml+xml",
  "application/marc-in-json",
  "application/marc",
  "text/plain",
] as const;
type MarcType = (typeof types)[number];

/** Columns of the table biblio; the others are of biblioitems, which Koha joins. */
const ofBiblio = new Set([
  ..."biblio_id framework_id author title subtitle medium part_number part_name uniform_title notes".split(
    " ",
  ),
  ..."serial series_title copyright_date creation_date timestamp abstract".split(" "),
]);
/** In both tables: SQL cannot tell which is meant. */
const ambiguous = ["timestamp", "notes"];

/** Of a failure that Koha's controller does not catch. */
const framework = (): Refused =>
  new Refused(json(500, { errors: [{ message: "Internal Server Error.", path: "/" }], status: 500 }));

/** The header must end with one of the types: the defaults of most HTTP clients do not. */
function acceptedType(call: Call): MarcType {
  const accept = (call.headers["accept"] ?? "").trim();
  const type = types.find((candidate) => accept.replace(/;[^,]*$/, "").endsWith(candidate));
  if (type === undefined) throw new Refused(json(406, types));
  return type;
}

function biblioResolver(version: KohaVersion): (key: string) => Field<Biblio> | null {
  const fields = new Map(biblioFields(version).map((field) => [field.name, field]));
  const filterTime: Field<Biblio> = {
    name: "timestamp",
    kind: "moment",
    // Bugs 39558 and 39397: until then the filter saw biblio.timestamp alone, which subject edits do not move.
    get: (row) =>
      isAtLeast(version, "25.05") ? Math.max(row.biblioAt, row.biblioitemAt, row.metadataAt) : row.biblioAt,
  };
  return (key) => {
    const name = key.startsWith("me.") ? key.slice(3) : key;
    if (key === "me.timestamp") return filterTime;
    if (key.startsWith("me.") && !ofBiblio.has(name)) return null;
    if (key === name && ambiguous.includes(name)) return null;
    if (key === "biblio_id" && !isAtLeast(version, "26.05")) return null;
    return fields.get(name) ?? null;
  };
}

/** From 26.05 on Koha puts the prefix itself, and twice if it is there. */
function orderResolver(version: KohaVersion): (key: string) => Field<Biblio> | null {
  const resolve = biblioResolver(version);
  if (!isAtLeast(version, "26.05")) return resolve;
  return (key) => (key.startsWith("me.") ? null : resolve(ofBiblio.has(key) ? `me.${key}` : key));
}

function many(
  type: MarcType,
  biblios: readonly Biblio[],
  fields: readonly Field<Biblio>[],
): Omit<Answer, "status"> {
  if (type === "application/json")
    return { type, body: JSON.stringify(biblios.map((biblio) => render(fields, biblio))) };
  // One record that cannot be read takes its page with it.
  if (biblios.some(({ corrupt }) => corrupt)) throw framework();
  const records = biblios.map(marcOf);
  switch (type) {
    case "application/marcxml+xml":
      return { type, body: toMarcXmlCollection(records) };
    case "application/marc-in-json":
      return { type, body: JSON.stringify(records.map(toMarcInJson)) };
    case "application/marc":
      return {
        type,
        body: Buffer.concat(records.flatMap((record) => [toIso2709(record), Buffer.from("\n")])),
      };
    case "text/plain":
      return { type, body: records.map((record) => JSON.stringify(toMarcInJson(record))).join("\n\n") };
  }
}

function single(type: MarcType, biblio: Biblio, fields: readonly Field<Biblio>[]): Answer {
  if (type === "application/json") return { status: 200, type, body: JSON.stringify(render(fields, biblio)) };
  if (biblio.corrupt) throw framework();
  const record = marcOf(biblio);
  if (type === "application/marc-in-json")
    return { status: 200, type, body: JSON.stringify(toMarcInJson(record)) };
  if (type === "application/marcxml+xml")
    return { status: 200, type, body: `<?xml version="1.0" encoding="UTF-8"?>\n${toMarcXml(record)}\n` };
  return {
    status: 200,
    type,
    body: type === "application/marc" ? toIso2709(record) : JSON.stringify(record),
  };
}

export function listBiblios(
  call: Call,
  database: KohaDatabase,
  version: KohaVersion,
  totals: boolean,
): Answer {
  const fields = biblioFields(version);
  const listed = list(call, version, {
    table: database.biblios,
    fields,
    idName: "biblio_id",
    declaresRequestId: true,
    resolve: biblioResolver(version),
    resolveOrder: orderResolver(version),
    sendsTotals: totals,
    failure: framework,
  });
  return { status: 200, ...many(acceptedType(call), listed.rows, fields), headers: listed.headers };
}

export function getBiblio(call: Call, database: KohaDatabase, version: KohaVersion, id: number): Answer {
  checkParameters(call, []);
  const biblio = database.biblios.get(id);
  const type = acceptedType(call);
  if (biblio === undefined)
    throw new Refused(
      json(404, {
        error: isAtLeast(version, "24.05") ? "Bibliographic record not found" : "Object not found",
        ...(isAtLeast(version, "24.05") ? { error_code: "not_found" } : {}),
      }),
    );
  return single(type, biblio, biblioFields(version));
}

export function listDeletedBiblios(call: Call, database: KohaDatabase, version: KohaVersion): Answer {
  const fields = deletedBiblioFields(version);
  const byName = new Map(fields.map((field) => [field.name, field]));
  const listed = list(call, version, {
    table: database.deletedBiblios,
    fields,
    idName: "biblio_id",
    declaresRequestId: true,
    sendsTotals: false,
    // Bug 38678: the name was not mapped to its column.
    resolve: (key) => {
      const name = key.replace(/^me\./, "");
      if (name === "deleted_on" && !isAtLeast(version, "24.11.02")) return null;
      return byName.get(name) ?? null;
    },
    failure: framework,
  });
  const type = acceptedType(call);
  const body =
    type === "application/json"
      ? { type, body: JSON.stringify(listed.rows.map((row) => render(fields, row))) }
      : many(type, listed.rows, []);
  return { status: 200, ...body, headers: listed.headers };
}
