/** Cells as people and spreadsheets leave them: blanks, HTML entities, UTF-8 that was read as Windows-1252. */

export interface CellText {
  readonly text: string;
  /** Blanks stood around it. */
  readonly blanks: boolean;
  /** Characters that are none of its own: mended, or still there where nobody can tell what they were. */
  readonly characters: "fine" | "mended" | "lost";
}

export function cellText(cell: string): CellText {
  const trimmed = cell.trim();
  const mended = withoutMojibake(withoutEntities(trimmed));
  return {
    text: mended.normalize("NFC"),
    blanks: trimmed !== cell,
    characters: mended.includes("\uFFFD") ? "lost" : mended === trimmed ? "fine" : "mended",
  };
}

const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

function withoutEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (entity, decimal, hex, name) => {
    if (typeof name === "string") return named[name.toLowerCase()] ?? entity;
    const code = typeof decimal === "string" ? Number(decimal) : parseInt(String(hex), 16);
    return code > 31 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000)
      ? String.fromCodePoint(code)
      : entity;
  });
}

/** The 27 characters that Windows-1252 has between 0x80 and 0x9F. */
const windows = new Map(
  [...new TextDecoder("windows-1252").decode(Uint8Array.from({ length: 32 }, (_, n) => 128 + n))].map(
    (character, n) => [character, 128 + n] as const,
  ),
);

/** `fÃ¼r` is `für`: where all that is not ASCII makes whole UTF-8 again as bytes. */
function withoutMojibake(text: string): string {
  if (
    !/[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]/.test(
      text,
    )
  )
    return text;
  return text.replace(/[^\x00-\x7f]+/g, (run) => {
    const bytes = [...run].map((character) => windows.get(character) ?? character.charCodeAt(0));
    if (bytes.some((byte) => byte > 255)) return run;
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(bytes));
    } catch (error) {
      if (error instanceof TypeError) return run;
      throw error;
    }
  });
}
