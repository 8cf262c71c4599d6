/** The sections that a report file can name. */
import { actions } from "./actions.ts";
import { concentration } from "./annual/concentration.ts";
import { unmetDemand } from "./annual/unmet-demand.ts";
import { holdings } from "./annual/holdings.ts";
import { method } from "./annual/method.ts";
import { openAccess } from "./annual/open-access.ts";
import { overlap } from "./annual/overlap.ts";
import { profile } from "./annual/profile.ts";
import { purchases } from "./annual/purchases.ts";
import { recommendations } from "./annual/recommendations.ts";
import { text } from "./annual/text.ts";
import { useYears } from "./annual/use-years.ts";
import { demandAlert } from "./demand-alert.ts";
import { electronic } from "./e-resources.ts";
import { forecast } from "./forecast.ts";
import { funds } from "./funds.ts";
import { headline } from "./headline.ts";
import { newTitles } from "./new-titles.ts";
import { orders } from "./orders.ts";
import { citations } from "./outside/citations.ts";
import { discovery } from "./outside/discovery.ts";
import { provenance } from "./provenance.ts";
import type { Section } from "./section.ts";
import { statistics } from "./statistics/statistics.ts";
import { age, balance, classes } from "./structure.ts";
import { summary } from "./summary.ts";
import { topUsed } from "./top-used.ts";
import { unmet } from "./unmet.ts";
import { buy } from "./worklists/buy.ts";
import { promote, replace, shelflist } from "./worklists/copy-lists.ts";
import { lostButWanted } from "./worklists/lost-but-wanted.ts";
import { renewals } from "./worklists/renewals.ts";
import { weeding } from "./worklists/weeding.ts";
import { yourLiaison } from "./your-liaison.ts";

export type { Section, SectionEntry } from "./section.ts";

/** In the order in which editors propose them. */
export const sections: readonly [Section, ...Section[]] = [
  summary,
  actions,
  headline,
  newTitles,
  topUsed,
  unmet,
  funds,
  orders,
  forecast,
  demandAlert,
  electronic,
  discovery,
  citations,
  age,
  classes,
  balance,
  // The annual assessment
  text,
  holdings,
  profile,
  useYears,
  concentration,
  purchases,
  unmetDemand,
  openAccess,
  overlap,
  recommendations,
  method,
  statistics,
  weeding,
  shelflist,
  buy,
  lostButWanted,
  replace,
  promote,
  renewals,
  yourLiaison,
  provenance,
];

/** By id. Throws for one that is none: the definition of a report was checked. */
export function getSection(id: string): Section {
  const found = sections.find((section) => section.id === id);
  if (found === undefined) throw new Error(`there is no section "${id}"`);
  return found;
}
