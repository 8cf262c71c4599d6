/** Each department's subject search: how much discovery finds, of what kind, and what is newest. */
import type { DiscoveryFact } from "../../src/domain/fact.ts";
import { addYears, dayIn, monthOf } from "../../src/domain/time.ts";
import type { CalendarDay } from "../../src/domain/time.ts";
import type { Kit, Message, Stream } from "../../src/kit/contract.ts";
import { SearchRefused } from "./client.ts";
import type { Summon } from "./client.ts";
import type { Config } from "./config.ts";
import { documentOf } from "./documents.ts";
import { escaped, queryText } from "./sign.ts";
import type { Parameters } from "./sign.ts";

const facets = ["ContentType", "Language", "Discipline", "SubjectTerms", "Library"];
const facetSize = 30;

export function searchesStream(config: Config, kit: Kit, summon: Summon): Stream {
  return {
    name: "discovery",
    facts: ["discovery"],
    cursorVersion: 1,
    sweeps: false,
    async *pull({ signal }): AsyncGenerator<Message> {
      for (const department of Object.keys(config.searches)) {
        yield await messageFor(config, kit, summon, department, signal);
        yield { type: "page" };
      }
      yield { type: "page", cursor: null };
    },
  };
}

/** What is refused of a search is put aside with its answer; the other searches go on. */
async function messageFor(
  config: Config,
  kit: Kit,
  summon: Summon,
  department: string,
  signal: AbortSignal,
): Promise<Message> {
  const today = dayIn(kit.now(), kit.timeZone);
  const id = `${department}@${today.slice(0, 7)}`;
  const at = `searches.${department}`;
  try {
    const fact = await factOf(config, summon, { id, department, today }, signal);
    return { type: "fact", fact, origin: { at } };
  } catch (error) {
    if (!(error instanceof SearchRefused)) throw error;
    const { problem, body } = error;
    return { type: "bad", kind: "discovery", id, raw: body, problem, origin: { at } };
  }
}

async function factOf(
  config: Config,
  summon: Summon,
  { id, department, today }: { id: string; department: string; today: CalendarDay },
  signal: AbortSignal,
): Promise<DiscoveryFact> {
  const { query = "", filters = [] } = config.searches[department] ?? {};
  const own: Parameters = [["s.q", query], ...filters.map((filter) => ["s.fvf", filter] as const)];
  const ask = (more: Parameters, rows = 1): ReturnType<Summon["search"]> =>
    summon.search(
      [...own, ...more, ["s.ps", String(rows)], ["s.pn", "1"], ["s.hl", "f"], ["s.role", "none"]],
      signal,
    );
  const held = ["s.ho", "t"] as const;
  const inHoldings = await ask([
    held,
    ...facets.map((name) => ["s.ff", `${name},or,1,${String(facetSize)}`] as const),
  ]);
  const everywhere = await ask([["s.ho", "f"]]);
  const fullText = await ask([held, ["s.fvf", "IsFullText,true"]]);
  const scholarly = await ask([held, ["s.fvf", "IsScholarly,true"]]);
  const lastYear = await ask([held, ["s.rf", `PublicationDate,${addYears(today, -1)}:${today}`]]);
  const catalogue = await ask([held, ["s.fvf", `SourceType,${escaped("Library Catalog")}`]]);
  const newest =
    config.documents === 0
      ? []
      : (
          await ask(
            [held, ["s.fvf", "ContentType,Newspaper Article,true"], ["s.sort", "PublicationDate:desc"]],
            config.documents,
          )
        ).documents;
  return {
    kind: "discovery",
    id,
    department,
    month: monthOf(today),
    asOfOn: today,
    query,
    url: linkOf(config, own),
    counts: {
      everywhere: everywhere.recordCount,
      inHoldings: inHoldings.recordCount,
      fullText: fullText.recordCount,
      scholarly: scholarly.recordCount,
      lastYear: lastYear.recordCount,
      catalogue: catalogue.recordCount,
    },
    facets: inHoldings.facetFields
      .filter(({ displayName }) => facets.includes(displayName))
      .map(({ displayName, counts }) => ({
        name: displayName,
        counts: counts.map(({ value, count }) => ({ value, count })),
      })),
    documents: newest.flatMap((document) => documentOf(document) ?? []),
  };
}

/** The search in the library's own Summon. */
function linkOf({ linkUrl }: Config, own: Parameters): string | null {
  return linkUrl === undefined ? null : `${linkUrl.replace(/\/$/, "")}/search?${queryText(own)}`;
}
