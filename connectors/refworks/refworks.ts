/** RefWorks Tagged Format: two letters, a blank, the value; `RT` begins a reference. */
import type { TagNames } from "./fields.ts";
import type { LineFormat } from "./lines.ts";

/** All of the format: another pair of capitals at the beginning of a line is a word of the line before. */
const tags: ReadonlySet<string> = new Set(
  `RT SR ID A1 A2 A3 A4 A5 A6 T1 T2 T3 JF JO YR FD VO IS SP OP ED PB PP SN K1 AB NO LA CN AV SL LL DO UL LK RD CL SF
   OT ST OL AN AD DB DS IP WT WV WP U1 U2 U3 U4 U5 U6 U7 U8 U9 U10 U11 U12 U13 U14 U15 CR PY PM`.split(/\s+/),
);

export const refworks: LineFormat = {
  tagOf: (line) => {
    const [, tag = "", value = ""] = /^([A-Z][A-Z0-9]\d?)(?: (.*))?$/.exec(line) ?? [];
    return tags.has(tag) ? { tag, value } : null;
  },
  begin: "RT",
  end: null,
};

export const refworksTags: TagNames = {
  type: "RT",
  title: ["T1", "OT"],
  authors: ["A1", "A2", "A3"],
  container: ["JF", "JO", "T2", "T3"],
  year: ["YR", "FD"],
  publisher: ["PB"],
  numbers: ["SN"],
  doi: ["DO"],
  url: ["UL", "LK"],
};
