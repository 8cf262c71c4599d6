/**
 * The public form of a report for one department, or for the library: of its sections those that have one, and nothing
 * else. What is only for the staff cannot come in, for it is never asked for.
 */
import { ConfigError } from "../../domain/problem.ts";
import { groupOf, setsWith } from "../../measures/groups.ts";
import { readCommonHeadings } from "../../store/queries/public/title-details.ts";
import { readSets } from "../../store/queries/measures/sets.ts";
import type { ReportDefinition } from "../definition.ts";
import { Html, html } from "../render/html.ts";
import { newTitlesOptions } from "../sections/new-titles.ts";
import type { SectionEntry } from "../sections/index.ts";
import type { PublicContext } from "./context.ts";
import { contactHtml, feedLink, pageLink, titlesHtml } from "./html.ts";
import type { NewTitlesList, PublicPage } from "./model.ts";
import { newTitlesList } from "./new-titles.ts";

interface Fragment {
  readonly title: string;
  readonly html: Html;
  readonly list?: NewTitlesList;
  readonly listed?: readonly number[];
  readonly empty: boolean;
}

type BuildFragment = (context: PublicContext, entry: SectionEntry) => Promise<Fragment>;

/** The sections that readers may see. */
const fragments: Readonly<Record<string, BuildFragment>> = {
  "new-titles": newTitlesFragment,
  "your-liaison": liaisonFragment,
};

export interface BuiltPublic extends PublicPage {
  readonly empty: boolean;
  readonly listed: readonly number[];
}

export type PublicRequest = Omit<PublicContext, "setIds" | "report"> & {
  readonly definition: ReportDefinition;
};

/** Throws ConfigError when the report has nothing that readers may see. */
export async function buildPublicPage(request: PublicRequest): Promise<BuiltPublic> {
  const { definition, reader, department } = request;
  const sets = await readSets(reader);
  const setIds = department === null ? null : setsWith(sets, [groupOf(department.id, [department.id])]);
  const context: PublicContext = { ...request, report: definition.id, setIds };
  const built: Fragment[] = [];
  for (const entry of definition.sections) {
    const fragment = await fragments[entry.id]?.(context, entry);
    if (fragment !== undefined) built.push(fragment);
  }
  const [first, ...rest] = built;
  if (first === undefined) throw nothingPublic(definition);
  const others = rest.map((fragment) => html`<h2>${fragment.title}</h2>\n${fragment.html}`);
  return {
    title: first.title,
    html: html`${first.html}${others}`,
    list: built.find(({ list }) => list !== undefined)?.list ?? null,
    empty: built.every(({ empty }) => empty),
    listed: built.flatMap(({ listed }) => listed ?? []),
  };
}

function nothingPublic({ id }: ReportDefinition): ConfigError {
  return new ConfigError([
    {
      code: "NOTHING_PUBLIC",
      what: `the report "${id}" goes to a public place, and has no section that readers may see`,
      cure: `give it one of ${Object.keys(fragments).join(", ")}, or take that delivery out of the report`,
    },
  ]);
}

async function newTitlesFragment(context: PublicContext, entry: SectionEntry): Promise<Fragment> {
  const { words, urls, subject, department } = context;
  const { list, all, listed } = await newTitlesList(context, newTitlesOptions.parse(entry));
  const shown = list.entries.length;
  const closing = [
    ...(all > shown
      ? [html`<p class="koha-liaison-more">${words.say("public.new-titles-some", { shown, all })}</p>\n`]
      : []),
    feedLink(list, urls.publicUrl, words.say("public.feed")) ?? new Html(""),
    ...(department === null
      ? []
      : [pageLink("your-liaison", subject, words.say("public.your-liaison", { subject: department.name }))]),
  ];
  return { title: list.title, html: titlesHtml(list, closing), list, listed, empty: shown === 0 };
}

/** How many headings tell what a department is about. */
const mostHeadings = 12;

async function liaisonFragment(context: PublicContext): Promise<Fragment> {
  const { words, department, subject, libraryName } = context;
  if (department === null) return directoryFragment(context);
  const { name, liaisons } = department;
  const headings = await readCommonHeadings(context.reader, context.setIds, mostHeadings);
  return {
    title: words.say("public.your-liaison", { subject: name }),
    html: html`<p class="koha-liaison-lead">${words.say("public.liaison-lead", { count: liaisons.length, subject: name, library: libraryName })}</p>
${liaisons.map((liaison) => contactHtml(context, liaison))}${
      headings.length === 0
        ? null
        : html`<h2>${words.say("public.subjects")}</h2>
<ul class="koha-liaison-subjects">
${headings.map((heading) => html`<li><bdi>${heading}</bdi></li>\n`)}</ul>
`
    }${pageLink("new-titles", subject, words.say("public.new-titles", { subject: name }))}`,
    empty: false,
  };
}

/** Of the library: everybody, by department. */
function directoryFragment({ words, departments, libraryName }: PublicContext): Promise<Fragment> {
  const rows = departments
    .filter(({ liaisons }) => liaisons.length > 0)
    .map(
      ({ name, liaisons }) =>
        html`<tr><th scope="row">${name}</th><td>${liaisons.map(
          ({ name: who, email }, n) =>
            html`${n === 0 ? null : ", "}${who} (<a href="mailto:${email}">${email}</a>)`,
        )}</td></tr>\n`,
    );
  return Promise.resolve({
    title: words.say("public.directory", { library: libraryName }),
    html: html`<figure class="wp-block-table koha-liaison-directory"><table>
<thead><tr><th scope="col">${words.say("public.subject")}</th><th scope="col">${words.say("public.contact")}</th></tr></thead>
<tbody>
${rows}</tbody>
</table></figure>
`,
    empty: rows.length === 0,
  });
}
