/**
 * Sends what is due, one by one, in one process at a time. A refusal stops nobody else; a delivery that cannot be
 * reached rests until the next run; a crash between sending and noting is told, and settled by the stable Message-ID.
 */
import type { Logger, OpenDelivery, Outcome, Rendered } from "../kit/contract.ts";
import { LiaisonError, RetryError, StopError, problemText } from "../domain/problem.ts";
import type { Instant } from "../domain/time.ts";
import {
  claimNext,
  lastReceipt,
  noteLater,
  noteRefused,
  noteSent,
  noteWithdrawn,
  recoverSending,
} from "../store/queries/outbox.ts";
import type { OutboxEntry, OutboxIssue } from "../store/queries/outbox.ts";
import type { Store } from "../store/index.ts";
import { withLease } from "./lease.ts";

export interface DeliverOptions {
  readonly deliveries: ReadonlyMap<string, OpenDelivery>;
  readonly signal: AbortSignal;
  readonly now: () => Instant;
  readonly log: Logger;
}

export interface DeliverResult {
  readonly sent: number;
  readonly failed: number;
  readonly later: number;
  /** Left between sending and noting by an earlier process. */
  readonly interrupted: readonly OutboxEntry[];
}

/** One minute, doubled up to four hours: fourteen attempts are a day. */
const firstWaitMs = 60_000;
const longestWaitMs = 4 * 3_600_000;
const mostAttempts = 14;

/** Throws StopError when another process is delivering. */
export function deliverDue(store: Store, options: DeliverOptions): Promise<DeliverResult> {
  return withLease(store, "deliver", options.signal, (_, signal) =>
    deliverAll(store, { ...options, signal }),
  );
}

async function deliverAll(store: Store, options: DeliverOptions): Promise<DeliverResult> {
  const { deliveries, signal, now, log } = options;
  const interrupted = await recoverSending(store.db);
  for (const { id, key } of interrupted)
    log.warn({ id, key }, "sending was interrupted; sent again under its key");
  const counts = { sent: 0, failed: 0, later: 0 };
  const resting = new Set<string>();
  while (!signal.aborted) {
    const issue = await claimNext(store.db, now(), [...resting]);
    if (issue === null) break;
    const {
      outcome,
      rests,
      afterMs = 0,
    } = await deliverOne(store, deliveries.get(issue.delivery), issue, signal);
    if (rests) resting.add(issue.delivery);
    counts[await note(store, issue, outcome, now(), afterMs)]++;
    if (outcome.type !== "sent") {
      log.warn({ id: issue.id, delivery: issue.delivery, code: outcome.problem.code }, "not delivered");
    }
  }
  return { ...counts, interrupted };
}

/** Takes back what an issue published. Throws StopError with what the delivery says when it cannot, or will not. */
export async function withdrawIssue(
  store: Store,
  issue: OutboxIssue,
  { deliveries, signal, now }: Pick<DeliverOptions, "deliveries" | "signal" | "now">,
): Promise<void> {
  const delivery = deliveries.get(issue.delivery);
  const last = await lastReceipt(store.db, issue);
  if (delivery?.withdraw === undefined || last === null) {
    throw new StopError({
      code: "NOT_WITHDRAWABLE",
      what: `issue ${String(issue.id)} cannot be taken back`,
      why: last === null ? "nothing of it was published" : `what went out by "${issue.delivery}" is out`,
      cure: "pages, posts and feeds can be taken back, once they were written",
    });
  }
  const outcome = await delivery.withdraw(last, signal);
  if (outcome.type !== "sent") throw new StopError(outcome.problem);
  await noteWithdrawn(store.db, issue, now());
}

/** A delivery that throws could not be used at all: it rests, and this issue waits. */
async function deliverOne(
  store: Store,
  delivery: OpenDelivery | undefined,
  issue: OutboxIssue,
  signal: AbortSignal,
): Promise<{ readonly outcome: Outcome; readonly rests: boolean; readonly afterMs?: number }> {
  if (delivery === undefined) {
    const problem = {
      code: "NO_DELIVERY",
      what: `the delivery "${issue.delivery}" is not configured any more`,
      cure: "configure it and retry, or cancel the issue",
    };
    return { outcome: { type: "refused", problem }, rests: false };
  }
  try {
    const last = await lastReceipt(store.db, issue);
    return { outcome: await delivery.deliver(renderedOf(issue), issue.key, last, signal), rests: false };
  } catch (error) {
    if (error instanceof LiaisonError) {
      const afterMs = error instanceof RetryError ? (error.afterMs ?? 0) : 0;
      return { outcome: { type: "later", problem: error.problem }, rests: true, afterMs };
    }
    const why = error instanceof Error ? error.message : String(error);
    const problem = { code: "BUG", what: "the delivery broke", where: issue.delivery, why };
    return { outcome: { type: "refused", problem }, rests: false };
  }
}

async function note(
  store: Store,
  issue: OutboxIssue,
  outcome: Outcome,
  at: Instant,
  afterMs: number,
): Promise<"sent" | "failed" | "later"> {
  if (outcome.type === "sent") {
    await noteSent(store.db, issue, outcome.receipt, at);
    return "sent";
  }
  const reason = problemText(outcome.problem);
  if (outcome.type === "refused" || issue.attempts >= mostAttempts) {
    await noteRefused(store.db, issue.id, reason, at);
    return "failed";
  }
  await noteLater(store.db, issue.id, reason, nextAttempt(issue, at, afterMs));
  return "later";
}

/** `afterMs`: what the other side asked for. */
function nextAttempt(issue: OutboxIssue, now: Instant, afterMs: number): Instant {
  const wait = Math.max(afterMs, Math.min(longestWaitMs, firstWaitMs * 2 ** (issue.attempts - 1)));
  return new Date(Date.parse(now) + wait).toISOString() as Instant;
}

function renderedOf(issue: OutboxIssue): Rendered {
  return {
    report: issue.report,
    reportTitle: issue.report_title,
    subject: issue.subject,
    period: issue.period,
    edition: issue.edition,
    recipient: issue.recipient,
    title: issue.title,
    html: issue.html,
    text: issue.text,
    attachments: issue.attachments,
  };
}
