import { countFigure } from "./count.ts";
import { placedTitles } from "./packages.ts";
import type { PlacedTitle } from "./packages.ts";
import { wordParameter } from "./parameters.ts";
import type { Cell, Measure, MeasureContext } from "./types.ts";

/**
 * Σ weight of e-titles of the library's packages, by `--with type=serial` or `type=monograph` only those. They are
 * told as the lists of e-titles name them now, and never added to physical titles. A title in several packages is one
 * title: it is known by its record, else by its name; told by package or platform it counts under each of them.
 */
export const eTitlesHeld: Measure = {
  id: "e-titles-held",
  unit: "titles",
  digits: 0,
  additive: true,
  kind: "snapshot",
  needs: ["e-titles"],
  by: ["department", "liaison", "platform", "package"],
  parameters: ["type"],
  compute: async (context) => {
    const titles = await titlesOf(context);
    const { dimension } = context;
    const once = cellsOf(context, titles, () => null);
    const notes = ["titles as they are listed now"];
    if (dimension !== "package" && dimension !== "platform")
      return { cells: once, figure: countFigure, notes };
    return {
      cells: cellsOf(context, titles, ({ package: of, place }) => (dimension === "package" ? of : place)),
      totalCells: once,
      figure: countFigure,
      notes: [...notes, `a title counts under each ${dimension} that has it`],
    };
  },
  trace: async function* (context) {
    for (const { setId, record, title } of firstOfEach(await titlesOf(context), () => null))
      yield { shares: context.shares(setId), record, title, count: 1 };
  },
};

async function titlesOf(context: MeasureContext): Promise<PlacedTitle[]> {
  const type = wordParameter(context, "type", ["all", "serial", "monograph"]);
  return (await placedTitles(context)).filter((title) => type === "all" || title.type === type);
}

type KeyOf = (title: PlacedTitle) => string | null;

function cellsOf(context: MeasureContext, titles: readonly PlacedTitle[], keyOf: KeyOf): Cell[] {
  return firstOfEach(titles, keyOf).map((title) => ({
    shares: context.shares(title.setId),
    key: keyOf(title),
    amounts: [1],
  }));
}

/** Of the entries for one title under one key the first, in the order of their sources. */
function firstOfEach(titles: readonly PlacedTitle[], keyOf: KeyOf): PlacedTitle[] {
  const found = new Map<string, PlacedTitle>();
  for (const title of titles) {
    const name =
      title.record === null ? `title ${title.title.trim().toLowerCase()}` : `record ${title.record}`;
    const key = JSON.stringify([name, keyOf(title)]);
    if (!found.has(key)) found.set(key, title);
  }
  return [...found.values()];
}
