/**
 * `npm run bench`: ratios to a peer in the same run. `npm run bench -- import|sync|remap [records]` runs one of
 * them, `npm run bench -- reports [small|medium|large] [folder]` the reports of a set of liaisons, and
 * `npm run bench -- plugin [events]` the Koha plugin over that many rows of statistics (ten million take minutes).
 */
import { benchImport } from "./import.ts";
import { benchPlugin } from "./plugin.ts";
import { benchRemap } from "./remap.ts";
import { benchReports } from "./reports.ts";
import { benchSync } from "./sync.ts";

const [, , which, size, folder] = process.argv;
const records = size === undefined ? undefined : Number(size);

if (which === undefined || which === "import") await benchImport(records ?? 50_000);
if (which === undefined || which === "sync") await benchSync(records ?? 200_000);
if (which === undefined || which === "remap") await benchRemap(records ?? 100_000);
if (which === undefined || which === "reports") await benchReports(size ?? "medium", folder);
if (which === "plugin") await benchPlugin(records ?? 10_000_000);
