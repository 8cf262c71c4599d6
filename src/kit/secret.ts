import { inspect } from "node:util";
import { z } from "zod";

/** A secret. It prints as `***` in text, JSON and inspection; only `reveal` gives it away. */
export class Secret {
  readonly #value: string | (() => string);

  /** A function is asked at each `reveal`, and may throw ConfigError when the secret is not to be had. */
  constructor(value: string | (() => string)) {
    this.#value = value;
  }

  reveal(): string {
    return typeof this.#value === "string" ? this.#value : this.#value();
  }

  toString(): string {
    return "***";
  }

  toJSON(): string {
    return "***";
  }

  [inspect.custom](): string {
    return "***";
  }
}

/** The field of a connector's configuration that takes a secret; the loader says where one stands in clear. */
export function secretField(description: string): z.ZodType<Secret> {
  return z
    .custom<Secret>((value) => value instanceof Secret, { params: { secret: true } })
    .describe(description);
}
