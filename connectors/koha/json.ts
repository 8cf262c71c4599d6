import { RetryError } from "../../src/domain/problem.ts";
import type { HttpResponse } from "../../src/kit/contract.ts";

/** By its declared type: Koha writes `application/json; charset=utf8`, MARC-in-JSON `application/marc-in-json`. */
export function isJson(response: HttpResponse): boolean {
  return /^application\/([\w.-]*[+-])?json\b/i.test(response.headers.get("content-type") ?? "");
}

/** Throws RetryError: a body that says it is JSON and is not was cut or garbled on the way. */
export function parseJson(response: HttpResponse, where: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(response.body));
  } catch (error) {
    throw new RetryError(
      {
        code: "KOHA_BROKEN_JSON",
        what: "the answer is cut off or garbled",
        where,
        why: `its ${response.body.length} bytes are no whole JSON`,
        cure: "the next run goes on from here; if it stays so, look for a proxy that limits answers",
      },
      { cause: error },
    );
  }
}
