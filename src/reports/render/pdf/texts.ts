import type { Cell, Datum, Rich } from "../../model.ts";
import type { Inline } from "./inline.ts";
import { colours } from "./sheet.ts";

type Style = Pick<Inline, "size" | "colour" | "bold">;

export function richInlines(text: Rich, style: Style): Inline[] {
  return text.map((part) => (typeof part === "string" ? { text: part, ...style } : datumInline(part, style)));
}

export function cellInlines({ text, href }: Cell, style: Style): Inline[] {
  const inline = typeof text === "string" ? { text, ...style } : datumInline(text, style);
  return [href === undefined || inline.text === "" ? inline : { ...inline, href, colour: colours.accent }];
}

/** Catalogue data stay in their own language and direction. */
function datumInline({ data, lang }: Datum, style: Style): Inline {
  return { text: data, ...style, isolated: true, ...(lang !== undefined && { lang }) };
}
