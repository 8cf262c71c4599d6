/** What discovery shows of each department's subject; see readme.md for what it brings and needs. */
import { defineSource } from "../../src/kit/contract.ts";
import { checkSummon } from "./check.ts";
import { createSummon } from "./client.ts";
import { Config } from "./config.ts";
import { searchesStream } from "./searches.ts";

export const summon = defineSource({
  id: "summon",
  config: Config,
  open: (config, kit) => {
    const api = createSummon(config, kit);
    return {
      streams: [searchesStream(config, kit, api)],
      check: (signal) => checkSummon(config, api, signal),
      close: () => Promise.resolve(),
    };
  },
});
