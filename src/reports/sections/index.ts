import { assertNever } from "../../domain/problem.ts";
import type { SectionContext } from "../context.ts";
import type { SectionDefinition } from "../definition.ts";
import type { SectionModel } from "../model.ts";
import { actions } from "./actions.ts";
import { funds } from "./funds.ts";
import { headline } from "./headline.ts";
import { newTitles } from "./new-titles.ts";
import { provenance } from "./provenance.ts";
import { summary } from "./summary.ts";
import { topUsed } from "./top-used.ts";
import { unmet } from "./unmet.ts";

/** One section of one department; null when it has nothing to say and is left out. */
export async function buildSection(
  context: SectionContext,
  definition: SectionDefinition,
): Promise<SectionModel | null> {
  switch (definition.id) {
    case "summary":
      return summary(context);
    case "actions":
      return actions(context, definition);
    case "headline":
      return headline(context);
    case "new-titles":
      return newTitles(context, definition);
    case "top-used":
      return topUsed(context, definition);
    case "unmet":
      return unmet(context, definition);
    case "funds":
      return funds(context);
    case "provenance":
      return provenance(context);
    default:
      return assertNever(definition);
  }
}
