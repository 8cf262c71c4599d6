import { StopError } from "../domain/problem.ts";
import { describe } from "../domain/marc/describe.ts";
import type { ItemFact } from "../domain/fact.ts";
import type { CliCommand, CliContext } from "./context.ts";
import { table } from "./table.ts";

interface Found {
  readonly id: string;
  readonly title: string;
  readonly author: string | null;
  readonly year: number | null;
  readonly items: { readonly library: string | null; readonly callNumber: string | null }[];
}

const most = 20;

export const find: CliCommand = {
  register: (program, context) => {
    program
      .command("find")
      .summary("ad-hoc CQL search through SRU")
      .argument("<query>", 'CQL, e.g. "dc.title = physics"')
      .option("--source <id>", "the source to ask; the first that can search when absent")
      .addHelpText("after", '\nExamples:\n  liaison find "dc.subject = quantum and dc.date = 2020"')
      .action((query: string, flags: { readonly source?: string }) => runFind(context, query, flags.source));
  },
};

async function runFind(context: CliContext, query: string, sourceId: string | undefined): Promise<void> {
  await context.withApp(async (app) => {
    const id = sourceId ?? app.config.sources.find(({ type }) => type === "sru")?.id;
    const search = id === undefined ? undefined : (await app.openSource(id)).source.find;
    if (search === undefined) {
      throw new StopError({
        code: "NO_SEARCH",
        what: id === undefined ? "no source of type sru is configured" : `source "${id}" cannot be searched`,
        cure: "configure one: sru: { type: sru, url: http://…:7090/biblios }",
      });
    }
    const found: Found[] = [];
    for await (const message of search(query, most, context.signal)) {
      if (message.type === "bad") context.exit(3);
      if (message.type !== "fact") continue;
      if (message.fact.kind === "record") {
        const { title, author, publicationYear: year } = describe(message.fact.marc);
        found.push({ id: message.fact.id, title, author, year, items: [] });
      } else if (message.fact.kind === "item") addItem(found, message.fact);
    }
    context.print(found, () =>
      table(
        ["record", "title", "author", "year", "held"],
        found.map(({ id: record, title, author, year, items }) => [
          record,
          title,
          author ?? "",
          year === null ? "" : String(year),
          items.map(({ library, callNumber }) => `${library ?? ""} ${callNumber ?? ""}`.trim()).join("; "),
        ]),
      ),
    );
  });
}

function addItem(found: readonly Found[], { recordId, homeLibrary, callNumber }: ItemFact): void {
  found.find(({ id }) => id === recordId)?.items.push({ library: homeLibrary, callNumber });
}
