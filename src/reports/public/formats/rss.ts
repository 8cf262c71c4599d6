import type { CalendarDay } from "../../../domain/time.ts";
import type { NewTitlesList } from "../model.ts";
import { feedPlace } from "../model.ts";
import { summaryOf } from "./summary.ts";
import { element, xmlText } from "./xml.ts";

/** RSS 2.0 (RSS Advisory Board), with `dc:creator` for names, which have no mail address, and `atom:link` to itself. */
export function renderRss(list: NewTitlesList): string {
  const items = list.entries.map(
    (entry) => `  <item>
${element("title", entry.title)}${element("link", entry.url)}${element("description", summaryOf(entry))}${element("dc:creator", entry.author)}${entry.subjects.map((subject) => element("category", subject)).join("")}${element("guid", entry.id, ' isPermaLink="false"')}${element("pubDate", rfc822(entry.arrivedOn))}  </item>
`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
${element("title", `${list.title} – ${list.library}`)}${element("link", list.homeUrl ?? list.catalogueUrl ?? list.id)}${element("description", list.lead)}${element("language", list.language)}${element("lastBuildDate", rfc822(list.updatedOn))}
    <atom:link rel="self" type="application/rss+xml" href="${xmlText(feedPlace(`${list.subject}.rss`))}"/>
${items.join("")}</channel>
</rss>
`;
}

/** `Mon, 12 Oct 2026 00:00:00 +0000`: a day has no hour. */
function rfc822(day: CalendarDay): string {
  return new Date(`${day}T00:00:00Z`).toUTCString().replace("GMT", "+0000");
}
