/** The class under which a breakdown shows a thing: `QC` of LCC and NLM, `530` of DDC (its ten), `53` of UDC. */

/** From scheme and the first three signs of a call number (`lcc:QC1`); null when there is none. */
export function classOf(key: string | null): string | null {
  const match = key === null ? null : /^([a-z]+):(.*)$/s.exec(key);
  if (match?.[1] === undefined || match[2] === undefined) return null;
  const [, scheme, start] = match;
  switch (scheme) {
    case "lcc":
    case "nlm":
      return /^[A-Z]{1,3}/.exec(start)?.[0] ?? null;
    case "ddc":
      return /^\d{3}$/.test(start) ? `${start.slice(0, 2)}0` : null;
    case "udc":
      return /^\d{1,2}/.exec(start)?.[0] ?? null;
    default:
      return /^[^\s.:/]+/.exec(start)?.[0] ?? null;
  }
}
