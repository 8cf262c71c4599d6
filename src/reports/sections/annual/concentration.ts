import { defineSection } from "../section.ts";
import { figuresOf, tellsSomething } from "./figures.ts";

const figures = [
  "use-concentration-80",
  "use-gini",
  "unused-share",
  "dead-stock-share",
  "use-half-life",
  "shelf-time-cutoff",
];

/** How much of the stock the use falls on, and what nobody has used. Left out when nothing of it is known. */
export const concentration = defineSection({
  id: "concentration",
  title: "section.concentration",
  options: {},
  build: async (context) => {
    const blocks = await figuresOf(context, figures);
    return { blocks, ...(!tellsSomething(blocks) && { empty: true }) };
  },
});
