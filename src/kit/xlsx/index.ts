export { readXlsx } from "./read.ts";
export type { ReadSheet } from "./read.ts";
export { columnName, writeXlsx } from "./write.ts";
export type { Sheet } from "./write.ts";
