/** Small pieces that all services of the double answer with. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** `http://127.0.0.1:port`. */
  readonly base: string;
}

/** Koha spells the type one way in ordinary answers and another in those of its login step. */
const jsonType = "application/json;charset=UTF-8";
export const loginJsonType = "application/json; charset=utf8";

export function json(
  status: number,
  body: unknown,
  headers: Answer["headers"] = {},
  type = jsonType,
): Answer {
  return { status, type, body: JSON.stringify(body), headers };
}

/** Thrown inside a handler, and answered. */
export class Refused extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`answered ${String(answer.status)}`);
    this.answer = answer;
  }
}

export function schemaError(path: string, message: string): Refused {
  return new Refused(json(400, { errors: [{ message, path }], status: 400 }));
}

export function internalError(): Refused {
  return new Refused(
    json(500, {
      error: "Something went wrong, check Koha logs for details.",
      error_code: "internal_server_error",
    }),
  );
}

export function notFound(what: string): Refused {
  return new Refused(json(404, { error: `${what} not found`, error_code: "not_found" }));
}
