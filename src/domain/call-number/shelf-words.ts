/** Words before a call number that say where or how it stands, and do not order: `REF`, `Fol.`, `q`, `(J)`. */

const shelfWord =
  /^(?:[JNRX]|REF(?:ERENCE)?|OVERSIZED?|OVSZ|FOL(?:IO)?|QUARTO|F|FF|Q|QTO|JUV(?:ENILE)?|STORAGE|THESIS|RARE|RB|SPEC|COLL|LARGE|PRINT|MICRO(?:FORM|FILM|FICHE)?|ATLAS|BIG|MINI)$/;
const word = /^(?:\(([A-Za-z]+)\)|([A-Za-z][A-Za-z&']*))[\s.:/-]+/;

/** A call number may stand behind this many words. */
const mostWords = 3;

interface BehindWords {
  /** In capitals, with a blank between. */
  readonly prefix: string;
  readonly lastWord: string;
  /** All of them words that libraries use so; else they may be anything. */
  readonly areShelfWords: boolean;
  readonly behind: string;
}

/** What stands behind the first word, behind the first two …: `REF FOLIO N31` gives `FOLIO N31`, then `N31`. */
export function* behindWords(text: string): Generator<BehindWords> {
  const words: string[] = [];
  let behind = text;
  while (words.length < mostWords) {
    const match = word.exec(behind);
    const found = match?.[1] ?? match?.[2];
    if (match === null || found === undefined) return;
    const lastWord = found.toUpperCase();
    words.push(lastWord);
    behind = behind.slice(match[0].length);
    yield { prefix: words.join(" "), lastWord, areShelfWords: areShelfWords(words), behind };
  }
}

function areShelfWords(words: readonly string[]): boolean {
  return words.every((one) => shelfWord.test(one));
}

/** Whether a prefix says nothing but where and how a book stands; true without a prefix. */
export function isShelfPrefix(prefix: string): boolean {
  return prefix === "" || areShelfWords(prefix.split(" "));
}
