/** Who may ask: a key in `X-API-Key` or as a bearer token; a webhook signs with a secret that both sides know. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { errors, jwtVerify } from "jose";
import type { Instant } from "../../domain/time.ts";
import type { Secret } from "../../kit/secret.ts";

/** Seconds by which clocks may differ. */
const leeway = 60;

/** Compared in a time that does not tell how much of it was right. */
export function hasKey(headers: IncomingHttpHeaders, keys: readonly Secret[]): boolean {
  const given = one(headers["x-api-key"]) ?? bearer(one(headers.authorization));
  if (given === undefined) return false;
  return keys.map((key) => isSame(given, key.reveal())).includes(true);
}

/**
 * HS256 over the secret. IBM's text names the header `Authorization`, its example reads `authentication`; both come
 * with or without `Bearer`.
 */
export async function isSigned(
  headers: IncomingHttpHeaders,
  secret: Secret,
  now: () => Instant,
): Promise<boolean> {
  const token = bearer(one(headers.authorization)) ?? bearer(one(headers["authentication"]));
  if (token === undefined) return false;
  try {
    await jwtVerify(token, Buffer.from(secret.reveal()), {
      algorithms: ["HS256"],
      clockTolerance: leeway,
      currentDate: new Date(now()),
    });
    return true;
  } catch (error) {
    if (error instanceof errors.JOSEError) return false;
    throw error;
  }
}

function isSame(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function bearer(header: string | undefined): string | undefined {
  return header?.replace(/^Bearer\s+/i, "").trim();
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
