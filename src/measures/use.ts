/** What is a use, and of which kinds a figure is made (docs/reference/measures.md, "What is a use"). */
import { countUse, isUseRecorded, listUse } from "../store/queries/measures/use.ts";
import type { UseKind } from "../store/schema.ts";
import { itemBy } from "./breakdowns.ts";
import { cellsOf, countFigure, keyOf, populationOf, traced, useSpan } from "./count.ts";
import type { Cell, Measure, MeasureContext, MeasureSettings } from "./types.ts";

/** Loans, uses in the house and in the reading room; renewals only where the library says so. */
export function totalUseKinds({ renewals }: Pick<MeasureSettings, "renewals">): UseKind[] {
  return ["checkout", "in_house", "onsite", ...(renewals === "include" ? (["renewal"] as const) : [])];
}

export async function useCells(
  context: MeasureContext,
  kinds: readonly UseKind[],
  place = 0,
): Promise<Cell[]> {
  const use = { kinds, ...useSpan(context.period) };
  return cellsOf(context, await countUse(context.reader, use, populationOf(context), keyOf(context)), place);
}

/** What a breakdown by library means where uses are those of copies: they count where the copy is at home. */
export function homeNotes({ dimension }: Pick<MeasureContext, "dimension">): string[] {
  return dimension === "library" ? ["uses and stock by the home library of the copy"] : [];
}

/** Named beside every figure of total use that lacks them; `home`: uses count where the copy is at home. */
export async function useNotes(context: MeasureContext, places?: "home"): Promise<string[]> {
  const { reader, settings, dimension, period } = context;
  const recorded = await isUseRecorded(reader, "in_house");
  const notes = recorded ? [] : ["in-house use is not recorded"];
  if (useSpan(period).days.length > 0 && (recorded || settings.renewals === "include"))
    notes.push("of months that are in the period only in part, loans alone are counted");
  if (settings.renewals === "include") notes.push("loans and renewals");
  if (places === "home") notes.push(...homeNotes(context));
  else if (dimension === "library")
    notes.push("uses by the library where they happened, stock by home library");
  return notes;
}

/** Why uses that are kept by the month cannot be told for parts of months; null: the period is made of whole ones. */
export function monthsOnly({ period }: MeasureContext): string | null {
  if (useSpan(period).days.length === 0) return null;
  return `"${period.word}" begins or ends within a month, and these uses are kept by the month`;
}

/** A measure that counts kinds of use. */
export function useMeasure(definition: {
  readonly id: string;
  readonly kinds: (settings: MeasureSettings) => readonly UseKind[];
  readonly missing?: (context: MeasureContext) => Promise<string | null>;
  readonly notes?: (context: MeasureContext) => Promise<string[]>;
}): Measure {
  const { id, kinds, missing, notes } = definition;
  return {
    id,
    unit: "uses",
    digits: 0,
    additive: true,
    kind: "flow",
    needs: ["checkouts"],
    by: itemBy,
    parameters: [],
    ...(missing !== undefined && { missing }),
    compute: async (context) => ({
      cells: await useCells(context, kinds(context.settings)),
      figure: countFigure,
      notes: notes === undefined ? [] : await notes(context),
    }),
    trace: (context) => {
      const use = { kinds: kinds(context.settings), ...useSpan(context.period) };
      return traced(context, listUse(context.reader, use, populationOf(context)));
    },
  };
}
