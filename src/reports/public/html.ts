/** Public pages as fragments. A theme styles them by their classes; what is not `Html` is escaped. */
import { Html, html } from "../render/html.ts";
import type { PublicContext, PublicLiaison } from "./context.ts";
import type { NewTitleEntry, NewTitlesList } from "./model.ts";

/** A list of titles as one unordered list, newest first. */
export function titlesHtml(list: NewTitlesList, closing: readonly Html[]): Html {
  const entries = list.entries.map((entry) => html`${entryHtml(entry)}\n`);
  return html`<p class="koha-liaison-lead">${list.lead}</p>
${list.entries.length === 0 ? null : html`<ul class="koha-liaison-titles">\n${entries}</ul>\n`}${closing}`;
}

function entryHtml(entry: NewTitleEntry): Html {
  const { title, language, url, coverUrl, author, callNumber, onlineUrl } = entry;
  const named = html`<cite class="koha-liaison-name" dir="auto"${lang(language)}>${title}</cite>`;
  const imprint = [entry.publisher, entry.year === null ? null : String(entry.year)].filter(
    (part) => part !== null,
  );
  return html`<li class="koha-liaison-title">${
    coverUrl === null
      ? null
      : html`<img class="koha-liaison-cover" src="${coverUrl}" alt="" loading="lazy" width="60"> `
  }${url === null ? named : html`<a href="${url}">${named}</a>`}${part("author", author)}${part("imprint", imprint.length === 0 ? null : imprint.join(", "))}${part("callnumber", callNumber)}${
    onlineUrl === null || !/^https?:/.test(onlineUrl)
      ? null
      : html` <a class="koha-liaison-online" href="${onlineUrl}">online</a>`
  }</li>`;
}

function part(name: string, text: string | null): Html | null {
  return text === null ? null : html` <span class="koha-liaison-${name}"><bdi>${text}</bdi></span>`;
}

function lang(language: string | null): Html | null {
  return language === null ? null : new Html(` lang="${language.replaceAll(/[^A-Za-z0-9-]/g, "")}"`);
}

/** Who answers, and how. Only what the liaison's `contact` says. */
export function contactHtml({ words }: Pick<PublicContext, "words">, liaison: PublicLiaison): Html {
  const { name, email, phone, office, url } = liaison;
  const ways: readonly (readonly [string, Html | null])[] = [
    [words.say("public.email"), html`<a href="mailto:${email}">${email}</a>`],
    [
      words.say("public.phone"),
      phone === null ? null : html`<a href="tel:${phone.replaceAll(/[^+\d]/g, "")}">${phone}</a>`,
    ],
    [words.say("public.office"), office === null ? null : html`${office}`],
    [
      words.say("public.page"),
      url === null ? null : html`<a href="${url}">${url.replace(/^https?:\/\//, "")}</a>`,
    ],
  ];
  return html`<div class="koha-liaison-contact">
<p class="koha-liaison-person"><strong>${name}</strong></p>
<ul class="koha-liaison-ways">
${ways.map(([label, way]) => (way === null ? null : html`<li><span class="koha-liaison-way">${label}:</span> ${way}</li>\n`))}</ul>
</div>
`;
}

/** To another public page, by its report and department; it goes when that page is not there. */
export function pageLink(report: string, subject: string, text: string): Html {
  return html`<p class="koha-liaison-link"><a href="koha-liaison:${report}/${subject}">${text}</a></p>\n`;
}

/** To the feed, where the pages of this program are public. */
export function feedLink(list: NewTitlesList, publicUrl: string | undefined, text: string): Html | null {
  if (publicUrl === undefined) return null;
  const address = `${publicUrl.replace(/\/$/, "")}/new/${list.subject}.rss`;
  return html`<p class="koha-liaison-feed"><a href="${address}" type="application/rss+xml">${text}</a></p>\n`;
}
