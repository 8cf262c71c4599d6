import { defineSection } from "./section.ts";

/** Whom readers of a subject turn to. For public pages alone: a liaison need not be told who they are. */
export const yourLiaison = defineSection({
  id: "your-liaison",
  title: "section.your-liaison",
  options: {},
  build: () => Promise.resolve(null),
});
