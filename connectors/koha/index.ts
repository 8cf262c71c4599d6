/** Koha 22.11 to 26.05 by its REST interface; see readme.md for what it brings and needs. */
import { defineSource } from "../../src/kit/contract.ts";
import { createKoha } from "./client.ts";
import { Config } from "./config.ts";
import { createOai } from "./oai.ts";
import { checkKoha } from "./probe.ts";
import { fundsStream, ordersStream } from "./streams/acquisitions.ts";
import { bibliosStream } from "./streams/biblios.ts";
import { checkoutsStream } from "./streams/checkouts.ts";
import { authorisedValuesStream, itemTypesStream, librariesStream } from "./streams/codes.ts";
import { deletedBibliosStream } from "./streams/deleted-biblios.ts";
import { holdCountsStream } from "./streams/hold-counts.ts";
import { itemsStream } from "./streams/items.ts";
import { holdsStream, illRequestsStream, suggestionsStream } from "./streams/requests.ts";

export const koha = defineSource({
  id: "koha",
  config: Config,
  open(config, kit) {
    const client = createKoha(config, kit);
    const oai = config.opacUrl === undefined ? null : createOai(config.opacUrl, kit, config.timeoutMs);
    return {
      // What others refer to comes first.
      streams: [
        librariesStream(config, client),
        itemTypesStream(config, client),
        authorisedValuesStream(config, kit, client),
        fundsStream(config, kit, client),
        bibliosStream(config, kit, client, oai),
        deletedBibliosStream(config, kit, client, oai),
        itemsStream(config, kit, client),
        ordersStream(config, kit, client),
        checkoutsStream(config, kit, client),
        holdsStream(config, kit, client),
        holdCountsStream(client),
        suggestionsStream(config, kit, client),
        illRequestsStream(config, kit, client),
      ],
      check: (signal) => checkKoha(client, kit, oai, signal),
      close: () => Promise.resolve(),
    };
  },
});
