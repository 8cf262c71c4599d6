/**
 * Compiles connectors/demo/library.json: a table of bibliographic facts (who wrote what, when, where it is
 * classed and under which headings) about real titles, read out of the sample records beside the checkout.
 * Only facts are taken, no record: no notes, no local fields, no wording of a cataloguer beyond title and headings.
 *
 *     node scripts/compile-demo-library.ts [SAMPLES] [OUT]
 *
 * Needs `yaz-marcdump` for the samples in MARCXML. Two runs give the same bytes.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { TextDecoder } from "node:util";

interface Field {
  readonly tag: string;
  readonly ind: string;
  readonly value: string;
  readonly subfields: readonly (readonly [code: string, value: string])[];
}
interface Source {
  readonly leader: string;
  readonly fields: readonly Field[];
}
interface Title {
  type: string;
  author: string;
  authorDates: string;
  title: string;
  remainder: string;
  nonfiling: number;
  year: string;
  publisher: string;
  place: string;
  language: string;
  isbn: string[];
  issn: string;
  lcc: string;
  ddc: string;
  nlm: string;
  headings: string[];
  vernacularTitle: string;
  vernacularAuthor: string;
}

const columns = [
  "type",
  "author",
  "authorDates",
  "title",
  "remainder",
  "nonfiling",
  "year",
  "publisher",
  "place",
  "language",
  "isbn",
  "issn",
  "lcc",
  "ddc",
  "nlm",
  "headings",
  "vernacularTitle",
  "vernacularAuthor",
] as const satisfies readonly (keyof Title)[];

/** Shares of the finished table; the classes are taken in turn so that small ones are whole. */
const quota = { perClass: 92, ddc: 150, nlm: 70, headings: 125, nothing: 35 };

const samples = process.argv[2] ?? path.resolve(import.meta.dirname, "../../shared/data/marc");
const out = process.argv[3] ?? path.resolve(import.meta.dirname, "../connectors/demo/library.json");

const inputs = [
  "koha/catalogue.mrc",
  "marc2bibframe2/loc_general.xml",
  "marc2bibframe2/gwu.xml",
  "marc2bibframe2/princeton.xml",
  "marc2bibframe2/oclc.xml",
  "marc2bibframe2/nlm.xml",
  "marc2bibframe2/british_library.xml",
  "cob_index/marc_fixture.xml",
  "solrmarc/uva_001_2000.mrc",
];

function bytesOf(file: string): Buffer {
  const full = path.join(samples, file);
  if (!existsSync(full)) throw new Error(`${full}: the sample records are not there`);
  if (!file.endsWith(".xml")) return readFileSync(full);
  const { error, stdout } = spawnSync("yaz-marcdump", ["-i", "marcxml", "-o", "marc", full], {
    maxBuffer: 1 << 28,
  });
  if (error !== undefined) throw error;
  return stdout; // a non-zero status means that some records do not fit ISO 2709: they are not needed
}

