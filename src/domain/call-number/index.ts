/** Call numbers: parsing, shelf order, schemes and ranges. */
export { classesBelow, isClass } from "./classes.ts";
export { describeParsed, parseForCli, rangeTest, shelfKeyForCli } from "./command.ts";
export type { SchemeChoice } from "./command.ts";
export { detectScheme } from "./detect.ts";
export type { Detected } from "./detect.ts";
export { classOfKey, tryParseCallNumber } from "./parse.ts";
export type { Scheme } from "./parse.ts";
export { isInRange, parseRange } from "./range.ts";
export type { Range } from "./range.ts";
export { compareKeys, foldText } from "./text-key.ts";
