/** How wide a text is in columns of a terminal or a plain mail, and how it is cut into lines. */
const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });
const wide =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Extended_Pictographic}/u;
const unseen = /^[\p{Cf}\p{M}]+$/u;

/** Signs of East Asian scripts take two columns, combining and direction marks none. */
export function width(text: string): number {
  let columns = 0;
  for (const { segment } of graphemes.segment(text)) {
    columns += unseen.test(segment) ? 0 : wide.test(segment) ? 2 : 1;
  }
  return columns;
}

export function padded(text: string, columns: number, align: "start" | "end" = "start"): string {
  const fill = " ".repeat(Math.max(0, columns - width(text)));
  return align === "end" ? `${fill}${text}` : `${text}${fill}`;
}

/** Lines of at most so many columns, cut between words; a word that is longer is cut within. Never none. */
export function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).flatMap((part) => pieces(part, columns))) {
    if (line === "") line = word;
    else if (width(line) + 1 + width(word) <= columns) line = `${line} ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function pieces(word: string, columns: number): string[] {
  if (width(word) <= columns) return [word];
  const parts: string[] = [""];
  for (const { segment } of graphemes.segment(word)) {
    const last = parts.at(-1) ?? "";
    if (width(last) + width(segment) <= columns) parts[parts.length - 1] = last + segment;
    else parts.push(segment);
  }
  return parts;
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Text with right-to-left signs is set apart (first strong isolate), so that it does not turn its neighbours. */
export function isolated(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}
