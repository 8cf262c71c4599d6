/** Formats of a tag and a value on each line: where a reference begins and ends, and what goes on from a line before. */
import type { Tagged } from "./fields.ts";

export interface LineFormat {
  /** Null: the line has no tag, and goes on where the last one ended. */
  readonly tagOf: (line: string) => { readonly tag: string; readonly value: string } | null;
  readonly begin: string;
  /** Null: a reference ends where the next one begins. */
  readonly end: string | null;
}

interface Open {
  readonly line: number;
  readonly lines: string[];
  readonly fields: Map<string, string[]>;
  last: string;
}

/** What stands before the first reference is the preamble of an export: its name, its legend of tags. */
export function readLines(text: string, format: LineFormat): Tagged[] {
  const found: Tagged[] = [];
  let open: Open | null = null;
  const close = (isEnded: boolean): void => {
    if (open === null) return;
    const { line, lines, fields } = open;
    const repairs = isEnded || format.end === null ? [] : [`it has no end (${format.end})`];
    found.push({ line, raw: lines.join("\n").trimEnd(), fields, repairs });
    open = null;
  };
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const { tag = null, value = "" } = format.tagOf(line) ?? {};
    if (tag === format.begin) {
      close(false);
      open = { line: index + 1, lines: [], fields: new Map(), last: tag };
    }
    if (open === null) continue;
    open.lines.push(line);
    if (tag !== null && tag === format.end) close(true);
    else if (tag !== null) add(open, tag, value.trim());
    else if (line.trim() !== "") goOn(open, line.trim());
  }
  close(false);
  return found;
}

function add(open: Open, tag: string, value: string): void {
  open.last = tag;
  open.fields.set(tag, [...(open.fields.get(tag) ?? []), value]);
}

function goOn({ fields, last }: Open, text: string): void {
  const values = fields.get(last) ?? [];
  fields.set(last, [...values.slice(0, -1), `${values.at(-1) ?? ""} ${text}`.trim()]);
}
