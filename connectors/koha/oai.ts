/**
 * What OAI-PMH on the OPAC tells that REST does not before 25.05: which records changed, subjects included, and which
 * were deleted. Only the numbers are taken from it; the records come from REST. OAI is the reader's view: `deleted`
 * may also mean hidden, and a suppressed record may be missing.
 */
import { parseStringPromise, processors } from "xml2js";
import { z } from "zod";
import { StopError } from "../../src/domain/problem.ts";
import type { Kit } from "../../src/kit/contract.ts";

export interface Oai {
  /** The server's clock, as it writes it. */
  now(signal: AbortSignal): Promise<string>;
  /** Numbers of the records changed since then (inclusive), and the server's clock at the first answer. */
  changed(
    from: string,
    signal: AbortSignal,
  ): Promise<{ readonly ids: readonly OaiId[]; readonly asOf: string }>;
}

export interface OaiId {
  readonly id: number;
  readonly deleted: boolean;
}

const text = z
  .array(z.union([z.string(), z.object({ _: z.string() }).transform(({ _ }) => _)]))
  .transform(([one]) => one ?? "");
const Header = z.object({ $: z.object({ status: z.string().optional() }).optional(), identifier: text });
const Envelope = z.object({
  "OAI-PMH": z.object({
    responseDate: text,
    error: z.array(z.object({ $: z.object({ code: z.string() }) })).optional(),
    ListMetadataFormats: z
      .array(z.object({ metadataFormat: z.array(z.object({ metadataPrefix: text })) }))
      .optional(),
    ListIdentifiers: z
      .array(
        z.object({
          header: z.array(Header).default([]),
          resumptionToken: z.array(z.union([z.string(), z.object({ _: z.string().optional() })])).optional(),
        }),
      )
      .optional(),
  }),
});
type Envelope = z.infer<typeof Envelope>["OAI-PMH"];

/** All throw StopError (OAI is off, or what answers is none) and what the HTTP client throws. */
export function createOai(opacUrl: string, kit: Kit, timeoutMs: number): Oai {
  const base = `${opacUrl.replace(/\/+$/, "")}/cgi-bin/koha/oai.pl`;
  let prefix = "marcxml";

  async function ask(query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Envelope> {
    const url = `${base}?${new URLSearchParams(query).toString()}`;
    const response = await kit.http.request({ url, expect: [404], timeoutMs, signal });
    if (response.status === 404) {
      throw noOai(url, "it answers 404: the system preference OAI-PMH is off, or this is not the OPAC");
    }
    try {
      const tree: unknown = await parseStringPromise(new TextDecoder().decode(response.body), {
        tagNameProcessors: [processors.stripPrefix],
      });
      return Envelope.parse(tree)["OAI-PMH"];
    } catch (error) {
      throw noOai(url, error instanceof z.ZodError ? "its answer is not OAI-PMH" : "its answer is no XML");
    }
  }

  async function list(query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Envelope> {
    const answer = await ask({ verb: "ListIdentifiers", metadataPrefix: prefix, ...query }, signal);
    if (codeOf(answer) !== "cannotDisseminateFormat") return answer;
    // A configuration file (OAI-PMH:ConfFile) may name other formats; any will do for numbers.
    const formats = await ask({ verb: "ListMetadataFormats" }, signal);
    prefix = formats.ListMetadataFormats?.[0]?.metadataFormat[0]?.metadataPrefix ?? prefix;
    return ask({ verb: "ListIdentifiers", metadataPrefix: prefix, ...query }, signal);
  }

  return {
    async now(signal) {
      return (await ask({ verb: "Identify" }, signal)).responseDate;
    },
    async changed(from, signal) {
      const ids: OaiId[] = [];
      let page = await list({ from }, signal);
      const asOf = page.responseDate;
      if (codeOf(page) === "noRecordsMatch") return { ids, asOf };
      for (;;) {
        const code = codeOf(page);
        // Also noRecordsMatch after the first page: Koha's way of refusing a token.
        if (code !== null) throw noOai(base, `it answered ${code} within a list`);
        for (const { $, identifier } of page.ListIdentifiers?.[0]?.header ?? []) {
          const id = Number(/(\d+)$/.exec(identifier)?.[1]);
          if (Number.isSafeInteger(id)) ids.push({ id, deleted: $?.status === "deleted" });
        }
        const token = page.ListIdentifiers?.[0]?.resumptionToken?.[0];
        const resumptionToken = typeof token === "string" ? token : token?._;
        if (resumptionToken === undefined || resumptionToken.trim() === "") return { ids, asOf };
        page = await ask({ verb: "ListIdentifiers", resumptionToken: resumptionToken.trim() }, signal);
      }
    },
  };
}

function codeOf(answer: Envelope): string | null {
  return answer.error?.[0]?.$.code ?? null;
}

function noOai(where: string, why: string): StopError {
  return new StopError({
    code: "KOHA_OAI_OFF",
    what: "OAI-PMH of this Koha cannot be read",
    where,
    why,
    cure: "turn on the system preference OAI-PMH and give the OPAC's address as opacUrl; or leave opacUrl out",
  });
}

/** `2026-11-02T08:00:00Z` a few minutes earlier: `from` is inclusive, and late writers are read again. */
export function oaiMinutesBefore(utc: string, minutes: number): string {
  const at = Date.parse(utc);
  return Number.isNaN(at) ? utc : `${new Date(at - minutes * 60_000).toISOString().slice(0, 19)}Z`;
}
