/** Pages and posts of a WordPress site, written through its REST interface with an application password. */
import { LiaisonError } from "../../src/domain/problem.ts";
import { defineDelivery } from "../../src/kit/contract.ts";
import type { Check } from "../../src/kit/contract.ts";
import { createClient } from "./client.ts";
import type { Client } from "./client.ts";
import { Config } from "./config.ts";
import { publish, withdraw } from "./publish.ts";
import { rightMissing } from "./problems.ts";
import type { Me } from "./schema.ts";

export const wordpress = defineDelivery<Config>({
  id: "wordpress",
  config: Config,
  open: (config, kit) => {
    const client = createClient(config, kit);
    const connect = async (signal: AbortSignal): Promise<void> => {
      const { me } = await client.connect(signal);
      const missing = missingRights(me, config);
      if (missing.length > 0)
        throw rightMissing(config.url, config.auth.user, `it lacks ${missing.join(", ")}`);
    };
    return {
      addressed: false,
      publishes: config.as === "page" ? "page" : "issue",
      deliver: async (rendered, _, last, signal) => {
        await connect(signal);
        return publish(client, config, rendered, last, signal);
      },
      withdraw: async (last, signal) => {
        await connect(signal);
        return withdraw(client, config, last, signal);
      },
      check: (signal) => check(client, config, signal),
      close: () => Promise.resolve(),
    };
  },
});

/** What an editor may do; a page of others too, for somebody may have made it by hand. */
function missingRights({ capabilities }: Me, { as, status }: Config): string[] {
  const kind = as === "page" ? "pages" : "posts";
  const wanted = [
    `edit_${kind}`,
    `edit_others_${kind}`,
    `edit_published_${kind}`,
    ...(status === "draft" ? [] : [`publish_${kind}`]),
    ...(as === "post" ? ["manage_categories"] : []),
  ];
  return wanted.filter((right) => capabilities[right] !== true);
}

async function* check(client: Client, config: Config, signal: AbortSignal): AsyncIterable<Check> {
  try {
    const { index, me } = await client.connect(signal);
    yield { check: "site", state: "ok", message: `${config.url} is "${index.name}"` };
    yield {
      check: "login",
      state: "ok",
      message: `logged in as ${config.auth.user} (${me.roles.join(", ")})`,
    };
    const missing = missingRights(me, config);
    if (missing.length > 0) {
      const cure = "give the user the role Editor";
      yield { check: "rights", state: "failure", message: `the user lacks ${missing.join(", ")}`, cure };
    } else yield { check: "rights", state: "ok", message: `the user may write ${config.as}s` };
    if (me.roles.includes("administrator")) {
      const message = "the user is an administrator, which is more than it needs";
      yield { check: "rights", state: "warning", message, cure: "use a user with the role Editor" };
    }
    if (config.parent !== undefined && (await client.bySlug("pages", config.parent, signal)) === null) {
      const message = `the site has no page "${config.parent}"`;
      yield { check: "parent", state: "failure", message, cure: "make it, or correct parent" };
    }
  } catch (error) {
    if (!(error instanceof LiaisonError)) throw error;
    const { what, why, where, cure } = error.problem;
    const message = [where, what, why].filter((part) => part !== undefined).join(": ");
    yield { check: "site", state: "failure", message, ...(cure !== undefined && { cure }) };
  }
  if (config.url.startsWith("http:") && !isLoopback(config.url)) {
    const message = "the application password travels unencrypted";
    yield { check: "encryption", state: "warning", message, cure: "write url with https:" };
  }
}

function isLoopback(url: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);
}
