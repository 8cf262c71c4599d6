/** The signature of a request (Ex Libris developer network, Summon Search API, "Authentication"). */
import { createHmac } from "node:crypto";

export type Parameters = readonly (readonly [name: string, value: string])[];

export interface Signed {
  readonly secretKey: string;
  readonly accessId: string;
  readonly clientKey?: string | undefined;
  readonly accept: string;
  /** RFC 1123, GMT. */
  readonly date: string;
  /** As sent: with its port unless it is the scheme's own. */
  readonly host: string;
  readonly path: string;
  /** Decoded. */
  readonly parameters: Parameters;
}

/** Value of the header `Authorization`. */
export function authorizationOf(request: Signed): string {
  const { secretKey, accessId, clientKey } = request;
  const digest = createHmac("sha1", secretKey).update(stringToSign(request), "utf8").digest("base64");
  return `Summon ${[accessId, ...(clientKey === undefined ? [] : [clientKey]), digest].join(";")}`;
}

/** Five lines, each ended: the parameters decoded and sorted by their bytes, without empty ones. */
export function stringToSign({ accept, date, host, path, parameters }: Signed): string {
  const query = parameters
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name}=${value}`)
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .join("&");
  return [accept, date, host, path, query].map((line) => `${line}\n`).join("");
}

/** As the server decodes it to the same text: `%20`, never `+`. */
export function queryText(parameters: Parameters): string {
  return parameters
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join("&");
}

/** A value within a filter: `, : \ ( ) $ { }` have a meaning there. */
export function escaped(value: string): string {
  return value.replaceAll(/[,:\\()${}]/g, String.raw`\$&`);
}
