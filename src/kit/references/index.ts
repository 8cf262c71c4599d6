/** Titles as files that reference managers import: RIS, RefWorks Tagged, BibTeX. UTF-8, all scripts. */
export type { Reference } from "./reference.ts";
export { renderRis } from "./ris.ts";
export { renderRefworks } from "./refworks.ts";
export { renderBibtex } from "./bibtex.ts";
