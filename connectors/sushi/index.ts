/** Usage of electronic resources by the COUNTER API (SUSHI), releases 5 and 5.1; see readme.md. */
import { defineSource } from "../../src/kit/contract.ts";
import { checkSushi } from "./check.ts";
import { createSushi } from "./client.ts";
import { Config } from "./config.ts";
import { reportStream } from "./stream.ts";
import type { Shared } from "./stream.ts";

export const sushi = defineSource({
  id: "sushi",
  config: Config,
  open: (config, kit) => {
    const client = createSushi(config, kit);
    const shared: Shared = { since: null, list: null, halt: null };
    return {
      streams: [...new Set(config.reports)].map((id) => reportStream(id, config, kit, client, shared)),
      check: (signal) => checkSushi(config, client, signal),
      close: () => Promise.resolve(),
    };
  },
});
