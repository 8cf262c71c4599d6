/** The Koha plugin's routes, where the site has installed it: what REST does not tell. */
import { z } from "zod";
import { LiaisonError, OffError } from "../../src/domain/problem.ts";
import type { Check } from "../../src/kit/contract.ts";
import type { Koha } from "./client.ts";
import { KohaFault } from "./errors.ts";

const root = "/contrib/liaison";
/** Of the routes (`api` of /version): the plugin raises it when a client must change. */
const knownApi = 1;
const cure = "install the plugin (liaison plugin build) and restart Plack, or leave it off";

const About = z.object({
  plugin: z.string(),
  api: z.int(),
  capabilities: z.record(z.string(), z.boolean()),
});
type About = z.infer<typeof About>;

/** Throws OffError when it is not there, may not be used, or is of another generation; else what `get` throws. */
export async function aboutPlugin(koha: Koha, signal: AbortSignal): Promise<About> {
  const { value, url } = await askPlugin(koha, "/version", {}, signal);
  const parsed = About.safeParse(value);
  if (!parsed.success) {
    throw new OffError({
      code: "KOHA_PLUGIN_UNKNOWN",
      what: "off, the Koha plugin does not tell its version as expected",
      where: url,
      cure: "install the plugin that came with this version (liaison plugin build)",
    });
  }
  const { plugin, api } = parsed.data;
  if (api !== knownApi) {
    throw new OffError({
      code: "KOHA_PLUGIN_API",
      what: `off, the Koha plugin ${plugin} is ${api > knownApi ? "newer" : "older"} than this version knows`,
      where: url,
      why: `its routes are of generation ${api}, known is ${knownApi}`,
      cure:
        api > knownApi ? "update Koha Liaison" : "install the plugin of this version (liaison plugin build)",
    });
  }
  return parsed.data;
}

/** One GET below the plugin's routes. Throws OffError where the plugin or the table behind the route is missing. */
export async function askPlugin(
  koha: Koha,
  route: string,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<{ readonly value: unknown; readonly url: string }> {
  try {
    return await koha.get({ path: `${root}${route}`, query }, signal);
  } catch (error) {
    if (!(error instanceof LiaisonError)) throw error;
    const { where } = error.problem;
    const at = where === undefined ? {} : { where };
    const status = error instanceof KohaFault ? error.status : null;
    // A proxy or an older Koha answers a route that it does not know with a web page.
    if (status === 404 || error.problem.code === "KOHA_NOT_HERE") {
      const why = "it is not installed, or Plack was not restarted since";
      throw new OffError({ code: "KOHA_NO_PLUGIN", what: "off, needs the Koha plugin", ...at, why, cure });
    }
    if (status === 501) {
      const why = "a table or column that it counts is missing";
      const what = "off, this Koha cannot tell it to the plugin";
      throw new OffError({ code: "KOHA_PLUGIN_CANNOT", what, ...at, why, cure: "update Koha" });
    }
    throw error;
  }
}

/** For `doctor`. Nothing else depends on the plugin, so that its absence is no warning. Throws OffError and others. */
export async function checkPlugin(koha: Koha, signal: AbortSignal): Promise<Check> {
  try {
    const { plugin, api, capabilities } = await aboutPlugin(koha, signal);
    const named = (wanted: boolean) =>
      Object.entries(capabilities)
        .filter(([, can]) => can === wanted)
        .map(([name]) => name.replaceAll("_", " "))
        .join(", ");
    const lacking = named(false);
    return {
      check: "plugin",
      state: "ok",
      message: `plugin ${plugin} (api ${api}) tells: ${named(true) || "nothing"}${lacking === "" ? "" : `; this Koha has no: ${lacking}`}`,
    };
  } catch (error) {
    if (!(error instanceof OffError) || error.problem.code !== "KOHA_NO_PLUGIN") throw error;
    return {
      check: "plugin",
      state: "ok",
      message: "the Koha plugin is not there: not installed, or Plack not restarted",
      cure,
    };
  }
}
