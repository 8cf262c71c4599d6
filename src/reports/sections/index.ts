/** The sections that a report file can name. */
import { actions } from "./actions.ts";
import { forecast } from "./forecast.ts";
import { funds } from "./funds.ts";
import { headline } from "./headline.ts";
import { newTitles } from "./new-titles.ts";
import { provenance } from "./provenance.ts";
import type { Section } from "./section.ts";
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
  forecast,
  age,
  classes,
  balance,
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
