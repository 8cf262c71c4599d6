/** Title lists in the form of KBART, from files: what a provider or a knowledge base says that a package holds. */
import path from "node:path";
import type { ETitleFact } from "../../src/domain/fact.ts";
import type { Problem } from "../../src/domain/problem.ts";
import type { Message } from "../../src/kit/contract.ts";
import { decodeText, parseCsv, readBytes, splitTabs } from "../../src/kit/delimited/index.ts";
import type { DecodedText, Row } from "../../src/kit/delimited/index.ts";
import { readHeading } from "./columns.ts";
import type { Header } from "./columns.ts";
import { joined, readRow } from "./row.ts";
import type { ReadRow } from "./row.ts";

/** Messages between two pages. */
const pageSize = 500;

/**
 * A fact for each title, those of several rows joined, then one for each package, whose list it is: titles that were
 * in an earlier list of that package and are not in this one are gone. The package is that of the file's name
 * (`Provider_Region_Package_2026-01-31.txt`, without the date) where no column names one, of standard input that of
 * the source. A row with neither title nor identifier is a `bad` message, every other defect a warning with its line,
 * its column, its value and its cure. Throws ConfigError when the file cannot be read, DataError for broken CSV.
 */
export async function* importKbart(
  file: string,
  options: { readonly sourceId: string; readonly stdin?: AsyncIterable<Uint8Array> },
): AsyncGenerator<Message> {
  const at = file === "-" ? "standard input" : file;
  const decoded = decodeText(await readBytes(file, options.stdin));
  let sincePage = 0;
  for (const message of messagesOf(decoded, at, packageOf(file, options.sourceId))) {
    yield message;
    sincePage += 1;
    if (sincePage < pageSize) continue;
    yield { type: "page" };
    sincePage = 0;
  }
  yield { type: "page" };
}

function packageOf(file: string, sourceId: string): { readonly id: string; readonly vendor: string | null } {
  if (file === "-") return { id: sourceId, vendor: null };
  const name = path.basename(file).replace(/\.(txt|tsv|csv|kbart)$/i, "");
  const id = name.replace(/_\d{4}-\d{2}-\d{2}$/, "");
  const [provider, , of] = id.split("_");
  return { id, vendor: of === undefined ? null : (provider ?? null) };
}

function* messagesOf(
  { text, encoding }: DecodedText,
  at: string,
  usual: { readonly id: string; readonly vendor: string | null },
): Generator<Message> {
  const [head = ""] = text.split("\n", 1);
  const [first, ...rows] = head.includes("\t") ? splitTabs(text) : parseCsv(text, at);
  const header = first === undefined ? null : readHeading(first.cells);
  if (header === null) {
    const raw = Buffer.from(head);
    const what = "the first line names no column publication_title";
    const cure = "name a list in the form of KBART, with its heading";
    yield {
      type: "bad",
      kind: "e-title",
      raw,
      problem: { code: "KBART_HEADING", what, where: at, cure },
      origin: { at },
    };
    return;
  }
  const titles = new Map<string, { fact: ETitleFact; row: Row; warnings: Problem[] }>();
  const packages = new Map<string, ReadRow>();
  const ofFile = fileWarnings(header, encoding, at);
  for (const row of rows) {
    const read = readRow(row.cells, header, usual);
    packages.set(read.packageId, packages.get(read.packageId) ?? read);
    if (read.fact === null) {
      yield badRow(row, at);
      continue;
    }
    const warnings = read.defects.map((defect) => warningOf(defect, row, at));
    const known = titles.get(read.fact.id);
    if (known === undefined) titles.set(read.fact.id, { fact: read.fact, row, warnings });
    else {
      known.fact = joined(known.fact, read.fact);
      known.warnings.push(...warnings);
    }
  }
  for (const { fact, row, warnings: own } of titles.values()) {
    const warnings = [...ofFile.splice(0), ...own];
    yield { type: "fact", fact, origin: { at, record: row.line }, ...(warnings.length > 0 && { warnings }) };
  }
  for (const [id, { packageName: name, vendor }] of packages) {
    const fact = { kind: "package", id, name, vendor, platform: null, titlesComplete: true } as const;
    yield { type: "fact", fact, origin: { at } };
  }
}

function fileWarnings({ respelt }: Header, encoding: DecodedText["encoding"], at: string): Problem[] {
  return [
    ...(encoding === "utf-8"
      ? []
      : [
          {
            code: "kbart-encoding",
            what: `the list is read as ${encoding}`,
            where: at,
            cure: "save it as UTF-8",
          },
        ]),
    ...respelt.map(([written, meant]) => ({
      code: "kbart-column",
      what: `column "${written}" is taken for ${meant}`,
      where: `${at}:1`,
      cure: `write ${meant}`,
    })),
  ];
}

function warningOf({ column, value, cure }: ReadRow["defects"][number], { line }: Row, at: string): Problem {
  return { code: "kbart-value", what: `"${value}" is no ${column}`, where: `${at}:${line}`, cure };
}

function badRow({ cells, line }: Row, at: string): Message {
  return {
    type: "bad",
    kind: "e-title",
    raw: Buffer.from(cells.join("\t")),
    problem: {
      code: "KBART_NO_TITLE",
      what: "the row has neither a title nor an identifier",
      where: `${at}:${line}`,
      cure: "give it a publication_title",
    },
    origin: { at, record: line },
  };
}
