/**
 * How figures become digits: half away from zero, once, at display; parts that are shown with their total by largest
 * remainder, so that what a reader adds up by hand agrees (docs/reference/measures.md, "Numbers for people").
 */
import { add, compare, fraction, multiply, sum, tryFraction } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";

/** A fraction as a decimal text with so many digits: `2.345` to 2 digits is `2.35`, `-0.4` to 0 digits is `0`. */
export function decimalText(value: Fraction, digits: number): string {
  return decimal(roundedUnits(value, digits), digits);
}

/** As `decimalText`, of a number taken by its shortest decimal text. */
export function numberText(value: number, digits: number): string {
  return decimalText(exactly(value), digits);
}

/** The fraction that a number's shortest decimal text names, so that 2.345 is 2345/1000. Finite numbers only. */
export function exactly(value: number): Fraction {
  const match = /^(-?)(\d+(?:\.\d+)?)(?:e([+-]\d+))?$/.exec(String(value));
  const base = match?.[2] === undefined ? null : tryFraction(match[2]);
  if (match === null || base === null) throw new RangeError(`${value} is no finite number`);
  const exponent = Number(match[3] ?? 0);
  const scale = exponent < 0 ? fraction(1n, 10n ** BigInt(-exponent)) : fraction(10n ** BigInt(exponent));
  return multiply(multiply(base, scale), fraction(match[1] === "-" ? -1 : 1));
}

/**
 * Parts as decimal texts whose sum is the rounded total (absent: the sum of the parts). Ties go to the earlier part.
 */
export function partTexts(parts: readonly Fraction[], digits: number, total?: Fraction): string[] {
  const scale = fraction(10n ** BigInt(digits));
  const scaled = parts.map((part) => multiply(part, scale));
  const floors = scaled.map(({ num, den }) => num / den - (num % den < 0n ? 1n : 0n));
  const wanted = roundedUnits(total ?? sum(parts), digits);
  const missing = Number(wanted - floors.reduce((a, b) => a + b, 0n));
  const rests = scaled.map((part, n) => ({ n, rest: add(part, fraction(-(floors[n] ?? 0n))) }));
  rests.sort((a, b) => compare(b.rest, a.rest) || a.n - b.n);
  const raised = new Set(rests.slice(0, Math.max(0, missing)).map(({ n }) => n));
  return floors.map((floor, n) => decimal(raised.has(n) ? floor + 1n : floor, digits));
}

function roundedUnits(value: Fraction, digits: number): bigint {
  const { num, den } = multiply(value, fraction(10n ** BigInt(digits)));
  const magnitude = ((num < 0n ? -num : num) * 2n + den) / (den * 2n);
  return num < 0n ? -magnitude : magnitude;
}

function decimal(units: bigint, digits: number): string {
  const magnitude = String(units < 0n ? -units : units).padStart(digits + 1, "0");
  const cut = magnitude.length - digits;
  const text = digits === 0 ? magnitude : `${magnitude.slice(0, cut)}.${magnitude.slice(cut)}`;
  return units < 0n ? `-${text}` : text;
}
