import { figuresOf, tellsSomething, yearTable, measuresNote } from "./figures.ts";
import { defineSection } from "../section.ts";

const figures = [
  "hold-fill-rate",
  "holds-per-copy",
  "ill-requests",
  "ill-holdings-ratio",
  "demand-quadrant",
  "turnaways",
  "denial-rate",
  "suggestions-received",
  "suggestion-acceptance-rate",
  "suggestion-decision-days",
  "suggestion-oldest-open-days",
];
/** Of the library, beside itself, there is no part. */
const withoutParts = figures.filter((id) => id !== "ill-holdings-ratio" && id !== "demand-quadrant");
const byYear = ["ill-requests", "suggestions-received", "turnaways"];

/** What readers asked for and did not find: holds, interlibrary loans, turnaways, suggestions, over five years. */
export const unmetDemand = defineSection({
  id: "unmet-demand",
  title: "section.unmet-demand",
  options: {},
  build: async (context) => {
    const blocks = await figuresOf(context, context.department === null ? withoutParts : figures);
    if (!tellsSomething(blocks)) return { blocks, empty: true };
    return {
      blocks: [...blocks, await yearTable(context, "unmet-by-year", byYear), measuresNote(context, byYear)],
    };
  },
});
