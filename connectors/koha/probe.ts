/** `doctor`: what this Koha can do and this key may read, each line with its cure. Reads one row a list. */
import { Cancelled, LiaisonError, OffError } from "../../src/domain/problem.ts";
import type { Check, Kit } from "../../src/kit/contract.ts";
import { marcInJson } from "./client.ts";
import type { Koha } from "./client.ts";
import { KohaFault, permissionOf } from "./errors.ts";
import { readPage } from "./halving.ts";
import type { Oai } from "./oai.ts";
import { checkPlugin } from "./plugin.ts";
import { findPrefix, refuseUnimarc } from "./streams/biblios.ts";
import { biblioIdOf } from "./marc-in-json.ts";
import { versionOf } from "./version.ts";

/** Stream, its list, and since when Koha has it. */
const lists: readonly (readonly [stream: string, path: string, since: string])[] = [
  ["item-types", "/item_types", "23.05"],
  ["authorised-values", "/authorised_value_categories/LOC/authorised_values", "22.11.06"],
  ["funds", "/acquisitions/funds", "22.11"],
  ["biblios", "/biblios", "22.11.06"],
  ["deleted-biblios", "/deleted/biblios", "24.05"],
  ["items", "/items", "22.11"],
  ["orders", "/acquisitions/orders", "22.11"],
  ["checkouts", "/checkouts", "22.11"],
  ["holds", "/holds", "22.11"],
  ["suggestions", "/suggestions", "22.11"],
];
const skewWarningMs = 120_000;

export async function* checkKoha(
  koha: Koha,
  kit: Kit,
  oai: Oai | null,
  signal: AbortSignal,
): AsyncGenerator<Check> {
  let date: string | null;
  try {
    date = (await koha.get({ path: "/libraries", query: { _per_page: "1" } }, signal)).date;
  } catch (error) {
    if (!(error instanceof OffError)) {
      yield failed("connection", error);
      return;
    }
    yield failed("libraries", error);
    date = null;
  }
  yield { check: "connection", state: "ok", message: "Koha answers and accepts the credentials" };
  if (date !== null) yield clock(date, kit);
  const version = await versionOf(koha, signal);
  yield {
    check: "version",
    state: "ok",
    message:
      version === null
        ? "this Koha does not tell its version (before 25.11.05); its abilities are tried one by one"
        : `Koha ${version}`,
  };
  for (const [stream, path, since] of lists) yield await reading(koha, stream, path, since, signal);
  yield await illReading(koha, signal);
  yield await marc(koha, signal);
  if (oai !== null) yield await oaiReading(oai, signal);
  yield await plugin(koha, signal);
  const strong = await tooStrong(koha, signal);
  if (strong !== null) yield strong;
}

function clock(date: string, kit: Kit): Check {
  const skewMs = Date.parse(date) - Date.parse(kit.now());
  if (Math.abs(skewMs) <= skewWarningMs) return { check: "clock", state: "ok", message: "both clocks agree" };
  const minutes = Math.round(Math.abs(skewMs) / 60_000);
  return {
    check: "clock",
    state: "warning",
    message: `Koha's server is ${minutes} minutes ${skewMs > 0 ? "ahead of" : "behind"} this machine`,
    cure: "let both take their time from a time server (NTP)",
  };
}

async function reading(
  koha: Koha,
  stream: string,
  path: string,
  since: string,
  signal: AbortSignal,
): Promise<Check> {
  try {
    await koha.get({ path, query: { _per_page: "1" } }, signal);
    return { check: stream, state: "ok", message: `may be read (${permissionOf[path] ?? "catalogue"})` };
  } catch (error) {
    if (error instanceof KohaFault && error.status === 404) {
      return {
        check: stream,
        state: "warning",
        message: `this Koha does not have it (since ${since})`,
        cure: stream === "deleted-biblios" ? "set opacUrl, or update Koha" : "update Koha",
      };
    }
    return failed(stream, error);
  }
}

async function illReading(koha: Koha, signal: AbortSignal): Promise<Check> {
  const newer = await reading(koha, "ill-requests", "/ill/requests", "23.11", signal);
  if (newer.state === "ok" || !newer.message.startsWith("this Koha does not have it")) return newer;
  return reading(koha, "ill-requests", "/illrequests", "22.11", signal);
}

async function marc(koha: Koha, signal: AbortSignal): Promise<Check> {
  try {
    const { prefix } = await findPrefix(koha, signal);
    const listing = {
      path: "/biblios",
      key: "me.biblio_id",
      order: `${prefix}biblio_id`,
      accept: marcInJson,
      idOf: biblioIdOf,
    };
    const page = await readPage(koha, listing, { after: 0, until: null }, 5, signal);
    refuseUnimarc(page);
    return { check: "marc", state: "ok", message: "records come as MARC 21" };
  } catch (error) {
    return failed("marc", error);
  }
}

async function oaiReading(oai: Oai, signal: AbortSignal): Promise<Check> {
  try {
    await oai.now(signal);
    return {
      check: "oai-pmh",
      state: "ok",
      message: "OAI-PMH answers: changes of subjects are seen at once",
    };
  } catch (error) {
    return failed("oai-pmh", error, "warning");
  }
}

async function plugin(koha: Koha, signal: AbortSignal): Promise<Check> {
  try {
    return await checkPlugin(koha, signal);
  } catch (error) {
    return failed("plugin", error, "warning");
  }
}

/** Patron categories hold no person; who may manage them may do more than is needed here. */
async function tooStrong(koha: Koha, signal: AbortSignal): Promise<Check | null> {
  try {
    await koha.get({ path: "/patron_categories" }, signal);
    return {
      check: "least privilege",
      state: "warning",
      message: "this key may manage patron categories: it can do more than reading needs",
      cure: "make a patron for this product alone, with the permissions listed in connectors/koha/readme.md",
    };
  } catch (error) {
    if (error instanceof LiaisonError && !(error instanceof Cancelled)) return null;
    throw error;
  }
}

function failed(check: string, error: unknown, state: "warning" | "failure" = "failure"): Check {
  if (!(error instanceof LiaisonError) || error instanceof Cancelled) throw error;
  const { what, where, why, cure } = error.problem;
  const message = `${what}${why === undefined ? "" : `: ${why}`}${where === undefined ? "" : ` (${where})`}`;
  // A permission not given is a choice.
  const off = error instanceof OffError;
  return { check, state: off ? "warning" : state, message, ...(cure === undefined ? {} : { cure }) };
}
