/** What is to be sent, waits, went out or failed. A key goes out once. */
import { createHash } from "node:crypto";
import type { Kysely } from "kysely";
import type { Json } from "../../domain/json.ts";
import type { CalendarDay, Instant } from "../../domain/time.ts";
import type { OutboxState, Schema } from "../schema.ts";
import { saveListedTitles } from "./listed-titles.ts";
import { saveToldFigures } from "./sent-figures.ts";
import type { ToldFigure } from "./sent-figures.ts";

export interface DeliveryIdentity {
  readonly site: string;
  readonly report: string;
  readonly subject: string;
  readonly delivery: string;
  /** Mail address; "" for other deliveries. */
  readonly recipient: string;
  readonly period: string;
  readonly edition: number;
}

/** sha256 of the JSON array of what makes a delivery one: stable over restarts, and the stem of its Message-ID. */
export function deliveryKey(identity: DeliveryIdentity): string {
  const { site, report, subject, delivery, recipient, period, edition } = identity;
  return createHash("sha256")
    .update(JSON.stringify([site, report, subject, delivery, recipient, period, edition]))
    .digest("hex");
}

export interface OutboxAttachment {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  /** Set for a picture that the HTML shows by `cid:`. */
  readonly contentId?: string;
}

export interface NewIssue extends DeliveryIdentity {
  readonly reportTitle: string;
  readonly state: "due" | "waiting";
  readonly title: string;
  readonly html: string;
  readonly text: string;
  readonly attachments: readonly OutboxAttachment[];
  readonly createdAt: Instant;
  readonly mappingVersion: string;
  readonly asOf: Instant | null;
  readonly software: string;
  /** Figures in it that may have to be corrected later. */
  readonly told: readonly ToldFigure[];
  /** New titles in it, and the first day of its period. */
  readonly listed: { readonly from: CalendarDay; readonly recordIds: readonly number[] };
}

/** False when this key is there already: nothing is sent twice. */
export async function enqueue(db: Kysely<Schema>, issue: NewIssue): Promise<boolean> {
  const key = deliveryKey(issue);
  return db.transaction().execute(async (transaction) => {
    const inserted = await transaction
      .insertInto("outbox")
      .values({
        key,
        report: issue.report,
        report_title: issue.reportTitle,
        subject: issue.subject,
        delivery: issue.delivery,
        recipient: issue.recipient,
        period: issue.period,
        edition: issue.edition,
        state: issue.state,
        title: issue.title,
        html: issue.html,
        text: issue.text,
        created_at: issue.createdAt,
        attempts: 0,
        mapping_version: issue.mappingVersion,
        as_of: issue.asOf,
        software: issue.software,
      })
      .onConflict((conflict) => conflict.column("key").doNothing())
      .returning("id")
      .executeTakeFirst();
    if (inserted === undefined) return false;
    for (const [n, { name, type, bytes, contentId }] of issue.attachments.entries()) {
      await transaction
        .insertInto("outbox_attachment")
        .values({ outbox_id: inserted.id, n, name, type, content_id: contentId ?? null, bytes })
        .execute();
    }
    await saveToldFigures(transaction, key, issue.told);
    await saveListedTitles(transaction, key, issue.listed.from, issue.listed.recordIds);
    return true;
  });
}

/** The shape of `outbox list --json`. */
export interface OutboxEntry {
  readonly id: number;
  readonly key: string;
  readonly report: string;
  readonly subject: string;
  readonly recipient: string;
  readonly period: string;
  readonly edition: number;
  readonly delivery: string;
  readonly state: OutboxState;
  readonly at: string | null;
  readonly reason: string | null;
  readonly title: string;
}

const entryColumns = [
  "id",
  "key",
  "report",
  "subject",
  "recipient",
  "period",
  "edition",
  "delivery",
  "state",
  "at",
  "reason",
  "title",
] as const;

export function listOutbox(db: Kysely<Schema>): Promise<OutboxEntry[]> {
  return db.selectFrom("outbox").select(entryColumns).orderBy("id").execute();
}

export interface OutboxIssue extends OutboxEntry {
  readonly report_title: string;
  readonly html: string;
  readonly text: string;
  readonly attempts: number;
  readonly created_at: string;
  readonly mapping_version: string;
  readonly as_of: string | null;
  readonly attachments: readonly OutboxAttachment[];
}

const issueColumns = [
  ...entryColumns,
  "report_title",
  "html",
  "text",
  "attempts",
  "created_at",
  "mapping_version",
  "as_of",
] as const;

