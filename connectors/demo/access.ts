/** Tokens, keys and permissions, with Koha's answers to each way of getting them wrong. */
import { createHash } from "node:crypto";
import { json, loginJsonType, Refused, schemaError } from "./http.ts";
import type { Answer, Call } from "./http.ts";
import { isAtLeast } from "./version.ts";
import type { KohaVersion } from "./version.ts";

export interface AccessOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly tokenSeconds: number;
  readonly version: KohaVersion;
  /** The preference RESTOAuth2ClientCredentials. */
  readonly oauth: boolean;
  /** The preference RESTBasicAuth; user and password are the key's id and secret. */
  readonly basic: boolean;
  /** `catalogue`, `circulate:circulate_remaining_permissions`, …; `superlibrarian` has all. */
  readonly permissions: readonly string[];
}

/** As `x-koha-authorization.permissions` writes it: all keys; in a list any; "1" the whole module, "*" any part. */
export type Wanted = Readonly<Record<string, string | readonly string[]>>;

export interface Access {
  token(call: Call): Answer;
  /** Throws what Koha answers to a caller it does not know, or does not let in. */
  check(call: Call, wanted: Wanted): void;
  setPermissions(permissions: readonly string[]): void;
  /** Every token handed out so far is expired from now on. */
  expireTokens(): void;
  /** The key is gone: its tokens answer 500 and no new one is given, until `restoreKey`. */
  deleteKey(): void;
  restoreKey(): void;
}

const unauthorized = (error: string): Refused => new Refused(json(401, { error }, {}, loginJsonType));

export function createAccess(options: AccessOptions): Access {
  const tokens = new Map<string, number>();
  let permissions = options.permissions;
  let keyExists = true;
  let issued = 0;

  function identify(call: Call): void {
    const authorization = call.headers["authorization"];
    const [scheme = "", value = ""] = (authorization ?? "").split(" ");
    if (scheme.toLowerCase() === "bearer") {
      const expiresAt = tokens.get(value);
      if (expiresAt === undefined || expiresAt <= Date.now()) {
        tokens.delete(value);
        throw unauthorized("Authentication failure.");
      }
      if (!keyExists)
        throw new Refused(json(500, { error: "Something went wrong, check the logs." }, {}, loginJsonType));
      return;
    }
    if (scheme.toLowerCase() !== "basic") throw unauthorized("Authentication failure.");
    if (!options.basic) throw unauthorized("Basic authentication disabled");
    if (Buffer.from(value, "base64").toString() === `${options.clientId}:${options.clientSecret}`) return;
    if (isAtLeast(options.version, "24.05"))
      throw new Refused(json(403, { error: "Invalid password" }, {}, loginJsonType));
    throw unauthorized("Authentication failure.");
  }

  function allows(module: string, part: string): boolean {
    if (permissions.includes("superlibrarian") || permissions.includes(module)) return true;
    if (part === "1") return false;
    if (part === "*") return permissions.some((held) => held.startsWith(`${module}:`));
    return permissions.includes(`${module}:${part}`);
  }

  return {
    token(call) {
      const isForm = (call.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
      const form = new URLSearchParams(isForm ? call.body : "");
      const grant = form.get("grant_type");
      if (grant === null) throw schemaError("/grant_type", "Missing property.");
      if (!options.oauth || grant !== "client_credentials")
        return json(400, { error: "Unimplemented grant type" });
      const [scheme = "", basic = ""] = (call.headers["authorization"] ?? "").split(" ");
      const pair = Buffer.from(scheme.toLowerCase() === "basic" ? basic : "", "base64").toString();
      const id = form.get("client_id") ?? pair.slice(0, Math.max(0, pair.indexOf(":")));
      const secret = form.get("client_secret") ?? pair.slice(pair.indexOf(":") + 1);
      if (id !== options.clientId || !keyExists) return json(403, { error: "unauthorized_client" });
      if (secret !== options.clientSecret) return json(403, { error: "access_denied" });
      issued += 1;
      const token = createHash("sha512")
        .update(`double ${String(issued)}`)
        .digest("base64");
      tokens.set(token, Date.now() + options.tokenSeconds * 1000);
      return json(200, { access_token: token, expires_in: options.tokenSeconds, token_type: "Bearer" });
    },
    check(call, wanted) {
      identify(call);
      const ok = Object.entries(wanted).every(([module, parts]) =>
        typeof parts === "string" ? allows(module, parts) : parts.some((part) => allows(module, part)),
      );
      if (ok) return;
      const error = "Authorization failure. Missing required permission(s).";
      throw new Refused(json(403, { error, required_permissions: wanted }, {}, loginJsonType));
    },
    setPermissions(next) {
      permissions = next;
    },
    expireTokens() {
      for (const token of tokens.keys()) tokens.set(token, 0);
    },
    deleteKey() {
      keyExists = false;
    },
    restoreKey() {
      keyExists = true;
    },
  };
}
