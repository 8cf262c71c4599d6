import { defineSection } from "../section.ts";
import { figuresOf, measuresNote, tellsSomething, yearTable } from "./figures.ts";

const figures = [
  "titles-held",
  "items-held",
  "circulating-items",
  "copies-per-title",
  "items-added",
  "items-withdrawn",
  "net-growth-rate",
  "missing-share",
  "collection-value",
];
const byYear = ["titles-held", "items-held", "items-added", "items-withdrawn", "net-growth-rate"];

/** What is held at the end of the period, how it grew, and both over five years. */
export const holdings = defineSection({
  id: "holdings",
  title: "section.holdings",
  options: {},
  build: async (context) => {
    const blocks = await figuresOf(context, figures);
    if (!tellsSomething(blocks))
      return { blocks: [{ type: "text", text: context.words.say("holdings-none") }], empty: true };
    return {
      blocks: [
        ...blocks,
        await yearTable(context, "holdings-by-year", byYear),
        measuresNote(context, byYear),
        { type: "note", text: context.words.say("holdings-past") },
      ],
    };
  },
});