/** By id or by key; null when there is none. */
export async function findIssue(db: Kysely<Schema>, idOrKey: string | number): Promise<OutboxIssue | null> {
  const byId = typeof idOrKey === "number" || /^\d{1,15}$/.test(idOrKey);
  const issue = await db
    .selectFrom("outbox")
    .select(issueColumns)
    .where(byId ? "id" : "key", "=", byId ? Number(idOrKey) : idOrKey)
    .executeTakeFirst();
  if (issue === undefined) return null;
  const rows = await db
    .selectFrom("outbox_attachment")
    .select(["name", "type", "bytes", "content_id as contentId"])
    .where("outbox_id", "=", issue.id)
    .orderBy("n")
    .execute();
  const attachments = rows.map(({ contentId, ...file }) => ({
    ...file,
    ...(contentId !== null && { contentId }),
  }));
  return { ...issue, attachments };
}

/** The next one that may go out now, marked as being sent; null when none is left. `except`: deliveries that stopped. */
export async function claimNext(
  db: Kysely<Schema>,
  now: Instant,
  except: readonly string[] = [],
): Promise<OutboxIssue | null> {
  const claimed = await db
    .updateTable("outbox")
    .set((row) => ({ state: "sending" as const, attempts: row("attempts", "+", 1) }))
    .where("id", "=", (select) =>
      select
        .selectFrom("outbox")
        .select("id")
        .where("state", "=", "due")
        .$if(except.length > 0, (query) => query.where("delivery", "not in", except))
        .where((where) =>
          where.or([where("next_attempt_at", "is", null), where("next_attempt_at", "<=", now)]),
        )
        .orderBy("id")
        .limit(1),
    )
    .returning("id")
    .executeTakeFirst();
  return claimed === undefined ? null : findIssue(db, claimed.id);
}

const interrupted =
  "interrupted while sending: it may have gone out before, and is sent again with the same Message-ID";

/** What a process left between sending and noting; it is due again, with the same Message-ID. */
export async function recoverSending(db: Kysely<Schema>): Promise<OutboxEntry[]> {
  return db
    .updateTable("outbox")
    .set({ state: "due", reason: interrupted, next_attempt_at: null })
    .where("state", "=", "sending")
    .returning(entryColumns)
    .execute();
}

/** The reason stays when the sending had been interrupted before: it may have gone out twice. */
export async function noteSent(
  db: Kysely<Schema>,
  issue: Pick<OutboxIssue, "id" | "key" | "reason">,
  receipt: { readonly target: string; readonly handle: Json },
  at: Instant,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const row = { key: issue.key, target: receipt.target, handle: JSON.stringify(receipt.handle), at };
    await transaction
      .insertInto("receipt")
      .values(row)
      .onConflict((conflict) => conflict.column("key").doUpdateSet(row))
      .execute();
    await setState(transaction, issue.id, {
      state: "sent",
      at,
      reason: issue.reason === interrupted ? interrupted : null,
      next_attempt_at: null,
    });
  });
}

export function noteRefused(db: Kysely<Schema>, id: number, reason: string, at: Instant): Promise<void> {
  return setState(db, id, { state: "failed", at, reason, next_attempt_at: null });
}

export function noteLater(db: Kysely<Schema>, id: number, reason: string, nextAt: Instant): Promise<void> {
  return setState(db, id, { state: "due", at: null, reason, next_attempt_at: nextAt });
}

/** Back into the queue, or out of it; false when its state does not allow that. */
export async function moveIssue(db: Kysely<Schema>, id: number, to: "due" | "cancelled"): Promise<boolean> {
  const from: OutboxState[] =
    to === "due" ? ["failed", "waiting", "cancelled", "due"] : ["due", "waiting", "failed"];
  const moved = await db
    .updateTable("outbox")
    .set({ state: to, next_attempt_at: null, attempts: 0 })
    .where("id", "=", id)
    .where("state", "in", from)
    .returning("id")
    .executeTakeFirst();
  return moved !== undefined;
}

/** The newest edition of what is otherwise the same; 0 when there is none. */
export async function lastEdition(
  db: Kysely<Schema>,
  issue: Omit<DeliveryIdentity, "site" | "edition">,
): Promise<number> {
  const { report, subject, delivery, recipient, period } = issue;
  const row = await db
    .selectFrom("outbox")
    .select((max) => max.fn.max("edition").as("edition"))
    .where("report", "=", report)
    .where("subject", "=", subject)
    .where("delivery", "=", delivery)
    .where("recipient", "=", recipient)
    .where("period", "=", period)
    .executeTakeFirst();
  return row?.edition ?? 0;
}

