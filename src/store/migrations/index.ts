import { first } from "./0001-first.ts";
import { eResources } from "./0002-e-resources.ts";
import { collection } from "./0003-collection.ts";
import { appliedMappings } from "./0004-applied-mappings.ts";
import { worklists } from "./0005-worklists.ts";
import { arrivals } from "./0006-arrivals.ts";
import { stockRollup } from "./0007-stock-rollup.ts";
import { outside } from "./0014-outside.ts";

/** In order; a store's `user_version` says how many have run. Never edited once released. */
export const migrations: readonly { readonly name: string; readonly sql: string }[] = [
  { name: "0001-first", sql: first },
  { name: "0002-e-resources", sql: eResources },
  { name: "0003-collection", sql: collection },
  { name: "0004-applied-mappings", sql: appliedMappings },
  { name: "0005-worklists", sql: worklists },
  { name: "0006-arrivals", sql: arrivals },
  { name: "0007-stock-rollup", sql: stockRollup },
  { name: "0014-outside", sql: outside },
];
