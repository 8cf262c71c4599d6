/** Where tags of an element named `record`, with any prefix, lie in the bytes of a document. */
const name = "record";
const longestPrefix = 64;
const [less, slash, greater, colon] = [0x3c, 0x2f, 0x3e, 0x3a];

export interface RecordTag {
  readonly type: "start" | "end";
  readonly from: number;
  /** Where to cut: after the `>` of an end tag, before a start tag. */
  readonly cut: number;
  /** After the element's name. */
  readonly after: number;
}

/**
 * The first such tag at or after `from`; null when there is none, "undecided" when more bytes are needed to tell.
 * What stands in comments is found too: cutting there does no harm.
 */
export function findRecordTag(bytes: Buffer, from: number, final: boolean): RecordTag | "undecided" | null {
  for (let at = bytes.indexOf(name, from, "latin1"); at >= 0; at = bytes.indexOf(name, at + 1, "latin1")) {
    const after = bytes[at + name.length];
    if (after === undefined) return final ? null : "undecided";
    if (after !== greater && after !== slash && after > 0x20) continue;
    let start = at - 1;
    if (bytes[start] === colon)
      while (start > Math.max(from, at - longestPrefix) && bytes[start] !== less && bytes[start] !== slash)
        start -= 1;
    if (bytes[start] === less) return { type: "start", from: start, cut: start, after: at + name.length };
    if (bytes[start] !== slash || bytes[start - 1] !== less) continue;
    const end = bytes.indexOf(greater, at + name.length);
    if (end >= 0) return { type: "end", from: start - 1, cut: end + 1, after: at + name.length };
    return final ? null : "undecided";
  }
  return null;
}
