import type { NewTitleEntry, NewTitlesList } from "../model.ts";
import { feedPlace } from "../model.ts";
import { summaryOf } from "./summary.ts";
import { element, xmlText } from "./xml.ts";

/** Atom (RFC 4287). The feed's author is the library, for some titles have none. */
export function renderAtom(list: NewTitlesList): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xmlText(list.language)}">
${element("id", list.id)}${element("title", `${list.title} – ${list.library}`)}${element("subtitle", list.lead)}${element("updated", `${list.updatedOn}T00:00:00Z`)}    <author><name>${xmlText(list.library)}</name></author>
${link("alternate", list.homeUrl ?? list.catalogueUrl)}
    <link rel="self" type="application/atom+xml" href="${xmlText(feedPlace(`${list.subject}.atom`))}"/>
${list.entries.map(entryOf).join("")}</feed>
`;
}

function entryOf(entry: NewTitleEntry): string {
  const language = entry.language === null ? "" : ` xml:lang="${xmlText(entry.language)}"`;
  const author = entry.author === null ? "" : `    <author><name>${xmlText(entry.author)}</name></author>\n`;
  const day = `${entry.arrivedOn}T00:00:00Z`;
  const subjects = entry.subjects.map((subject) => `    <category term="${xmlText(subject)}"/>\n`).join("");
  return `  <entry${language}>
${element("id", entry.id)}${element("title", entry.title)}${author}${element("published", day)}${element("updated", day)}${link("alternate", entry.url)}${link("related", entry.onlineUrl)}${subjects}${element("summary", summaryOf(entry))}  </entry>
`;
}

function link(rel: string, href: string | null): string {
  return href === null ? "" : `    <link rel="${rel}" href="${xmlText(href)}"/>\n`;
}
