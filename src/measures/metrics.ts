/** COUNTER's metrics that a figure can be asked for (Code of Practice 5 and 5.1, chapter 3.3). */
import { wordParameter } from "./parameters.ts";
import type { MeasureContext } from "./types.ts";

const metrics = [
  "Total_Item_Requests",
  "Unique_Item_Requests",
  "Unique_Title_Requests",
  "Total_Item_Investigations",
  "Unique_Item_Investigations",
  "Unique_Title_Investigations",
  "Searches_Platform",
  "Searches_Regular",
  "Searches_Automated",
  "Searches_Federated",
] as const;

/** `--with metric=NAME`. Throws ConfigError for a metric that there is not. */
export function metricParameter(
  context: Pick<MeasureContext, "parameters">,
  usual: (typeof metrics)[number],
): string {
  return wordParameter(context, "metric", [usual, ...metrics.filter((name) => name !== usual)]);
}

/** Access types that are open access; free to read is not (5: OA_Gold, OA_Delayed; 5.1: Open). */
export const openAccessTypes: ReadonlySet<string> = new Set(["OA_Gold", "OA_Delayed", "Open"]);
