/** Identifiers as lists and reports write them. */
import { normaliseIsbn } from "../../domain/marc/identifiers.ts";

/** `NNNN-NNNX` with a check digit that holds; null for anything else. With or without hyphen, `x` too. */
export function issnOf(text: string): string | null {
  const match = /^\s*(\d{4})[-\s–]?(\d{3}[\dXx])\s*$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return null;
  const digits = `${match[1]}${match[2].toUpperCase()}`;
  let sum = 0;
  for (const [n, digit] of [...digits].entries()) sum += (digit === "X" ? 10 : Number(digit)) * (8 - n);
  return sum % 11 === 0 ? `${digits.slice(0, 4)}-${digits.slice(4)}` : null;
}

/** 13 digits with a check digit that holds; null for what is no ISBN. */
export function isbnOf(text: string): string | null {
  const isbn = normaliseIsbn(text.replace(/[\s–-]/g, ""));
  if (isbn?.length !== 13) return null;
  const sum = [...isbn].reduce((total, digit, n) => total + Number(digit) * (n % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0 ? isbn : null;
}
