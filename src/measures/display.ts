/** Figures as digits, before any locale: the same digits in every language and every form of a report. */
import { minorDigits } from "../domain/money.ts";
import { numberText } from "./rounding.ts";

const countUnits: ReadonlySet<string> = new Set([
  "titles",
  "items",
  "uses",
  "copies",
  "holds",
  "suggestions",
  "requests",
  "denials",
  "orders",
]);

/** Counts: whole, or one digit when they are fractional. Others: as many digits as the measure has. */
export function figureDigits(unit: string, digits: number, value: number): number {
  if (!countUnits.has(unit)) return digits;
  return Number.isInteger(value) ? 0 : 1;
}

/** `2.8`, `80.3 %`, `7.5 points`, `2004`. Point as decimal sign, ASCII minus, no thousands sign. */
export function neutralText(unit: string, digits: number, value: number): string {
  const text = numberText(value, figureDigits(unit, digits, value));
  if (unit === "percent") return `${text} %`;
  return ["points", "years", "months", "days"].includes(unit) ? `${text} ${unit}` : text;
}

/** Minor units as an amount: 71010 in EUR is `710.10`. */
export function moneyText(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  const amount = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return minor < 0 ? `-${amount}` : amount;
}
