import { defineSection } from "../section.ts";
import { figuresOf } from "./figures.ts";

/** How much of what we know about is open, of titles and of use. Left out when nothing of it is known. */
export const openAccess = defineSection({
  id: "open-access",
  title: "section.open-access",
  options: {},
  build: async (context) => {
    const blocks = await figuresOf(context, ["open-access-title-share", "open-access-use-share"]);
    return blocks.every(({ value }) => value === null) ? null : { blocks };
  },
});
