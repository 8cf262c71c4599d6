import type { Datum, Rich } from "../model.ts";

/** A sentence with catalogue data in it: `` rich`Buy ${2} copies of ${{ data: title }}` ``. */
export function rich(strings: TemplateStringsArray, ...values: readonly (string | number | Datum)[]): Rich {
  const parts: (string | Datum)[] = [];
  for (const [n, text] of strings.entries()) {
    if (text !== "") parts.push(text);
    const value = values[n];
    if (value === undefined) continue;
    parts.push(typeof value === "number" ? String(value) : value);
  }
  return parts;
}

/** MARC language codes are those of ISO 639-2; the platform knows the modern ones for them. */
export function datum(data: string, marcLanguage: string | null = null): Datum {
  if (marcLanguage === null || !/^[a-z]{3}$/.test(marcLanguage)) return { data };
  if (["und", "mul", "zxx"].includes(marcLanguage)) return { data };
  const [lang] = Intl.getCanonicalLocales(marcLanguage);
  return lang === undefined ? { data } : { data, lang };
}
