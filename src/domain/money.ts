/** Money is integer minor units with a currency; never a float. */
const digits = new Map<string, number>();

/** Digits of the minor unit (ISO 4217, as the platform knows it): EUR 2, JPY 0. */
export function minorDigits(currency: string): number {
  let found = digits.get(currency);
  if (found === undefined) {
    found =
      new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ??
      2;
    digits.set(currency, found);
  }
  return found;
}

/**
 * A decimal amount as minor units, rounded half away from zero, without passing through a float:
 * `12.345` in EUR is 1235. Takes the number's shortest decimal text. Null when it is no plain decimal.
 */
export function tryMinor(amount: string | number, currency: string): number | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(String(amount).trim());
  if (match === null || ((match[2] ?? "") === "" && (match[3] ?? "") === "")) return null;
  const places = minorDigits(currency);
  const decimals = (match[3] ?? "").padEnd(places + 1, "0");
  const kept =
    Number(`${match[2] ?? ""}${decimals.slice(0, places)}`) + (Number(decimals[places]) >= 5 ? 1 : 0);
  if (!Number.isSafeInteger(kept)) return null;
  return match[1] === "-" && kept !== 0 ? -kept : kept;
}
