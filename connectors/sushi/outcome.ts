/** What an answer makes of the cursor, where it holds no report: later, never, or something else to do first. */
import { hash } from "node:crypto";
import { OffError, RetryError, StopError } from "../../src/domain/problem.ts";
import type { LiaisonError } from "../../src/domain/problem.ts";
import type { Instant } from "../../src/domain/time.ts";
import type { CounterException } from "../../src/kit/counter/index.ts";
import type { SushiAnswer } from "./client.ts";
import { elapsedMs } from "./cursor.ts";
import type { State, Wait } from "./cursor.ts";
import { actionOf, cureOf, decisive, waitMs } from "./exceptions.ts";
import type { Action } from "./exceptions.ts";
import type { Span } from "./plan.ts";

export type Outcome =
  /** There is a report to be read. */
  | { readonly type: "report" }
  /** These months cannot be asked for together. */
  | { readonly type: "dates" }
  /** The stream ends with this error, once its cursor is kept. `all`: so do the source's other reports. */
  | { readonly type: "end"; readonly error: LiaisonError; readonly all: boolean };

/** After so long, what a provider or a person may have mended on the other side is tried once more. */
const refusalDays = 7;
const queueHours = 48;
const hourMs = 3_600_000;

export interface Asked {
  readonly report: string;
  /** Null: it was the report list that was asked for. */
  readonly span: Span | null;
  readonly identity: string;
  readonly now: Instant;
  /** The report list could be read: the address is right. */
  readonly isHere: boolean;
}

/** Notes in the state how to go on. */
export function outcomeOf(answer: SushiAnswer, asked: Asked, state: State): Outcome {
  const found = decisive(answer.exceptions) ?? byStatus(answer, asked);
  if (found === null) {
    state.wait = null;
    return { type: "report" };
  }
  const { action, exception } = found;
  if (action === "dates") return { type: "dates" };
  const isRefusal = action === "credentials" || action === "configuration" || action === "unsupported";
  if (isRefusal) return refusalOf(action, exception, answer, asked, state);
  return waitOf(action, exception, answer, asked, state);
}

/** Throws what an earlier run was told, until it is time to ask again. */
export function refuseHeld(state: State, asked: Pick<Asked, "identity" | "now">): void {
  const { wait, refusal } = state;
  if (refusal !== null) {
    const isOver = elapsedMs(refusal.at, asked.now) > refusalDays * 24 * hourMs;
    if (refusal.identity !== asked.identity || isOver) state.refusal = null;
    else throw refusal.off ? new OffError(refusal.problem) : new StopError(refusal.problem);
  }
  if (wait !== null && asked.now < wait.until) throw laterError(wait);
}

export function laterError({ code, until, what, since }: Wait): RetryError {
  return new RetryError({
    code: "SUSHI_LATER",
    what: `the provider asks for patience: ${what}`,
    where: `exception ${String(code)}, since ${since.slice(0, 16)}Z`,
    cure: `nothing to do: it is asked again after ${until.slice(0, 16)}Z`,
  });
}

function refusalOf(
  action: Action,
  exception: CounterException,
  { where }: SushiAnswer,
  { report, identity, now, span }: Asked,
  state: State,
): Outcome {
  const off = action === "unsupported";
  const problem = {
    code: off ? "SUSHI_NO_SUCH_REPORT" : "SUSHI_REFUSED",
    what: off ? `the provider has no report ${report}` : "the provider refuses to give reports",
    where,
    why: textOf(exception),
    cure: cureOf(exception),
  };
  state.refusal = { identity, at: now, off, problem };
  state.wait = null;
  return {
    type: "end",
    error: off ? new OffError(problem) : new StopError(problem),
    all: !off || span === null,
  };
}

function waitOf(
  action: Action,
  exception: CounterException,
  { afterMs }: SushiAnswer,
  { report, span, identity, now }: Asked,
  state: State,
): Outcome {
  const before = state.wait?.code === exception.code ? state.wait : null;
  const tries = (before?.tries ?? 0) + 1;
  const since = before?.since ?? now;
  const isStuck = action === "queued" && elapsedMs(since, now) > queueHours * hourMs;
  const spread = parseInt(hash("sha256", `${identity} ${report}`).slice(0, 4), 16) / 0x10000;
  const ms = isStuck ? 24 * hourMs : waitMs(action, { data: exception.data, tries, afterMs, spread });
  state.wait = {
    code: exception.code,
    until: new Date(Date.parse(now) + ms).toISOString(),
    tries,
    since,
    what: isStuck ? `${textOf(exception)}, for more than two days; ask the provider` : textOf(exception),
    span: action === "queued" ? span : null,
  };
  return { type: "end", error: laterError(state.wait), all: action !== "queued" };
}

/** Without a code of COUNTER's that says more. */
function byStatus(
  { status, exceptions }: SushiAnswer,
  { isHere }: Asked,
): { readonly action: Action; readonly exception: CounterException } | null {
  if (status < 300) return null;
  const said = exceptions.find(({ code }) => actionOf(code) === "unknown") ?? exceptions[0];
  const exception = { code: status, message: said === undefined ? "" : textOf(said), data: said?.data ?? "" };
  if (status === 401 || status === 403) return { action: "credentials", exception };
  if (status === 404 && isHere) return { action: "unsupported", exception };
  if (status === 429) return { action: "too-often", exception };
  if (status >= 500) return { action: "later", exception };
  return { action: "configuration", exception };
}

export function textOf({ code, message, data }: CounterException): string {
  const said = message === "" ? String(code) : `${String(code)} ${message}`;
  return data === "" ? said : `${said} (${data})`;
}
