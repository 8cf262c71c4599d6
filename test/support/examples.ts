/** How each worked example is put to the product, by the measure or rule that it is of. */
import { demand } from "./examples/demand.ts";
import { electronic } from "./examples/e-resources.ts";
import { holdings } from "./examples/holdings.ts";
import { money } from "./examples/money.ts";
import { rules } from "./examples/rules.ts";
import { use } from "./examples/use.ts";
import { weeding } from "./examples/weeding.ts";
import type { Runs } from "./examples/form.ts";

export type { Example } from "./examples/form.ts";

export const exampleMeasures: Runs = {
  ...holdings,
  ...use,
  ...demand,
  ...money,
  ...electronic,
  ...weeding,
  ...rules,
};
