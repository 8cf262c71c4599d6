/** Records of any repository by OAI-PMH; see readme.md for what it brings and needs. */
import { defineSource } from "../../src/kit/contract.ts";
import { checkOai } from "./check.ts";
import { Config } from "./config.ts";
import { recordsStream } from "./records.ts";

export const oaiPmh = defineSource({
  id: "oai-pmh",
  config: Config,
  open: (config, kit) => ({
    streams: [recordsStream(config, kit)],
    check: (signal) => checkOai(config, kit, signal),
    close: () => Promise.resolve(),
  }),
});
