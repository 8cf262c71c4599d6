/** Exact weights. Sums of weighted counts are kept as fractions and turned into numbers once, at the end. */
export interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** In lowest terms, denominator positive. Throws RangeError for a zero denominator. */
export function fraction(num: bigint | number, den: bigint | number = 1n): Fraction {
  let [n, d] = [BigInt(num), BigInt(den)];
  if (d === 0n) throw new RangeError("a fraction with denominator 0");
  if (d < 0n) [n, d] = [-n, -d];
  const divisor = n === 0n ? d : gcd(n, d);
  return { num: n / divisor, den: d / divisor };
}

export const zero: Fraction = fraction(0);
export const one: Fraction = fraction(1);

export function add(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.den + b.num * a.den, a.den * b.den);
}

export function multiply(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.num, a.den * b.den);
}

/** Throws RangeError when `b` is 0. */
export function divide(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.den, a.den * b.num);
}

export function compare(a: Fraction, b: Fraction): -1 | 0 | 1 {
  const difference = a.num * b.den - b.num * a.den;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function sum(fractions: Iterable<Fraction>): Fraction {
  let total = zero;
  for (const part of fractions) total = add(total, part);
  return total;
}

/** The nearest number, correct to the last digit for all sizes that occur here. */
export function toNumber(value: Fraction): number {
  const whole = value.num / value.den;
  const rest = value.num % value.den;
  return Number(whole) + Number(rest) / Number(value.den);
}

/** `1/3`, `1`. */
export function fractionText(value: Fraction): string {
  return value.den === 1n ? String(value.num) : `${value.num}/${value.den}`;
}

/** The inverse of `fractionText`; also takes a decimal such as `0.6`. Null for anything else. */
export function tryFraction(text: string): Fraction | null {
  const ratio = /^(-?\d+)(?:\/(\d+))?$/.exec(text);
  if (ratio?.[1] !== undefined)
    return ratio[2] === "0" ? null : fraction(BigInt(ratio[1]), BigInt(ratio[2] ?? "1"));
  const decimal = /^(\d*)\.(\d+)$/.exec(text);
  if (decimal?.[2] === undefined) return null;
  return fraction(BigInt(`${decimal[1] ?? ""}${decimal[2]}`), 10n ** BigInt(decimal[2].length));
}