/** ISO 2709, UTF-8 only: a record in another encoding is passed over, there are enough. */
function* recordsOf(file: string): Generator<Source> {
  const bytes = bytesOf(file);
  const strict = new TextDecoder("utf-8", { fatal: true });
  let at = 0;
  while (at + 24 < bytes.length) {
    const length = Number(bytes.toString("latin1", at, at + 5));
    if (!Number.isInteger(length) || length < 25) return;
    const record = bytes.subarray(at, at + length);
    at += length;
    while (at < bytes.length && (bytes[at] ?? 0) < 0x30) at += 1;
    const leader = record.toString("latin1", 0, 24);
    if (leader[9] !== "a" && record.some((byte) => byte > 0x7f)) continue;
    try {
      yield { leader, fields: fieldsOf(record, leader, strict) };
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
}

function fieldsOf(record: Buffer, leader: string, decoder: TextDecoder): Field[] {
  const base = Number(leader.slice(12, 17));
  const fields: Field[] = [];
  for (let entry = 24; entry + 12 < base; entry += 12) {
    const tag = record.toString("latin1", entry, entry + 3);
    const length = Number(record.toString("latin1", entry + 3, entry + 7));
    const start = base + Number(record.toString("latin1", entry + 7, entry + 12));
    const text = decoder.decode(record.subarray(start, start + length - 1)).normalize("NFC");
    if (tag < "010") fields.push({ tag, ind: "", value: text, subfields: [] });
    else {
      const parts = text.split("\u001f");
      const subfields = parts.slice(1).map((part) => [part.slice(0, 1), part.slice(1).trim()] as const);
      fields.push({ tag, ind: (parts[0] ?? "").padEnd(2), value: "", subfields });
    }
  }
  return fields;
}

function first(source: Source, tags: string, codes: string): string {
  const field = source.fields.find((candidate) => tags.includes(candidate.tag));
  return field === undefined ? "" : valueOf(field, codes);
}

function valueOf(field: Field, codes: string): string {
  return field.subfields.find(([code, value]) => codes.includes(code) && value !== "")?.[1] ?? "";
}

/** Without the ISBD punctuation that only joins the parts of a description. */
function plain(text: string): string {
  const trimmed = text.replace(/\s+/g, " ").trim();
  return trimmed
    .replace(/\s*[/:;=,]+$/, "")
    .replace(/^\[(.*)\]$/, "$1")
    .trim();
}

function isbnsOf(source: Source): string[] {
  const found = source.fields
    .filter((field) => field.tag === "020")
    .map((field) => /^[\d-]{9,16}[\dXx]/.exec(valueOf(field, "a"))?.[0].replaceAll("-", "") ?? "");
  return [...new Set(found)].filter((isbn) => isbn.length === 10 || isbn.length === 13).slice(0, 2);
}

function headingsOf(source: Source): string[] {
  const all: string[] = [];
  for (const { tag, ind, subfields } of source.fields) {
    if (!["600", "610", "611", "630", "650", "651", "653", "655"].includes(tag)) continue;
    const wanted = subfields.filter(
      ([code, value]) => "abcdtvxyz2".includes(code) || (code === "0" && /^\(OCoLC\)fst\d+$/.test(value)),
    );
    if (!wanted.some(([code]) => code === "a")) continue;
    all.push(`${tag}${ind}${wanted.map(([code, value]) => `$${code}${value.replaceAll("$", "")}`).join("")}`);
  }
  const unique = [...new Set(all)].filter((heading) => heading.length < 140);
  const lcsh = unique.filter((heading) => heading[4] === "0");
  const others = unique.filter((heading) => heading[4] !== "0");
  return [...lcsh.slice(0, 3), ...others.slice(0, 2)];
}

const twoPart = (a: string, b: string): string => (b === "" ? a : `${a}$b${b}`);

function lccOf(source: Source): string {
  for (const tag of ["050", "090"]) {
    for (const field of source.fields.filter((candidate) => candidate.tag === tag)) {
      const a = valueOf(field, "a");
      if (/^[A-HJ-NP-VZ][A-Z]{0,2}[ ']?\d{1,4}(?!\d)/.test(a)) return twoPart(a, valueOf(field, "b"));
    }
  }
  return "";
}

function typeOf(source: Source): string {
  const [kind, level] = [source.leader[6] ?? "a", source.leader[7] ?? "m"];
  const fixed = source.fields.find((field) => field.tag === "008")?.value ?? "";
  const online = ["o", "s"].includes(fixed[kind === "g" || kind === "e" ? 29 : 23] ?? "");
  if (level === "s") return online ? "e-journal" : "serial";
  if (kind === "t" && source.fields.some((field) => field.tag === "502")) return "thesis";
  if ("at".includes(kind)) return online ? "e-book" : "book";
  if ("cd".includes(kind)) return "score";
  if ("ij".includes(kind)) return "recording";
  if ("ef".includes(kind)) return "map";
  if (kind === "g") return "video";
  return kind === "m" ? "computer-file" : "mixed";
}

function vernacularOf(source: Source, tags: string): string {
  const field = source.fields.find(
    (candidate) => candidate.tag === "880" && tags.includes(valueOf(candidate, "6").slice(0, 3)),
  );
  return field === undefined ? "" : plain(valueOf(field, "a"));
}

/** The facts, or null when the record is no title, is too long, or its letters went wrong on their way. */
function titleOf(source: Source): Title | null {
  const fixed = source.fields.find((field) => field.tag === "008")?.value ?? "";
  const main = source.fields.find((field) => ["100", "110", "111"].includes(field.tag));
  const field245 = source.fields.find((field) => field.tag === "245");
  const year = /\d{4}/.exec(first(source, "260 264", "c"))?.[0] ?? /^\d{4}/.exec(fixed.slice(7, 11))?.[0];
  if (field245 === undefined) return null;
  const title: Title = {
    type: typeOf(source),
    author: main === undefined ? "" : `${main.tag}${main.ind}${plain(valueOf(main, "a"))}`,
    authorDates: main?.tag === "100" ? plain(valueOf(main, "d")).replace(/\.$/, "") : "",
    title: plain(valueOf(field245, "a")).replace(/(?<=\w{3})\.$/, ""),
    remainder: plain(valueOf(field245, "b")).replace(/(?<=\w{3})\.$/, ""),
    nonfiling: Number(/\d/.exec(field245.ind[1] ?? "0")?.[0] ?? 0),
    year: year ?? "",
    publisher: plain(first(source, "260 264", "b")),
    place: plain(first(source, "260 264", "a")),
    language: /^[a-z]{3}$/.test(fixed.slice(35, 38)) ? fixed.slice(35, 38) : "und",
    isbn: isbnsOf(source),
    issn: /^\d{4}-\d{3}[\dX]/.exec(first(source, "022", "a"))?.[0] ?? "",
    lcc: lccOf(source),
    ddc: first(source, "082 092", "a").replaceAll(/[/']/g, ""),
    nlm: twoPart(first(source, "060", "a"), first(source, "060", "b")),
    headings: headingsOf(source),
    vernacularTitle: vernacularOf(source, "245"),
    vernacularAuthor: vernacularOf(source, "100 110"),
  };
  if (!/^\d{3}(\.\d+)?/.test(title.ddc)) title.ddc = "";
  if (!/^(Q[S-Z]|W[A-Z]?)\s?\d/.test(title.nlm)) title.nlm = "";
  const text = JSON.stringify(title);
  const mangled = /&#x[0-9a-f]+;|[\u0080-\u009f\ufffd\ue000-\uf8ff]|\\u00|Ã[\u0080-\u00bf]|â€/.test(text);
  const armenianAsLatin = /[♭±].*[þŁıơưƯ]|[þŁıơưƯ].*[♭±]/.test(text);
  if (mangled || armenianAsLatin || title.title.length < 2 || title.title.length > 200 || text.length > 1200)
    return null;
  return title;
}

/** A stable, meaningless order, so that no source comes first. */
function shuffleKey(title: Title): number {
  let hash = 2166136261;
  for (const char of `${title.title}|${title.author}|${title.year}`)
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619) >>> 0;
  return hash;
}

function collect(): Title[] {
  const seen = new Map<string, Title>();
  for (const file of inputs) {
    for (const source of recordsOf(file)) {
      const title = titleOf(source);
      if (title === null) continue;
      const key = `${title.title}|${title.author}`.toLowerCase().replaceAll(/[^\p{L}\d]/gu, "");
      if (!seen.has(key)) seen.set(key, title);
    }
  }
  return [...seen.values()].sort((a, b) => shuffleKey(a) - shuffleKey(b));
}

/** What is worth having first: other scripts, other types, signs that break careless software. */
const interest = (title: Title): number =>
  (title.vernacularTitle === "" ? 0 : 4) +
  (["book", "serial"].includes(title.type) ? 0 : 1) +
  (/[&<>"]/.test(title.title + title.remainder) ? 2 : 0) +
  (title.headings.length > 0 ? 1 : 0) +
  (title.year >= "1970" ? 2 : 0);

function pick(titles: readonly Title[]): Title[] {
  const ranked = [...titles].sort((a, b) => interest(b) - interest(a) || shuffleKey(a) - shuffleKey(b));
  const counts = new Map<string, number>();
  const take = (group: string, limit: number): boolean => {
    const count = counts.get(group) ?? 0;
    if (count < limit) counts.set(group, count + 1);
    return count < limit;
  };
  const chosen: Title[] = [];
  for (const title of ranked) {
    const { lcc, ddc, nlm, headings } = title;
    if (nlm !== "" && take("nlm", quota.nlm)) {
      // Half of them keep both systems, as medical libraries do.
      chosen.push(shuffleKey(title) % 2 === 0 ? title : { ...title, lcc: "", ddc: "" });
    } else if (
      ddc !== "" &&
      (lcc === "" || "DHMPQB".includes(lcc.slice(0, 1))) &&
      shuffleKey(title) % 3 === 0
    ) {
      if (take("ddc", quota.ddc)) chosen.push({ ...title, lcc: "" });
    } else if (lcc !== "") {
      const limit = lcc.startsWith("M") ? quota.perClass / 2 : quota.perClass;
      if (take(lcc.slice(0, 1), limit)) chosen.push(title);
    } else if (ddc === "" && headings.length > 0) {
      if (take("headings", quota.headings)) chosen.push(title);
    } else if (ddc === "" && take("nothing", quota.nothing)) chosen.push(title);
  }
  process.stdout.write(`${JSON.stringify(Object.fromEntries([...counts].sort()))}\n`);
  return chosen.sort((a, b) => shuffleKey(a) - shuffleKey(b));
}

/** Ends of rows that are empty are left away. */
function rowText(title: Title): string {
  const cells: unknown[] = columns.map((column) => title[column]);
  const isEmpty = (cell: unknown) => cell === "" || (Array.isArray(cell) && cell.length === 0);
  while (cells.length > 0 && isEmpty(cells.at(-1))) cells.pop();
  return JSON.stringify(cells);
}

const titles = pick(collect());
const text = `{"columns":${JSON.stringify(columns)},\n"rows":[\n${titles.map(rowText).join(",\n")}\n]}\n`;
writeFileSync(out, text);
process.stdout.write(`${String(titles.length)} titles, ${String(text.length)} characters: ${out}\n`);
