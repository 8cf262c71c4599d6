/** The door of SRU 1.1, 1.2 and 2.0 (https://www.loc.gov/standards/sru/). */
export { SruRefused } from "./diagnostics.ts";
export { explain } from "./explain.ts";
export type { SruExplain } from "./explain.ts";
export type { SruRecord } from "./page.ts";
export { countRecords, refuseInexact, searchRetrieve } from "./search.ts";
export type { SruPage, SruQuery, SruTarget, SruVersion } from "./search.ts";
