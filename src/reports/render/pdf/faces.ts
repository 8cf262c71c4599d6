/**
 * The fonts of a PDF, all of the Noto family and all shipped: one for Latin, Greek and Cyrillic with the marks of
 * romanisation, and others for what it lacks. A sign that none has stays visible as the empty box of the first.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** The package of each, and where its file lies from the package's door. */
const files = {
  regular: ["@expo-google-fonts/noto-sans", "400Regular/NotoSans_400Regular.ttf"],
  bold: ["@expo-google-fonts/noto-sans", "600SemiBold/NotoSans_600SemiBold.ttf"],
  hebrew: ["@expo-google-fonts/noto-sans-hebrew", "400Regular/NotoSansHebrew_400Regular.ttf"],
  arabic: ["@expo-google-fonts/noto-sans-arabic", "400Regular/NotoSansArabic_400Regular.ttf"],
  chinese: ["@embedpdf/fonts-sc", "../fonts/NotoSansHans-Regular.otf"],
  japanese: ["@embedpdf/fonts-jp", "../fonts/NotoSansJP-Regular.otf"],
  korean: ["@embedpdf/fonts-kr", "../fonts/NotoSansKR-Regular.otf"],
} as const;
export type FaceName = keyof typeof files;

export interface Faces {
  /** The bytes of its file. */
  bytes(face: FaceName): Buffer;
  /** Which one shows the sign; `before` goes on with signs of no script of their own: spaces, marks, digits. */
  faceFor(
    sign: string,
    wanted: { readonly bold: boolean; readonly text: string; readonly lang?: string },
    before: FaceName | null,
  ): FaceName;
}

/** Each font is read when a text needs it. */
export async function openFaces(): Promise<Faces> {
  const { create } = await import("fontkit");
  const opened = new Map<FaceName, { readonly bytes: Buffer; has(codePoint: number): boolean }>();
  const open = (face: FaceName): { readonly bytes: Buffer; has(codePoint: number): boolean } => {
    let found = opened.get(face);
    if (found === undefined) {
      const bytes = readFileSync(fontFile(face));
      const font = create(bytes);
      if (!("hasGlyphForCodePoint" in font)) throw new Error(`the font "${face}" is a collection`);
      found = { bytes, has: (codePoint) => font.hasGlyphForCodePoint(codePoint) };
      opened.set(face, found);
    }
    return found;
  };
  return {
    bytes: (face) => open(face).bytes,
    faceFor: (sign, { bold, text, lang }, before) => {
      const codePoint = sign.codePointAt(0) ?? 0;
      const has = (face: FaceName): boolean => open(face).has(codePoint);
      if (before !== null && /[\p{Script=Common}\p{Script=Inherited}]/u.test(sign) && has(before))
        return before;
      const main = bold ? "bold" : "regular";
      return (
        [main, "hebrew", "arabic", ...eastAsian(text, lang)].find((face): face is FaceName =>
          has(face as FaceName),
        ) ?? main
      );
    },
  };
}

/** Han signs have shapes of their own in each country: the language tells, else the script beside them. */
function eastAsian(text: string, lang: string | undefined): readonly FaceName[] {
  if (lang?.startsWith("ja") === true || /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text))
    return ["japanese", "chinese", "korean"];
  if (lang?.startsWith("ko") === true || /\p{Script=Hangul}/u.test(text))
    return ["korean", "chinese", "japanese"];
  return ["chinese", "japanese", "korean"];
}

function fontFile(face: FaceName): string {
  const [name, file] = files[face];
  return path.join(path.dirname(createRequire(import.meta.url).resolve(name)), file);
}
