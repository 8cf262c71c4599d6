/** What goes wrong between a library and its Koha, on request. */
import type { Answer } from "./http.ts";
import { json } from "./http.ts";

export type Fault =
  /** A proxy's or Koha's own refusal, `times` times (default: until healed). */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly retryAfter?: string;
      readonly times?: number;
      readonly path?: RegExp;
    }
  /** The connection breaks after so many bytes of the body. */
  | { readonly kind: "drop"; readonly afterBytes: number; readonly times?: number; readonly path?: RegExp }
  /** 200 with Koha's login page instead of an answer. */
  | { readonly kind: "login-page"; readonly times?: number; readonly path?: RegExp }
  /** The answer comes late. */
  | { readonly kind: "slow"; readonly ms: number; readonly times?: number; readonly path?: RegExp };

export interface Faults {
  add(fault: Fault): void;
  heal(): void;
  /** The faults that befall this request; each counts as used. */
  take(path: string): readonly Fault[];
}

export function createFaults(): Faults {
  let active: { readonly fault: Fault; left: number }[] = [];
  return {
    add: (fault) => active.push({ fault, left: fault.times ?? Infinity }),
    heal: () => (active = []),
    take(path) {
      const hit = active.filter(
        ({ fault, left }) => left > 0 && (fault.path === undefined || fault.path.test(path)),
      );
      for (const one of hit) one.left -= 1;
      return hit.map(({ fault }) => fault);
    },
  };
}

const loginPage = `<!DOCTYPE html>
<html lang="en"><head><title>Koha &rsaquo; Log in to Koha</title></head>
<body id="main_auth"><form action="mainpage.pl" method="post"><input name="login_userid"></form></body></html>`;

/** The answer that replaces Koha's, if a fault brings one. */
export function replacement(faults: readonly Fault[]): Answer | null {
  for (const fault of faults) {
    if (fault.kind === "login-page")
      return { status: 200, type: "text/html; charset=utf-8", body: loginPage };
    if (fault.kind === "status")
      return json(
        fault.status,
        { error: fault.status === 503 ? "System is under maintenance." : `status ${String(fault.status)}` },
        fault.retryAfter === undefined ? {} : { "Retry-After": fault.retryAfter },
      );
  }
  return null;
}
