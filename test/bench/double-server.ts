/** The Koha double over a synthetic library, in a process of its own; says its address when it listens. */
import { startKohaDouble } from "../../connectors/demo/double.ts";
import { syntheticLibrary } from "../../connectors/demo/synthetic.ts";

const library = syntheticLibrary({ seed: 1, asOf: "2026-11-02", size: Number(process.argv[2]) });
const koha = await startKohaDouble(library, { version: "26.05", latencyMs: 350 });
process.send?.(koha.url);
