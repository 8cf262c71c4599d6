/** The public form of a report: the page, and its list of new titles in every form that others read. */
import type { Instant } from "../domain/time.ts";
import { dayIn } from "../domain/time.ts";
import type { Period } from "../domain/period.ts";
import type { Config } from "../config/load.ts";
import { renderBibtex, renderRefworks, renderRis } from "../kit/references/index.ts";
import type { Reference } from "../kit/references/index.ts";
import { presentLiaison } from "../mapping/index.ts";
import type { Liaison, Mapping } from "../mapping/index.ts";
import type { ReportDefinition } from "../reports/definition.ts";
import { titleIn } from "../reports/definition.ts";
import { wordsOf } from "../reports/locale/words.ts";
import { buildPublicPage } from "../reports/public/build.ts";
import type { BuiltPublic } from "../reports/public/build.ts";
import type { PublicDepartment } from "../reports/public/context.ts";
import { renderAtom } from "../reports/public/formats/atom.ts";
import { renderTitlesCsv } from "../reports/public/formats/csv.ts";
import { renderJsonFeed } from "../reports/public/formats/json-feed.ts";
import { renderRss } from "../reports/public/formats/rss.ts";
import type { NewTitleEntry, NewTitlesList } from "../reports/public/model.ts";
import { readMapping } from "../store/queries/measures/sets.ts";
import { readStreams } from "../store/queries/measures/streams.ts";
import type { OutboxAttachment } from "../store/queries/outbox.ts";
import type { Reader } from "../store/index.ts";
import type { BuiltReport } from "./report.ts";
import { readSentences } from "./sentences.ts";

export interface PublicOptions {
  readonly config: Config;
  readonly mapping: Mapping;
  readonly now: () => Instant;
}

export interface PublicSubject {
  /** `physics`, `library`. */
  readonly subject: string;
  /** BCP 47; null: of the library. */
  readonly language: string | null;
  /** Of an issue; null for what shows how things are now. */
  readonly period: Period | null;
}

/** Throws ConfigError when the report has nothing that readers may see. */
export function publicPage(
  reader: Reader,
  definition: ReportDefinition,
  { subject, language, period }: PublicSubject,
  { config, mapping, now }: PublicOptions,
): Promise<BuiltPublic> {
  const { name, locale, timezone, catalogueUrl, coversUrl } = config.library;
  const today = dayIn(now(), timezone);
  const departments = [...mapping.departments.values()].map((department) => ({
    id: department.id,
    name: department.name,
    liaisons: department.liaisons
      .flatMap((id) => presentLiaison(mapping.liaisons, id, today) ?? [])
      .map(contactOf),
  }));
  return buildPublicPage({
    reader,
    definition,
    subject,
    department: departments.find(({ id }) => id === subject) ?? null,
    departments,
    words: wordsOf(language ?? definition.language ?? locale, locale, readSentences(config.sentences)),
    libraryName: name,
    // The daemon's own pages are for the staff: what readers see links to none of them.
    urls: {
      ...(catalogueUrl !== undefined && { catalogueUrl }),
      ...(coversUrl !== undefined && { coversUrl }),
    },
    today,
    period,
  });
}

/** With everything that a public delivery takes. */
export async function publicReport(
  reader: Reader,
  definition: ReportDefinition,
  about: PublicSubject,
  options: PublicOptions,
): Promise<BuiltReport> {
  const page = await publicPage(reader, definition, about, options);
  const streams = await readStreams(reader);
  return {
    reportTitle: titleIn(definition, about.language ?? options.config.library.locale),
    title: page.title,
    html: page.html.text,
    text: page.list === null ? page.title : textOf(page.list),
    attachments: page.list === null ? [] : filesOf(page.list),
    mappingVersion: (await readMapping(reader))?.version ?? "",
    asOf: streams.flatMap(({ asOf }) => asOf ?? []).sort()[0] ?? null,
    partial: false,
    empty: page.empty,
    told: [],
    listed: page.listed,
  };
}

/** A list in every form: the ends of the file names, types, and how each is made. */
export const listFormats: Readonly<
  Record<string, { readonly type: string; readonly render: (list: NewTitlesList) => string }>
> = {
  rss: { type: "application/rss+xml; charset=utf-8", render: renderRss },
  atom: { type: "application/atom+xml; charset=utf-8", render: renderAtom },
  json: { type: "application/feed+json; charset=utf-8", render: renderJsonFeed },
  csv: { type: "text/csv; charset=utf-8", render: renderTitlesCsv },
  bib: { type: "application/x-bibtex; charset=utf-8", render: (list) => renderBibtex(referencesOf(list)) },
  ris: {
    type: "application/x-research-info-systems; charset=utf-8",
    render: (list) => renderRis(referencesOf(list)),
  },
  "refworks.txt": { type: "text/plain; charset=utf-8", render: (list) => renderRefworks(referencesOf(list)) },
};

function filesOf(list: NewTitlesList): OutboxAttachment[] {
  return Object.entries(listFormats).map(([end, { type, render }]) => ({
    name: `${list.subject}.${end}`,
    type,
    bytes: Buffer.from(render(list), "utf8"),
  }));
}

function referencesOf({ entries }: NewTitlesList): Reference[] {
  return entries.map((entry: NewTitleEntry) => ({ ...entry, id: entry.record, kind: entry.materialType }));
}

function textOf({ title, lead, entries }: NewTitlesList): string {
  const lines = entries.map((entry) => {
    const { author, year, callNumber } = entry;
    return ["-", entry.title, author, year, callNumber].filter((part) => part !== null).join(" ");
  });
  return [title, lead, "", ...lines].join("\n");
}

function contactOf({ name, contact }: Liaison): PublicDepartment["liaisons"][number] {
  return { name, ...contact };
}
