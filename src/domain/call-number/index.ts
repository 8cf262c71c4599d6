/** Call numbers: parsing, shelf order, schemes and ranges. */
export { classesBelow, isClass } from "./classes.ts";
export { parseForCli, rangeTest, shelfKeyForCli } from "./command.ts";
export type { ParsedForCli, RangeTest, SchemeChoice } from "./command.ts";
export { detectScheme } from "./detect.ts";
export type { Detected } from "./detect.ts";
export { classOfKey, tryParseCallNumber } from "./parse.ts";
export type { CallNumber, Scheme } from "./parse.ts";
export { isInRange, parseRange } from "./range.ts";
export type { Range, RangeFault, RangeResult } from "./range.ts";
export { foldText } from "./text-key.ts";
