/**
 * What OAI-PMH on the OPAC tells that REST does not before 25.05: which records changed, subjects included, and which
 * were deleted. Only the numbers are taken from it; the records come from REST. OAI is the reader's view: `deleted`
 * may also mean hidden, and a suppressed record may be missing.
 */
import { StopError } from "../../src/domain/problem.ts";
import type { Kit } from "../../src/kit/contract.ts";
import { fromBefore, identify, listMetadataFormats, listPages } from "../../src/kit/oai/index.ts";

export interface Oai {
  /** The server's clock, as it writes it. */
  now(signal: AbortSignal): Promise<string>;
  /** Numbers of the records changed since then (inclusive), and the server's clock at the first answer. */
  changed(from: string, signal: AbortSignal): Promise<Changed>;
}

interface Changed {
  readonly ids: readonly { readonly id: number; readonly deleted: boolean }[];
  readonly asOf: string;
}

/** Both throw StopError (OAI is off, or what answers is none) and what the HTTP client throws. */
export function createOai(opacUrl: string, kit: Kit, timeoutMs: number): Oai {
  const url = `${opacUrl.replace(/\/+$/, "")}/cgi-bin/koha/oai.pl`;
  let prefix = "marcxml";

  async function list(from: string, signal: AbortSignal): Promise<Changed> {
    const ids: Changed["ids"][number][] = [];
    let asOf: string | null = null;
    for await (const page of listPages(kit.http, "ListIdentifiers", {
      url,
      prefix,
      from,
      signal,
      timeoutMs,
    })) {
      asOf ??= page.responseDate;
      for (const { identifier, deleted } of page.headers) {
        // `archiveID:biblionumber`.
        const id = Number(/:(\d+)$/.exec(identifier)?.[1]);
        if (Number.isSafeInteger(id)) ids.push({ id, deleted });
      }
    }
    return { ids, asOf: asOf ?? from };
  }

  return {
    async now(signal) {
      return (await identify(kit.http, { url, signal, timeoutMs })).responseDate;
    },
    async changed(from, signal) {
      try {
        return await list(from, signal);
      } catch (error) {
        if (!(error instanceof StopError) || error.problem.code !== "OAI_ERROR") throw error;
        // A configuration file (OAI-PMH:ConfFile) may name other formats; any will do for numbers.
        const formats = await listMetadataFormats(kit.http, { url, signal, timeoutMs });
        const [other] = formats;
        if (other === undefined || formats.includes(prefix)) throw error;
        prefix = other;
        return list(from, signal);
      }
    },
  };
}

/** `2026-11-02T08:00:00Z` a few minutes earlier: `from` is inclusive, and late writers are read again. */
export function oaiMinutesBefore(utc: string, minutes: number): string {
  return fromBefore(utc, minutes, "second");
}