/** Of what one page or mail is about, whatever its period. */
type About = Pick<DeliveryIdentity, "report" | "subject" | "delivery" | "recipient">;

/** The last that was written; null: none was. */
export async function newestIssue(db: Kysely<Schema>, about: About): Promise<OutboxIssue | null> {
  const row = await db
    .selectFrom("outbox")
    .select("id")
    .where("report", "=", about.report)
    .where("subject", "=", about.subject)
    .where("delivery", "=", about.delivery)
    .where("recipient", "=", about.recipient)
    .orderBy("id", "desc")
    .executeTakeFirst();
  return row === undefined ? null : findIssue(db, row.id);
}

/** A page that is as it was written is due again, so that its delivery sees whether it still is. */
export async function lookAgain(db: Kysely<Schema>, id: number): Promise<void> {
  await db
    .updateTable("outbox")
    .set({ state: "due", next_attempt_at: null, attempts: 0 })
    .where("id", "=", id)
    .where("state", "in", ["sent", "failed"])
    .execute();
}

/** What did not go out of a page before its next edition never will. */
export async function supersede(db: Kysely<Schema>, about: About): Promise<void> {
  await db
    .updateTable("outbox")
    .set({ state: "cancelled", reason: "a newer edition was written", next_attempt_at: null })
    .where("report", "=", about.report)
    .where("subject", "=", about.subject)
    .where("delivery", "=", about.delivery)
    .where("recipient", "=", about.recipient)
    .where("state", "in", ["due", "waiting", "failed"])
    .execute();
}

/** What waited for the first real mail to be allowed. */
export async function releaseWaiting(db: Kysely<Schema>): Promise<number> {
  const released = await db
    .updateTable("outbox")
    .set({ state: "due" })
    .where("state", "=", "waiting")
    .returning("id")
    .execute();
  return released.length;
}

/** Receipt of this issue, else of the newest earlier one of the same report for the same subject and recipient. */
export async function lastReceipt(
  db: Kysely<Schema>,
  issue: OutboxIssue,
): Promise<{ readonly target: string; readonly handle: Json } | null> {
  const row = await db
    .selectFrom("outbox")
    .innerJoin("receipt", "receipt.key", "outbox.key")
    .select(["receipt.target", "receipt.handle"])
    .where("outbox.report", "=", issue.report)
    .where("outbox.subject", "=", issue.subject)
    .where("outbox.delivery", "=", issue.delivery)
    .where("outbox.recipient", "=", issue.recipient)
    .where("outbox.id", "<=", issue.id)
    .orderBy("outbox.id", "desc")
    .executeTakeFirst();
  return row === undefined ? null : { target: row.target, handle: JSON.parse(row.handle) as Json };
}

/** Tells the delivery, in the receipt that it gets, that a person wants what was edited overwritten. */
export async function allowTakeOver(db: Kysely<Schema>, issue: OutboxIssue, at: Instant): Promise<void> {
  const last = await lastReceipt(db, issue);
  const handle = JSON.stringify({ ...(last?.handle as object | undefined), takeOver: true });
  const row = { key: issue.key, target: last?.target ?? issue.delivery, handle, at };
  await db
    .insertInto("receipt")
    .values(row)
    .onConflict((conflict) => conflict.column("key").doUpdateSet(row))
    .execute();
}

/** What was taken back is not written again, until it is retried. */
export async function noteWithdrawn(db: Kysely<Schema>, issue: OutboxIssue, at: Instant): Promise<void> {
  await db
    .updateTable("outbox")
    .set({ state: "cancelled", at, reason: "withdrawn", next_attempt_at: null })
    .where("report", "=", issue.report)
    .where("subject", "=", issue.subject)
    .where("delivery", "=", issue.delivery)
    .where("recipient", "=", issue.recipient)
    .execute();
  await db.deleteFrom("receipt").where("key", "=", issue.key).execute();
}

async function setState(
  db: Kysely<Schema>,
  id: number,
  values: { state: OutboxState; at: string | null; reason: string | null; next_attempt_at: string | null },
): Promise<void> {
  await db.updateTable("outbox").set(values).where("id", "=", id).execute();
}

export type OutboxCounts = Readonly<Record<OutboxState, number>>;

export async function countOutbox(db: Kysely<Schema>): Promise<OutboxCounts> {
  const rows = await db
    .selectFrom("outbox")
    .select((select) => ["state", select.fn.countAll<number>().as("n")])
    .groupBy("state")
    .execute();
  const counts = { due: 0, waiting: 0, sending: 0, sent: 0, failed: 0, cancelled: 0 };
  for (const { state, n } of rows) counts[state] = n;
  return counts;
}
