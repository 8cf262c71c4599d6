import type { NewTitleEntry, NewTitlesList } from "../model.ts";
import { feedPlace } from "../model.ts";
import { summaryOf } from "./summary.ts";

/** JSON Feed 1.1 (jsonfeed.org); what it has no name for stands under `_title`. */
export function renderJsonFeed(list: NewTitlesList): string {
  const home = list.homeUrl ?? list.catalogueUrl;
  const feed = {
    version: "https://jsonfeed.org/version/1.1",
    title: `${list.title} – ${list.library}`,
    ...(home !== null && { home_page_url: home }),
    feed_url: feedPlace(`${list.subject}.json`),
    description: list.lead,
    language: list.language,
    items: list.entries.map(itemOf),
  };
  return `${JSON.stringify(feed, null, 1)}\n`;
}

function itemOf(entry: NewTitleEntry): object {
  const { id, title, author, url, coverUrl, language, subjects, arrivedOn, onlineUrl } = entry;
  const { record, edition, publisher, year, materialType, callNumber, library, location, isbn, issn } = entry;
  return {
    id,
    title,
    content_text: summaryOf(entry),
    date_published: `${arrivedOn}T00:00:00Z`,
    ...(url !== null && { url }),
    ...(onlineUrl !== null && { external_url: onlineUrl }),
    ...(coverUrl !== null && { image: coverUrl }),
    ...(author !== null && { authors: [{ name: author }] }),
    ...(language !== null && { language }),
    ...(subjects.length > 0 && { tags: subjects }),
    _title: {
      record,
      edition,
      publisher,
      year,
      materialType,
      callNumber,
      class: entry.class,
      sortKey: entry.sortKey,
      library,
      location,
      isbn,
      issn,
    },
  };
}
