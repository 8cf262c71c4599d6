/** Packages and titles of EBSCO's knowledge base by HoldingsIQ (once A-to-Z); see readme.md. */
import { defineSource } from "../../src/kit/contract.ts";
import { checkHoldingsIq } from "./check.ts";
import { createHoldingsIq } from "./client.ts";
import { Config } from "./config.ts";
import { holdingsStream } from "./holdings.ts";

export const holdingsiq = defineSource({
  id: "holdingsiq",
  config: Config,
  open: (config, kit) => {
    const api = createHoldingsIq(config, kit);
    return {
      streams: [holdingsStream(config, kit, api)],
      check: (signal) => checkHoldingsIq(api, signal),
      close: () => Promise.resolve(),
    };
  },
});
