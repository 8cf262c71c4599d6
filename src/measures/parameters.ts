/** Parameters of a measure (`--with NAME=VALUE`), read with a default; what cannot be read is refused with a cure. */
import { ConfigError } from "../domain/problem.ts";
import { suggestion } from "../domain/spelling.ts";
import type { MeasureContext } from "./types.ts";

type Asked = Pick<MeasureContext, "parameters">;

export interface Range {
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
}

/** Throws ConfigError (`BAD_PARAMETER`) for what is no number, or none of the range. */
export function numberParameter(
  { parameters }: Asked,
  name: string,
  otherwise: number,
  { min, max, whole = false }: Range,
): number {
  const text = parameters[name];
  if (text === undefined) return otherwise;
  const value = /^-?(\d+(\.\d+)?|\.\d+)$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
  const kind = whole ? "a whole number" : "a number";
  return refuse(name, text, `write ${kind} from ${min} to ${max}`);
}

/** Throws ConfigError (`BAD_PARAMETER`) for any other word. */
export function wordParameter<Word extends string>(
  { parameters }: Asked,
  name: string,
  words: readonly [Word, ...Word[]],
): Word {
  const text = parameters[name];
  if (text === undefined) return words[0];
  const found = words.find((word) => word === text.trim());
  if (found !== undefined) return found;
  const meant = suggestion(text, words);
  return refuse(name, text, meant === null ? `write ${words.join(" or ")}` : `did you mean "${meant}"?`);
}

/** Words separated by commas; null: none were given. */
export function listParameter({ parameters }: Asked, name: string): string[] | null {
  const words = (parameters[name] ?? "").split(",").map((word) => word.trim());
  const given = words.filter((word) => word !== "");
  return given.length === 0 ? null : given;
}

function refuse(name: string, text: string, cure: string): never {
  throw new ConfigError([{ code: "BAD_PARAMETER", what: `${name} cannot be "${text}"`, cure }]);
}
