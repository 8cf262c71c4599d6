import type { Datum } from "../model.ts";

/** MARC language codes are those of ISO 639-2; the platform knows the modern ones for them. */
export function datum(data: string, marcLanguage: string | null = null): Datum {
  if (marcLanguage === null || !/^[a-z]{3}$/.test(marcLanguage)) return { data };
  if (["und", "mul", "zxx"].includes(marcLanguage)) return { data };
  const [lang] = Intl.getCanonicalLocales(marcLanguage);
  return lang === undefined ? { data } : { data, lang };
}
