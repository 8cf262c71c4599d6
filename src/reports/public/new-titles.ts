/** The list of new titles for readers: of the last weeks for a page or a feed, since the last list for an issue. */
import { createHash } from "node:crypto";
import { tryParseCallNumber } from "../../domain/call-number/index.ts";
import type { Scheme } from "../../domain/call-number/index.ts";
import type { MaterialType } from "../../domain/description.ts";
import { addDays } from "../../domain/time.ts";
import { classOf } from "../../measures/classes.ts";
import { readListedTitles } from "../../store/queries/listed-titles.ts";
import { readNewTitles } from "../../store/queries/measures/lists.ts";
import type { NewTitle } from "../../store/queries/measures/lists.ts";
import { readTitleDetails } from "../../store/queries/public/title-details.ts";
import type { TitleDetails } from "../../store/queries/public/title-details.ts";
import { titleUrl } from "../context.ts";
import { datum } from "../locale/rich.ts";
import type { PublicContext } from "./context.ts";
import type { NewTitleEntry, NewTitlesList } from "./model.ts";

export interface NewTitlesOptions {
  readonly limit: number;
  /** How far back a page reaches. */
  readonly days: number;
}

/** With the ids of the rows that an issue has listed, so that the next one does not repeat them. */
export async function newTitlesList(
  context: PublicContext,
  { limit, days }: NewTitlesOptions,
): Promise<{ readonly list: NewTitlesList; readonly all: number; readonly listed: readonly number[] }> {
  const { reader, words, department, libraryName, urls, subject, today } = context;
  const arrived = await arrivals(context, days);
  const newest = arrived.toSorted((a, b) =>
    a.arrivedOn < b.arrivedOn ? 1 : a.arrivedOn > b.arrivedOn ? -1 : 0,
  );
  const shown = newest.slice(0, limit);
  const details = await readTitleDetails(
    reader,
    shown.map(({ id }) => id),
  );
  const entries = shown.flatMap((title) => {
    const more = details.get(title.id);
    return more === undefined ? [] : [entryOf(context, title, more)];
  });
  const name = department?.name ?? libraryName;
  const count = arrived.length;
  const list: NewTitlesList = {
    id: uuidOf("new titles", reader.site, subject),
    subject,
    title: words.say("public.new-titles", { subject: name }),
    library: libraryName,
    language: words.language,
    lead:
      context.period === null
        ? words.say("public.new-titles-lead", { count, days })
        : words.say("public.new-titles-period", { count, period: words.period(context.period) }),
    homeUrl: urls.publicUrl === undefined ? null : `${urls.publicUrl.replace(/\/$/, "")}/new/${subject}`,
    catalogueUrl: urls.catalogueUrl ?? null,
    updatedOn: entries[0]?.arrivedOn ?? (`${today.slice(0, 8)}01` as NewTitlesList["updatedOn"]),
    entries,
  };
  return { list, all: count, listed: context.period === null ? [] : arrived.map(({ id }) => id) };
}

async function arrivals(context: PublicContext, days: number): Promise<NewTitle[]> {
  const { reader, report, subject, period, today, setIds } = context;
  if (period === null) {
    const end = addDays(today, 1);
    return readNewTitles(reader, { from: addDays(end, -days), end }, setIds);
  }
  const last = await readListedTitles(reader.db, { report, subject, before: period.from });
  const all = await readNewTitles(reader, { from: last?.from ?? period.from, end: period.end }, setIds);
  return all.filter(({ id }) => last?.recordIds.has(id) !== true);
}

function entryOf(
  { reader, words, urls }: PublicContext,
  title: NewTitle,
  details: TitleDetails,
): NewTitleEntry {
  const { source, edition, isbn, issn, subjects, firstOn, library, location, url } = details;
  return {
    id: uuidOf("title", reader.site, source, title.record, firstOn),
    record: title.record,
    title: title.title === "" ? words.say("untitled") : title.title,
    author: title.author,
    edition,
    publisher: title.publisher,
    year: title.year,
    language: datum("", title.language).lang ?? null,
    materialType: title.materialType as MaterialType, // the store writes no other
    callNumber: title.callNumber,
    sortKey: sortKeyOf(title),
    class: classOf(title.classKey),
    library,
    location,
    arrivedOn: title.arrivedOn,
    isbn,
    issn,
    subjects,
    url: titleUrl(urls, title.record),
    onlineUrl: url,
    coverUrl: isbn[0] === undefined ? null : (urls.coversUrl?.replaceAll("{isbn}", isbn[0]) ?? null),
  };
}

const schemes: ReadonlySet<string> = new Set(["lcc", "ddc", "nlm", "udc", "other"] satisfies Scheme[]);

function sortKeyOf({ callNumber, classKey }: NewTitle): string | null {
  const scheme = classKey?.split(":")[0];
  if (callNumber === null || scheme === undefined || !schemes.has(scheme)) return null;
  return tryParseCallNumber(scheme as Scheme, callNumber)?.key ?? null;
}

/** A UUID of version 8 (RFC 9562) from what never changes of a title. */
function uuidOf(...parts: readonly string[]): string {
  const hex = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
