import { defineSection } from "../section.ts";
import { figuresOf } from "./figures.ts";

/** How many of the titles we know about are open. Left out when nothing of it is known. */
export const openAccess = defineSection({
  id: "open-access",
  title: "section.open-access",
  options: {},
  build: async (context) => {
    const blocks = await figuresOf(context, ["open-access-title-share"]);
    return blocks.every(({ value }) => value === null) ? null : { blocks };
  },
});
