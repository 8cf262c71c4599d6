/** RIS as it is met: short of blanks, of ends, in small letters, with tags of its writer's own. */
import type { TagNames } from "./fields.ts";
import type { LineFormat } from "./lines.ts";

export const ris: LineFormat = {
  tagOf: (line) => {
    const [, tag, value = ""] = /^\s*([A-Za-z][A-Za-z0-9])\s{0,2}-(?:\s(.*))?$/.exec(line) ?? [];
    return tag === undefined ? null : { tag: tag.toUpperCase(), value };
  },
  begin: "TY",
  end: "ER",
};

export const risTags: TagNames = {
  type: "TY",
  title: ["TI", "T1", "CT", "BT"],
  authors: ["AU", "A1", "A2", "ED"],
  container: ["JO", "JF", "JA", "J2", "T2", "BT", "T3"],
  year: ["PY", "Y1", "DA"],
  publisher: ["PB"],
  numbers: ["SN"],
  doi: ["DO", "M3"],
  url: ["UR", "L1", "LK"],
};
