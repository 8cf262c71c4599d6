/** The one place where statuses and network faults become error classes (docs/explanation/architecture.md). */
import { RetryError, StopError } from "../../domain/problem.ts";
import type { Problem } from "../../domain/problem.ts";

const passing = new Set([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524]);

/** The error for a status that is no answer. `afterMs`: what `Retry-After` asked for. */
export function statusError(status: number, where: string, afterMs: number | null): RetryError | StopError {
  if (!passing.has(status)) return new StopError(refusal(status, where));
  const problem: Problem = {
    code: status === 429 ? "HTTP_TOO_MANY_REQUESTS" : "HTTP_UNAVAILABLE",
    what: `the server answered ${status}`,
    where,
    why: status === 429 ? "it was asked too often" : "it is overloaded, restarting or failing",
    cure: "wait: the next run goes on where this one stopped; if it lasts, look into the server's log",
  };
  return new RetryError(problem, afterMs === null ? {} : { afterMs });
}

function refusal(status: number, where: string): Problem {
  switch (status) {
    case 401:
      return {
        code: "HTTP_UNAUTHORISED",
        what: "the server does not accept the credentials (401)",
        where,
        cure: "check user, key and secret of this source",
      };
    case 403:
      return {
        code: "HTTP_FORBIDDEN",
        what: "the server refuses the request (403)",
        where,
        why: "these credentials may not read it, or an address filter stands before the server",
        cure: "grant the permission, or have this machine's address allowed",
      };
    case 404:
    case 410:
      return {
        code: "HTTP_NOT_FOUND",
        what: `there is nothing at this address (${status})`,
        where,
        cure: "check the source's address",
      };
    default:
      return {
        code: "HTTP_REFUSED",
        what: `the server answered ${status}`,
        where,
        cure: "check the source's address and version",
      };
  }
}

const dns = new Set(["ENOTFOUND", "EADDRNOTAVAIL"]);
const address = new Set(["ERR_INVALID_URL", "EINVAL", "EPROTO", "ERR_SSL_WRONG_VERSION_NUMBER"]);
const untrusted = new Set([
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "CERT_UNTRUSTED",
]);

/** The error for a request that got no whole answer, by the code of Node or OpenSSL. */
export function networkError(
  code: string | undefined,
  where: string,
  cause: unknown,
): RetryError | StopError {
  const stop = (name: string, what: string, cure: string): StopError =>
    new StopError({ code: name, what, where, why: code ?? "no reason given", cure }, cause);
  if (code === undefined) return broken(code, where, cause);
  if (dns.has(code)) {
    return stop(
      "HTTP_UNKNOWN_HOST",
      "there is no server of this name",
      "check the spelling of the address, and this machine's name service",
    );
  }
  if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID") {
    return stop(
      "HTTP_CERTIFICATE_EXPIRED",
      "the server's TLS certificate is not valid today",
      "renew the server's certificate; if it is valid, correct this machine's clock",
    );
  }
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return stop(
      "HTTP_CERTIFICATE_NAME",
      "the server's TLS certificate is for another name",
      "use the name that the certificate carries, or have the certificate amended",
    );
  }
  if (untrusted.has(code)) {
    return stop(
      "HTTP_CERTIFICATE_UNTRUSTED",
      "nobody known here vouches for the server's TLS certificate",
      "name the certificate authority's file as http.ca in the configuration",
    );
  }
  if (code.startsWith("CERT_") || code.startsWith("ERR_TLS")) {
    return stop(
      "HTTP_CERTIFICATE",
      "the server's TLS certificate cannot be used",
      "have the certificate mended",
    );
  }
  if (address.has(code) || code.startsWith("ERR_SSL")) {
    return stop(
      "HTTP_NO_TLS",
      "no TLS connection can be made",
      "check whether the address begins with http: or https:, and its port",
    );
  }
  return broken(code, where, cause);
}

function broken(code: string | undefined, where: string, cause: unknown): RetryError {
  const refused = code === "ECONNREFUSED";
  return new RetryError(
    {
      code: refused ? "HTTP_CONNECTION_REFUSED" : "HTTP_BROKEN_CONNECTION",
      what: refused ? "nothing listens at this address" : "the connection broke before the whole answer came",
      where,
      ...(code === undefined ? {} : { why: code }),
      cure: "check that the server runs and that its port is right; a passing fault mends itself at the next run",
    },
    { cause },
  );
}
