/** The MARC 21 record of a title, put together from its facts. Without items: Koha keeps those apart. */
import type { DataField, MarcField, MarcRecord } from "../../src/domain/marc/record.ts";
import { itemTypeOf } from "./codes.ts";
import { localText } from "./clock.ts";
import type { Title } from "./facts.ts";
import type { Biblio } from "./model.ts";

/** Leader/06-07. */
const leaderKinds: Readonly<Record<string, string>> = {
  book: "am",
  serial: "as",
  recording: "jm",
  score: "cm",
  video: "gm",
  "e-book": "am",
  map: "em",
  "e-journal": "as",
  "computer-file": "mm",
  mixed: "pc",
  thesis: "tm",
};

function field(tag: string, indicators: string, ...subfields: (readonly [string, string])[]): DataField {
  return {
    tag,
    ind1: indicators[0] ?? " ",
    ind2: indicators[1] ?? " ",
    subfields: subfields.filter(([, value]) => value !== ""),
  };
}

/** `a…$b…`, as the table of facts joins a class and its book number. */
function classed(tag: string, indicators: string, joined: string): DataField[] {
  if (joined === "") return [];
  const [a = "", b = ""] = joined.split("$b");
  return [field(tag, indicators, ["a", a], ["b", b])];
}

/** `650 0$aArt$xHistory` as a field. */
export function headingField(heading: string): DataField {
  const subfields = heading
    .slice(6)
    .split("$")
    .map((part) => [part.slice(0, 1), part.slice(1)] as const);
  return field(heading.slice(0, 3), heading.slice(3, 5), ...subfields);
}

/** 008: date entered on file, publication year, language; form `o` for what is read online. */
function fixedField(facts: Title, createdOn: string): string {
  const entered = createdOn.slice(2).replaceAll("-", "");
  const dates =
    facts.type === "serial" || facts.type === "e-journal" ? `c${facts.year}9999` : `s${facts.year}    `;
  const head = `${entered}${facts.year === "" ? "n        " : dates}xx `;
  const form = facts.type.startsWith("e-") ? "o" : " ";
  const video = facts.type === "video" ? "v" : " ";
  return `${head}${`${" ".repeat(5)}${form}`.padEnd(15)}${video} ${facts.language} d`.slice(0, 40);
}

function mainEntry(facts: Title): DataField[] {
  if (facts.author === "") return [];
  const [tag, indicators, name] = [facts.author.slice(0, 3), facts.author.slice(3, 5), facts.author.slice(5)];
  const dates = facts.authorDates;
  const linked = facts.vernacularAuthor === "" ? "" : "880-01";
  return [
    field(
      tag,
      indicators,
      ["6", linked],
      ["a", dates === "" ? ended(name) : `${name},`],
      ["d", dates === "" ? "" : ended(dates)],
    ),
  ];
}

const ended = (text: string): string => (/[.)\-?!]$/.test(text) ? text : `${text}.`);

function titleField(facts: Title): DataField {
  const linked = facts.vernacularTitle === "" ? "" : "880-02";
  const a = facts.remainder === "" ? ended(facts.title) : `${facts.title} :`;
  const b = facts.remainder === "" ? "" : ended(facts.remainder);
  return field(
    "245",
    `${facts.author === "" ? "0" : "1"}${String(facts.nonfiling)}`,
    ["6", linked],
    ["a", a],
    ["b", b],
  );
}

function vernacularFields(facts: Title): DataField[] {
  const script = /\p{Script=Arabic}/u.test(facts.vernacularTitle)
    ? "/(3/r"
    : /\p{Script=Hebrew}/u.test(facts.vernacularTitle)
      ? "/(2/r"
      : "/$1";
  const fields: DataField[] = [];
  if (facts.vernacularAuthor !== "" && facts.author !== "")
    fields.push(
      field(
        "880",
        facts.author.slice(3, 5),
        ["6", `${facts.author.slice(0, 3)}-01${script}`],
        ["a", facts.vernacularAuthor],
      ),
    );
  if (facts.vernacularTitle !== "")
    fields.push(field("880", "10", ["6", `245-02${script}`], ["a", facts.vernacularTitle]));
  return fields;
}

function published({ place, publisher, year, type }: Title): DataField[] {
  if (place === "" && publisher === "" && year === "") return [];
  const tag = Number(year) >= 2010 ? "264" : "260";
  const until = type === "serial" || type === "e-journal" ? "-" : "";
  return [
    field(
      tag,
      tag === "264" ? " 1" : "  ",
      ["a", place === "" ? "" : `${place} :`],
      ["b", publisher === "" ? "" : `${publisher},`],
      ["c", year === "" ? "" : `${year}${until || "."}`],
    ),
  ];
}

/** As Koha stores it: 999 $c $d hold the record's number, 942 its item type and whether it is hidden. */
export function marcOf(biblio: Biblio): MarcRecord {
  const { id, facts } = biblio;
  const fields: MarcField[] = [];
  if (biblio.hasControlNumber) fields.push({ tag: "001", value: `ocd${String(30_000_000 + id * 17)}` });
  if (biblio.has005)
    fields.push({ tag: "005", value: `${localText(biblio.metadataAt).replaceAll(/\D/g, "")}.0` });
  fields.push({ tag: "008", value: fixedField(facts, biblio.createdOn) });
  for (const isbn of facts.isbn) fields.push(field("020", "  ", ["a", isbn]));
  if (facts.issn !== "") fields.push(field("022", "  ", ["a", facts.issn]));
  fields.push(...classed("050", " 4", facts.lcc), ...classed("060", " 4", facts.nlm));
  if (facts.ddc !== "") fields.push(field("082", "04", ["a", facts.ddc], ["2", "23"]));
  fields.push(...mainEntry(facts), titleField(facts), ...published(facts));
  fields.push(
    ...[...facts.headings].sort((a, b) => (a.slice(0, 3) < b.slice(0, 3) ? -1 : 1)).map(headingField),
  );
  if (facts.type.startsWith("e-"))
    fields.push(field("856", "40", ["u", `https://resolver.example.edu/title/${String(id)}`]));
  fields.push(...vernacularFields(facts));
  const scheme = facts.lcc !== "" ? "lcc" : facts.ddc !== "" ? "ddc" : facts.nlm !== "" ? "nlm" : "z";
  fields.push(
    field(
      "942",
      "  ",
      ["2", scheme],
      ["c", itemTypeOf[facts.type] ?? "BK"],
      ["n", biblio.suppressed ? "1" : ""],
    ),
    field("999", "  ", ["c", String(id)], ["d", String(id)]),
  );
  return { leader: `00000n${leaderKinds[facts.type] ?? "am"} a2200000 a 4500`, fields };
}
