/** What is written is read back by an independent reader (citation-js), for every title of the demo library. */
import { createRequire } from "node:module";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { demoLibrary } from "../../../connectors/demo/library.ts";
import { marcOf } from "../../../connectors/demo/marc.ts";
import { describe as describeRecord } from "../../domain/marc/describe.ts";
import { dataFields, subfields } from "../../domain/marc/record.ts";
import { renderBibtex, renderRefworks, renderRis } from "./index.ts";
import type { Reference } from "./index.ts";

interface Csl {
  readonly id: string;
  readonly title: string;
  readonly author?: readonly Name[];
  readonly composer?: readonly Name[];
  readonly issued?: { readonly "date-parts": readonly (readonly [number])[] };
  readonly publisher?: string;
  readonly edition?: string;
  readonly language?: string;
  readonly ISBN?: string | readonly string[];
  readonly ISSN?: string;
  readonly keyword?: string;
  readonly URL?: string;
  readonly "call-number"?: string;
}
interface Name {
  readonly family?: string;
  readonly given?: string;
  readonly literal?: string;
  readonly suffix?: string;
}

const require = createRequire(import.meta.url);
let read: (file: string) => Csl[];

beforeAll(() => {
  const { Cite } = require("@citation-js/core") as { Cite: new (file: string) => { readonly data: Csl[] } };
  for (const format of ["ris", "bibtex", "refworks"]) require(`@citation-js/plugin-${format}`);
  read = (file) => new Cite(file).data;
});

function demoReferences(): Reference[] {
  const library = demoLibrary({ seed: 1, asOf: "2026-11-02" });
  return Array.from({ length: library.biblios.length }, (_, n) => library.biblios.at(n))
    .filter(({ corrupt }) => !corrupt)
    .map((biblio) => {
      const record = marcOf(biblio);
      const { title, author, edition, publisher, publicationYear, language, materialType, isbn, issn } =
        describeRecord(record);
      const [lcc] = dataFields(record, "050");
      return {
        id: String(biblio.id),
        kind: materialType,
        title,
        author,
        edition,
        publisher,
        year: publicationYear,
        language,
        isbn,
        issn,
        callNumber: lcc === undefined ? null : subfields(lcc, "ab").join(" "),
        library: "Main Library",
        subjects: dataFields(record, "650").map((field) => subfields(field, "axyz").join("--")),
        url: `https://catalogue.example.edu/cgi-bin/koha/opac-detail.pl?biblionumber=${biblio.id}`,
      };
    });
}

/** The same of both sides: what a reader of the file shows. */
function shown(title: Csl): object {
  const isbns = typeof title.ISBN === "string" ? title.ISBN.split(/[ ,]+/) : (title.ISBN ?? []);
  return {
    id: title.id,
    title: title.title,
    author: (title.author ?? title.composer ?? []).map(nameText).join("; "),
    year: title.issued?.["date-parts"][0]?.[0] ?? null,
    publisher: title.publisher ?? null,
    numbers: [...isbns, ...(title.ISSN === undefined ? [] : [title.ISSN])],
    edition: title.edition ?? null,
    keywords: title.keyword?.replaceAll(/, ?/g, ",") ?? "",
    callNumber: title["call-number"] ?? null,
    language: title.language ?? null,
  };
}

const nameText = ({ family = "", given, literal, suffix }: Name): string =>
  [
    literal ?? family,
    ...(given === undefined ? [] : [given]),
    ...(suffix === undefined ? [] : [suffix]),
  ].join(", ");

function expected(reference: Reference): object {
  return {
    id: reference.id,
    title: reference.title,
    author: reference.author ?? "",
    year: reference.year,
    publisher: reference.publisher,
    numbers: [...reference.isbn, ...reference.issn],
    edition: reference.edition,
    keywords: reference.subjects.join(",").replaceAll(/, ?/g, ","),
    callNumber: reference.callNumber,
    language: reference.language,
  };
}

const scripts: readonly (readonly [title: string, author: string])[] = [
  ["Физика и химия", "Иванов, Иван"],
  ["物理学の基礎", "山田, 太郎"],
  ["ספר על פיזיקה", "כהן, דוד"],
  ["كتاب الفيزياء", "ابن سينا"],
  ["Φυσική και χημεία", "Παπαδόπουλος, Γ."],
  ["ฟิสิกส์เบื้องต้น", "สมชาย"],
  ["भौतिक विज्ञान", "शर्मा, राम"],
  ["물리학 입문", "김, 철수"],
  ["Tiếng Việt: “dấu” – ‘và’ 🎼", "Nguyễn, Văn A"],
  ["100% C# & C++: {a_b} ^ ~ $5 \\ <i> `quoted'' -- --- @x", "O'Neil & Sons, A_B"],
];

function inOtherScripts(): Reference[] {
  return scripts.map(([title, author], n) => ({
    id: `s${n}`,
    kind: "book",
    title,
    author,
    edition: title,
    publisher: `${title} and ${author}`,
    year: 2020 + n,
    language: "und",
    isbn: [],
    issn: [],
    callNumber: `QC${n} .${title.slice(0, 1)}`,
    library: title,
    subjects: [title, author.replace(",", "")],
    url: `https://example.edu/?q=${n}&x={y}`,
  }));
}

describe("all titles of the demo, and all scripts", () => {
  const references = [...demoReferences(), ...inOtherScripts()];

  test("there are enough of them", () => {
    expect(references.length).toBeGreaterThan(1400);
  });

  test("RIS loses nothing", () => {
    expect(read(renderRis(references)).map(shown)).toEqual(references.map(expected));
  });

  test("BibTeX loses nothing", () => {
    expect(read(renderBibtex(references)).map(shown)).toEqual(references.map(expected));
  });

  test("RefWorks Tagged loses nothing; its reader takes the first number alone", () => {
    const file = renderRefworks(references);

    const firstOnly = (title: object): object => ({
      ...title,
      numbers: (title as { readonly numbers: readonly string[] }).numbers.slice(0, 1),
    });
    expect(read(file).map(shown).map(firstOnly)).toEqual(references.map(expected).map(firstOnly));
    for (const { isbn } of references) for (const number of isbn) expect(file).toContain(number);
  });
});
