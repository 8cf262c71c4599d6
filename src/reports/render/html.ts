/** Escaped by default: what is not `Html` already becomes text. There is no way to put raw text in. */
import { html as escaped } from "ghtml";

export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

type Part = Html | string | number | null | readonly Part[];

/** html`<td>${title}</td>`: strings are escaped, `Html` and lists of it are not. Null is nothing. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const texts = literals.map((literal, n) => literal + (n < parts.length ? textOf(parts[n] ?? null) : ""));
  return new Html(texts.join(""));
}

function textOf(part: Part): string {
  if (part === null) return "";
  if (part instanceof Html) return part.text;
  if (typeof part === "string" || typeof part === "number") return escaped`${String(part)}`;
  return part.map(textOf).join("");
}
