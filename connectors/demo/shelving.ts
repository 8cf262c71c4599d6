/** Koha's cn_sort, near enough: as seen on a running Koha, with its empty key for what it cannot read. */
export function shelvingKey(callNumber: string | null, scheme: string | null): string | null {
  if (callNumber === null) return null;
  if (scheme === "lcc") return lccKey(callNumber);
  if (scheme === "z") return genericKey(callNumber);
  return deweyKey(callNumber);
}

/** Class and number padded to four, decimal point dropped, two blanks, the rest with numbers padded to five. */
function lccKey(callNumber: string): string {
  const match = /^([A-Z]{1,3})\s*(\d{1,4})(?:\.(\d+))?\s*(.*)$/i.exec(callNumber);
  if (match === null) return "";
  const [, letters = "", number = "", decimal = "", rest = ""] = match;
  const tail = rest
    .replace(/^\./, "")
    .toUpperCase()
    .replaceAll(/(?<![A-Z\d])(\d+)/g, (digits) => digits.padStart(5, "0"));
  return `${letters.toUpperCase()}${number.padStart(4, "0")}${decimal}${tail === "" ? "" : `  ${tail}`}`;
}

const genericKey = (callNumber: string): string =>
  callNumber.toUpperCase().replaceAll(/\s+/g, "_").replaceAll(/[^\w]/g, "");

/** The first number stays as it is, its decimals are filled up to fifteen. */
function deweyKey(callNumber: string): string {
  const match = /^(\d+)(?:\.(\d+))?\s*(.*)$/.exec(callNumber);
  if (match === null) return genericKey(callNumber);
  const [, whole = "", decimals = "", rest = ""] = match;
  return `${whole}_${decimals.padEnd(15, "0")}${rest === "" ? "" : `_${genericKey(rest)}`}`;
}
