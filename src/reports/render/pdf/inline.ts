/**
 * Text of several languages and directions in lines: broken between words and between East Asian signs, each line in
 * the order of the Unicode Bidirectional Algorithm (UAX 9), each run in a font that has its signs.
 */
import bidiModule from "bidi-js";
import type { FaceName, Faces } from "./faces.ts";

export interface Inline {
  readonly text: string;
  readonly bold?: true;
  readonly colour: string;
  readonly size: number;
  readonly href?: string;
  /** Catalogue data: apart from the direction of what surrounds them, and in their own language. */
  readonly isolated?: true;
  readonly lang?: string;
}

/** Signs of one font, one direction and one inline. */
export interface Run {
  readonly inline: Inline;
  readonly face: FaceName;
  readonly rightToLeft: boolean;
  /** In reading order. */
  readonly text: string;
}

/** From left to right. */
export type Line = readonly Run[];

export type Measure = (run: Run) => number;

// To Node its default is the factory itself, whatever its types say of a module of this kind.
const bidi = ("default" in bidiModule ? bidiModule.default : bidiModule)();
const [isolate, end] = ["\u2068", "\u2069"];

interface Sign {
  readonly text: string;
  readonly inline: Inline;
  readonly face: FaceName;
  readonly level: number;
}

export function linesOf(inlines: readonly Inline[], faces: Faces, width: number, measure: Measure): Line[] {
  const lines: Line[] = [];
  let line: Sign[] = [];
  let used = 0;
  const widthOf = (signs: readonly Sign[]): number =>
    runsOf(signs).reduce((sum, run) => sum + measure(run), 0);
  const finish = (): void => {
    lines.push(visualOrder(withoutLastSpace(line)));
    [line, used] = [[], 0];
  };
  for (const word of wordsOf(signsOf(inlines, faces))) {
    const size = widthOf(word);
    if (line.length > 0 && used + widthOf(withoutLastSpace(word)) > width) finish();
    if (size <= width) {
      line.push(...word);
      used += size;
      continue;
    }
    for (const sign of word) {
      const one = widthOf([sign]);
      if (line.length > 0 && used + one > width) finish();
      line.push(sign);
      used += one;
    }
  }
  if (line.length > 0 || lines.length === 0) finish();
  return lines;
}

/** How wide a text is that nothing breaks. */
export function widthUnbroken(inlines: readonly Inline[], faces: Faces, measure: Measure): number {
  return runsOf(signsOf(inlines, faces)).reduce((sum, run) => sum + measure(run), 0);
}

function signsOf(inlines: readonly Inline[], faces: Faces): Sign[] {
  const whole = inlines
    .map(({ text, isolated }) => (isolated === true ? isolate + text + end : text))
    .join("");
  const { levels } = bidi.getEmbeddingLevels(whole, "ltr");
  const signs: Sign[] = [];
  let at = 0;
  for (const inline of inlines) {
    if (inline.isolated === true) at += isolate.length;
    let before: FaceName | null = null;
    // A sign with its marks stays together.
    for (const { segment } of new Intl.Segmenter("und", { granularity: "grapheme" }).segment(inline.text)) {
      const { text, lang, bold } = inline;
      const wanted = { bold: bold === true, text, ...(lang !== undefined && { lang }) };
      before = faces.faceFor(segment, wanted, before);
      signs.push({
        text: /^[\s\u2066-\u2069\u200e\u200f]+$/u.test(segment) ? " " : segment,
        inline,
        face: before,
        level: levels[at] ?? 0,
      });
      at += segment.length;
    }
    if (inline.isolated === true) at += end.length;
  }
  return signs;
}

const eastAsianSign = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** A space belongs to the word before it. */
function wordsOf(signs: readonly Sign[]): Sign[][] {
  const words: Sign[][] = [];
  for (const [n, sign] of signs.entries()) {
    const before = signs[n - 1];
    const breaks =
      before !== undefined &&
      sign.text !== " " &&
      (/[ /\-–—]$/u.test(before.text) || eastAsianSign.test(before.text) || eastAsianSign.test(sign.text));
    const last = words.at(-1);
    if (last === undefined || breaks) words.push([sign]);
    else last.push(sign);
  }
  return words;
}

function withoutLastSpace(signs: readonly Sign[]): readonly Sign[] {
  return signs.at(-1)?.text === " " ? signs.slice(0, -1) : signs;
}

function runsOf(signs: readonly Sign[]): (Run & { readonly level: number })[] {
  const runs: (Run & { readonly level: number })[] = [];
  for (const { text, inline, face, level } of signs) {
    const last = runs.at(-1);
    if (last?.inline === inline && last.face === face && last.level === level)
      runs[runs.length - 1] = { ...last, text: last.text + text };
    else runs.push({ inline, face, level, rightToLeft: level % 2 === 1, text });
  }
  return runs;
}

/** Rule L2: from the highest level down, every stretch of that level or above is turned round. */
function visualOrder(signs: readonly Sign[]): Line {
  const runs = runsOf(signs);
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  for (let level = highest; level >= 1; level--) {
    for (let start = 0; start < runs.length; start++) {
      let stop = start;
      while ((runs[stop]?.level ?? -1) >= level) stop++;
      if (stop > start + 1) runs.splice(start, stop - start, ...runs.slice(start, stop).reverse());
      start = Math.max(start, stop - 1);
    }
  }
  return runs;
}

/** What is handed to the shaper, which turns letters of a right-to-left script itself, but neither brackets nor signs alone. */
export function toShape({ text, rightToLeft }: Run): string {
  if (!rightToLeft) return text;
  const mirrored = [...text].map((sign) => bidi.getMirroredCharacter(sign) ?? sign);
  return /[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(text) ? mirrored.join("") : mirrored.reverse().join("");
}
