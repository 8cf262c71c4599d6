/** Sends what is due, one by one: a refusal stops nobody else, a crash between sending and noting is told. */
import type { OpenDelivery, Rendered } from "../kit/contract.ts";
import { problemText } from "../domain/problem.ts";
import type { Instant } from "../domain/time.ts";
import {
  claimNext,
  lastReceipt,
  noteLater,
  noteRefused,
  noteSent,
  recoverSending,
} from "../store/queries/outbox.ts";
import type { OutboxIssue } from "../store/queries/outbox.ts";
import type { Store } from "../store/index.ts";

export interface DeliverOptions {
  readonly deliveries: ReadonlyMap<string, OpenDelivery>;
  readonly signal: AbortSignal;
  readonly now: () => Instant;
}

export interface DeliverResult {
  readonly sent: number;
  readonly failed: number;
  readonly later: number;
  /** Left between sending and noting by an earlier process. */
  readonly interrupted: number;
}

const firstWaitMs = 60_000;
const longestWaitMs = 4 * 3_600_000;
const giveUpAfterMs = 24 * 3_600_000;

export async function deliverDue(store: Store, options: DeliverOptions): Promise<DeliverResult> {
  const { deliveries, signal, now } = options;
  const interrupted = await recoverSending(store.db);
  let [sent, failed, later] = [0, 0, 0];
  for (
    let issue = await next(store, signal, now());
    issue !== null;
    issue = await next(store, signal, now())
  ) {
    const delivery = deliveries.get(issue.delivery);
    if (delivery === undefined) {
      failed++;
      await noteRefused(
        store.db,
        issue.id,
        `the delivery "${issue.delivery}" is no longer configured`,
        now(),
      );
      continue;
    }
    const outcome = await delivery.deliver(
      renderedOf(issue),
      issue.key,
      await lastReceipt(store.db, issue),
      signal,
    );
    if (outcome.type === "sent") {
      sent++;
      await noteSent(store.db, issue, outcome.receipt, now());
    } else if (outcome.type === "refused" || tooOld(issue, now())) {
      failed++;
      await noteRefused(store.db, issue.id, problemText(outcome.problem), now());
    } else {
      later++;
      await noteLater(store.db, issue.id, problemText(outcome.problem), nextAttempt(issue, now()));
    }
  }
  return { sent, failed, later, interrupted: interrupted.length };
}

async function next(store: Store, signal: AbortSignal, now: Instant): Promise<OutboxIssue | null> {
  return signal.aborted ? null : claimNext(store.db, now);
}

function tooOld(issue: OutboxIssue, now: Instant): boolean {
  return Date.parse(now) - Date.parse(issue.created_at) >= giveUpAfterMs;
}

function nextAttempt(issue: OutboxIssue, now: Instant): Instant {
  const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** (issue.attempts - 1));
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
