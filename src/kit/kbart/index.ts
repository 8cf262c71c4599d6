/** The door of title lists in the form of KBART (NISO RP-9-2014), whatever brings them: a file, an address, an API. */
export { listColumns, readHeading } from "./columns.ts";
export { problemOf } from "./defects.ts";
export type { Defect } from "./defects.ts";
export { readKbart, readRows } from "./list.ts";
export type { KbartList } from "./list.ts";
export { kbartMessages } from "./messages.ts";
export type { RawRow, UsualPackage } from "./row.ts";
export { writeKbart } from "./write.ts";
