/** `rebuild-rollups.ts STORE`: all roll-ups from the facts, in a process of its own. */
import { openStore } from "../../src/store/index.ts";

const store = await openStore(`sqlite:${process.argv[2] ?? ""}`, { site: "main" });
await store.rebuildRollups();
await store.close();
