/** What a repository says of itself: Identify, ListMetadataFormats, ListSets. */
import { z } from "zod";
import { StopError } from "../../domain/problem.ts";
import type { HttpClient } from "../contract.ts";
import { asStop, parseXml, xmlText } from "../xml/index.ts";
import { ask, errorOf } from "./ask.ts";
import type { OaiTarget } from "./ask.ts";

export type OaiGranularity = "day" | "second";

export interface OaiIdentity {
  readonly name: string;
  /** UTC; null when it cannot be read. Koha writes `2026-11-24 01:33:59`. */
  readonly earliest: string | null;
  readonly granularity: OaiGranularity;
  /** Whether deletions are told: a statement of the server, no guarantee. */
  readonly deletedRecord: "no" | "transient" | "persistent";
  readonly responseDate: string;
}

const errorElement = z.object({ $: z.object({ code: z.string() }), _: z.string().default("") });
const token = z.array(z.union([z.string(), z.object({ _: z.string().default("") }).transform(({ _ }) => _)]));
const Answer = z.object({
  "OAI-PMH": z.object({
    responseDate: xmlText.default(""),
    error: z.array(errorElement).optional(),
    Identify: z
      .array(
        z.object({
          repositoryName: xmlText.default(""),
          earliestDatestamp: xmlText.default(""),
          deletedRecord: xmlText.default("no"),
          granularity: xmlText.default("YYYY-MM-DD"),
        }),
      )
      .optional(),
    ListMetadataFormats: z
      .array(z.object({ metadataFormat: z.array(z.object({ metadataPrefix: xmlText })).default([]) }))
      .optional(),
    ListSets: z
      .array(
        z.object({
          set: z.array(z.object({ setSpec: xmlText, setName: xmlText.default("") })).default([]),
          resumptionToken: token.optional(),
        }),
      )
      .optional(),
  }),
});
type Answer = z.infer<typeof Answer>["OAI-PMH"];

/** Throws StopError for an answer that is no OAI-PMH, and what the HTTP client throws; as do the other two. */
export async function identify(http: HttpClient, target: OaiTarget): Promise<OaiIdentity> {
  const { answer, where } = await tree(http, target, { verb: "Identify" });
  refuseError(answer, where, []);
  const [found] = answer.Identify ?? [];
  if (found === undefined) throw notOai(where, "there is no Identify in it");
  const { deletedRecord } = found;
  return {
    name: found.repositoryName,
    earliest: utcOf(found.earliestDatestamp),
    granularity: /T|ss/i.test(found.granularity.slice(10)) ? "second" : "day",
    deletedRecord: deletedRecord === "persistent" || deletedRecord === "transient" ? deletedRecord : "no",
    responseDate: answer.responseDate,
  };
}

/** The metadata prefixes that the repository has. */
export async function listMetadataFormats(http: HttpClient, target: OaiTarget): Promise<readonly string[]> {
  const { answer, where } = await tree(http, target, { verb: "ListMetadataFormats" });
  refuseError(answer, where, ["noMetadataFormats"]);
  return (answer.ListMetadataFormats ?? []).flatMap(({ metadataFormat }) =>
    metadataFormat.map(({ metadataPrefix }) => metadataPrefix),
  );
}

/** All sets; none when the repository has no set hierarchy. */
export async function listSets(
  http: HttpClient,
  target: OaiTarget,
): Promise<readonly { readonly spec: string; readonly name: string }[]> {
  const sets: { spec: string; name: string }[] = [];
  const asked = new Set<string>();
  let query: Record<string, string> = { verb: "ListSets" };
  for (;;) {
    const { answer, where } = await tree(http, target, query);
    refuseError(answer, where, ["noSetHierarchy"]);
    const [list] = answer.ListSets ?? [];
    for (const { setSpec, setName } of list?.set ?? []) sets.push({ spec: setSpec, name: setName });
    const next = list?.resumptionToken?.[0]?.trim() ?? "";
    if (next === "" || asked.has(next)) return sets;
    asked.add(next);
    query = { verb: "ListSets", resumptionToken: next };
  }
}

async function tree(
  http: HttpClient,
  target: OaiTarget,
  query: Readonly<Record<string, string>>,
): Promise<{ answer: Answer; where: string }> {
  const { xml, where } = await ask(http, target, query);
  try {
    const parsed = Answer.safeParse(await parseXml(xml, where));
    if (parsed.success) return { answer: parsed.data["OAI-PMH"], where };
  } catch (error) {
    throw asStop(error);
  }
  throw notOai(where, "the answer does not look like OAI-PMH");
}

function refuseError(answer: Answer, where: string, harmless: readonly string[]): void {
  const error = answer.error?.find(({ $ }) => !harmless.includes($.code));
  if (error !== undefined) throw errorOf({ code: error.$.code, message: error._.trim() }, where);
}

function notOai(where: string, why: string): StopError {
  const cure =
    "check the address: it is that of the OAI-PMH interface, in Koha /cgi-bin/koha/oai.pl on the OPAC";
  return new StopError({ code: "OAI_NOT_OAI", what: "this is no OAI-PMH repository", where, why, cure });
}

/** `2026-11-24T01:33:59Z`, `2026-11-24 01:33:59`, `2026-11-24`: all are UTC. Null for anything else. */
export function utcOf(text: string): string | null {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d:\d\d)(?:\.\d+)?Z?)?$/.exec(text.trim());
  if (match === null) return null;
  const at = new Date(`${match[1] ?? ""}T${match[2] ?? "00:00:00"}Z`);
  return Number.isNaN(at.getTime()) ? null : `${at.toISOString().slice(0, 19)}Z`;
}

/** A moment so much earlier, as `from` wants it: whole days for a server that knows only days. */
export function fromBefore(utc: string, minutes: number, granularity: OaiGranularity): string {
  const earlier = new Date(Date.parse(utc) - minutes * 60_000).toISOString();
  return granularity === "second" ? `${earlier.slice(0, 19)}Z` : earlier.slice(0, 10);
}
