import { readComparators } from "../../../store/queries/measures/comparators.ts";
import type { FigureBlock } from "../../model.ts";
import { labelOf, measured } from "../measured.ts";
import { defineSection } from "../section.ts";

/** What no other library holds and what others hold too, for each list of holders. Left out where there is none. */
export const overlap = defineSection({
  id: "overlap",
  title: "section.overlap",
  options: {},
  build: async (context) => {
    const { words } = context;
    const blocks: FigureBlock[] = [];
    for (const { id, name, asOf } of await readComparators(context.reader)) {
      const parameters = { comparator: id };
      const { detail } = await context.figure("unique-share", context.period, parameters);
      const [titles, matched] = [detail?.["titles"], detail?.["matched"]];
      const remark = words.say("overlap-remark", {
        matched: words.count(typeof matched === "number" ? matched : 0),
        titles: words.count(typeof titles === "number" ? titles : 0),
        day: words.day(asOf),
      });
      for (const measure of ["unique-share", "overlap-share"])
        blocks.push(
          await measured(context, measure, {
            parameters,
            label: words.say("beside-library", { what: labelOf(context, measure), name }),
            remark,
          }),
        );
    }
    return blocks.length === 0 ? null : { blocks };
  },
});
