/** What Koha's refusals mean, in words (reference: Koha's OpenAPI files and lib/Koha/REST/V1). */
import { OffError, StopError } from "../../src/domain/problem.ts";
import type { Problem } from "../../src/domain/problem.ts";

/** An answer of 400, 404, 406, 500 or 501 that the caller may be able to make sense of. */
export class KohaFault extends StopError {
  readonly status: number;
  readonly body: Uint8Array;

  constructor(problem: Problem, status: number, body: Uint8Array) {
    super(problem);
    this.status = status;
    this.body = body;
  }
}

/** Koha's permission per list, for messages; `required_permissions` of the answer goes before it. */
export const permissionOf: Readonly<Record<string, string>> = {
  "/libraries": "catalogue",
  "/item_types": "catalogue",
  "/biblios": "catalogue",
  "/deleted/biblios": "catalogue",
  "/items": "catalogue",
  "/acquisitions/funds": "acquisition: budget_manage_all",
  "/acquisitions/orders": "acquisition: any of order_manage, order_manage_all, order_receive",
  "/checkouts": "circulate: circulate_remaining_permissions",
  "/holds": "reserveforothers: place_holds",
  "/suggestions": "suggestions: suggestions_manage",
  "/ill/requests": "ill",
  "/illrequests": "ill",
  "/contrib/liaison/version": "plugins: liaison_figures",
  "/contrib/liaison/holds/by-month": "plugins: liaison_figures",
};

/** `{"acquisition":["a","b"]}` as `acquisition: any of a, b`; null when it is not of that form. */
export function permissionText(required: unknown): string | null {
  if (typeof required !== "object" || required === null || Array.isArray(required)) return null;
  const parts = Object.entries(required).map(([module, wanted]) => {
    if (Array.isArray(wanted)) return `${module}: any of ${wanted.map(String).join(", ")}`;
    // "1" is the whole module, "*" any part of it.
    return String(wanted) === "1" ? module : `${module}: ${String(wanted) === "*" ? "any" : String(wanted)}`;
  });
  return parts.length === 0 ? null : parts.join(" and ");
}

export function forbidden(permission: string, where: string): OffError {
  return new OffError({
    code: "KOHA_PERMISSION",
    what: `off, needs permission ${permission}`,
    where,
    why: "the owner of the API key does not have it",
    cure: `in Koha, open that patron, More > Set permissions, and tick ${permission}; or leave it off`,
  });
}

export function notKoha(where: string, why: string): StopError {
  return new StopError({
    code: "KOHA_NOT_HERE",
    what: "there is no Koha REST interface at this address",
    where,
    why,
    cure: "give the address of the staff interface, as in the browser up to the host and port, as url",
  });
}

export function webPage(where: string, contentType: string): StopError {
  return new StopError({
    code: "KOHA_WEB_PAGE",
    what: "a web page came instead of data",
    where,
    why: `the answer is ${contentType === "" ? "of no type" : contentType}: a login or maintenance page, or a proxy in between`,
    cure: "check url; let /api/v1 pass through proxies and login gateways",
  });
}

export function failsEverywhere(where: string): StopError {
  return new StopError({
    code: "KOHA_FAILS",
    what: "Koha answers 500 to everything",
    where,
    why: "the API key was deleted, or Koha's database is down",
    cure: "check the key (patron > More > Manage API keys) and Koha's log plack-error.log",
  });
}

/** `[{path,message}]`, `{errors:[{path,message}]}`, `{error}` or a text, as one line; null when it says nothing. */
export function faultText(value: unknown): string | null {
  if (typeof value === "string") return value.slice(0, 200);
  if (Array.isArray(value)) {
    const parts = value.map(faultText).filter((part) => part !== null);
    return parts.length === 0 ? null : parts.join("; ").slice(0, 200);
  }
  if (typeof value !== "object" || value === null) return null;
  if ("errors" in value) return faultText(value.errors);
  if ("error" in value && typeof value.error === "string") return value.error.slice(0, 200);
  if ("message" in value && typeof value.message === "string") {
    const path = "path" in value && typeof value.path === "string" ? `${value.path}: ` : "";
    return `${path}${value.message}`.slice(0, 200);
  }
  return null;
}
