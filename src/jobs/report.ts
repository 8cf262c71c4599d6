/** Writes a report for everybody who gets it, and puts it into the outbox. A key that is there stays as it is. */
import type { Instant } from "../domain/time.ts";
import type { Period } from "../domain/period.ts";
import {
  deliveryKey,
  enqueue,
  findIssue,
  lastEdition,
  lookAgain,
  newestIssue,
  supersede,
} from "../store/queries/outbox.ts";
import type { NewIssue, OutboxAttachment, OutboxIssue } from "../store/queries/outbox.ts";
import type { ToldFigure } from "../store/queries/sent-figures.ts";
import type { Reader, Store } from "../store/index.ts";
import type { IssuePlan } from "./plan.ts";

export interface BuildRequest {
  readonly period: Period;
  /** Department id, `liaison:<id>` or `library`. */
  readonly subject: string;
  /** A block each; empty: the whole library. */
  readonly departments: readonly string[];
  /** Null: of the library. */
  readonly language: string | null;
  /** As a mail, as a page for the staff, or for everybody: as things are now, or as an issue of a period. */
  readonly form: "mail" | "page" | "public-page" | "public-issue";
}

/** A report, finished. */
export interface BuiltReport {
  readonly reportTitle: string;
  readonly title: string;
  readonly html: string;
  readonly text: string;
  readonly attachments: readonly OutboxAttachment[];
  readonly mappingVersion: string;
  readonly asOf: Instant | null;
  /** A section could not be made, and says so in its place. */
  readonly partial: boolean;
  readonly empty: boolean;
  readonly told: readonly ToldFigure[];
  /** Records in its lists of new titles. */
  readonly listed: readonly number[];
}

export type BuildReport = (reader: Reader, request: BuildRequest) => Promise<BuiltReport>;

export interface WriteOptions {
  readonly report: { readonly id: string; readonly sendEmpty: boolean };
  readonly period: Period;
  readonly plans: readonly IssuePlan[];
  readonly build: BuildReport;
  /** Whether what a delivery gets may go out, or waits for a person's yes. */
  readonly mayGo: (delivery: string) => boolean;
  readonly isAddressed: (delivery: string) => boolean;
  /** Whether a delivery is read by everybody, and how (`OpenDelivery.publishes`); absent: it is not. */
  readonly publishes?: (delivery: string) => "page" | "issue" | undefined;
  /** Everything to this address instead, as an edition of its own. */
  readonly to: string | null;
  readonly dryRun: boolean;
  readonly software: string;
  readonly now: () => Instant;
}

export interface WrittenIssue {
  /** Null for a dry run. */
  readonly id: number | null;
  readonly key: string;
  readonly report: string;
  readonly subject: string;
  readonly recipient: string;
  readonly period: string;
  readonly edition: number;
  readonly delivery: string;
  /** `empty`: nothing to report, not sent. */
  readonly state: NewIssue["state"] | "empty" | "sent" | "failed" | "cancelled" | "sending";
  readonly title: string;
  /** False when the key was there before. */
  readonly isNew: boolean;
  readonly partial: boolean;
}

export async function writeReport(store: Store, options: WriteOptions): Promise<WrittenIssue[]> {
  return store.readMany(async (read) => {
    const written: WrittenIssue[] = [];
    for (const plan of options.plans) written.push(await writeIssue(store, read, plan, options));
    return written;
  });
}

async function writeIssue(
  store: Store,
  read: Store["read"],
  plan: IssuePlan,
  options: WriteOptions,
): Promise<WrittenIssue> {
  const { report, period, to, now } = options;
  const publishes = options.publishes?.(plan.delivery);
  if (publishes === "page") return keepPage(store, read, plan, options);
  const addressed = options.isAddressed(plan.delivery);
  const recipient = addressed && to !== null ? to : plan.recipient;
  const unedited = {
    site: store.site,
    report: report.id,
    subject: plan.subject,
    delivery: plan.delivery,
    recipient,
    period: period.word,
  };
  const edition = addressed && to !== null ? (await lastEdition(store.db, unedited)) + 1 : 1;
  const identity = { ...unedited, edition };
  const key = deliveryKey(identity);
  const shown = {
    report: report.id,
    subject: plan.subject,
    recipient,
    period: period.word,
    edition,
    delivery: plan.delivery,
  };
  const existing = await findIssue(store.db, key);
  if (existing !== null) {
    const { id, state, title } = existing;
    return { id, key, ...shown, state, title, isNew: false, partial: false };
  }
  const { departments, subject, language } = plan;
  const form = publishes === "issue" ? "public-issue" : addressed ? "mail" : "page";
  const built = await read((reader) =>
    options.build(reader, { period, subject, departments, language, form }),
  );
  const { title, partial } = built;
  if (built.empty && !report.sendEmpty) {
    return { id: null, key, ...shown, state: "empty", title, isNew: true, partial };
  }
  const state = options.mayGo(plan.delivery) || to !== null ? "due" : "waiting";
  if (options.dryRun) return { id: null, key, ...shown, state, title, isNew: true, partial };
  const { reportTitle, html, text, attachments, mappingVersion, asOf, told } = built;
  const listed = { from: period.from, recordIds: built.listed };
  const content = { reportTitle, title, html, text, attachments, mappingVersion, asOf, told, listed };
  await enqueue(store.db, { ...identity, ...content, state, createdAt: now(), software: options.software });
  const id = (await findIssue(store.db, key))?.id ?? null;
  return { id, key, ...shown, state, title, isNew: true, partial };
}

/**
 * A public page is one thing that changes: a new edition is written when it would look otherwise, and what was written
 * before is due again when it would not, so that its delivery sees whether somebody has touched it.
 */
async function keepPage(
  store: Store,
  read: Store["read"],
  { delivery, subject, departments, language }: IssuePlan,
  { report, period, dryRun, software, now, build }: WriteOptions,
): Promise<WrittenIssue> {
  const about = { report: report.id, subject, delivery, recipient: "" };
  const last = await newestIssue(store.db, about);
  const built = await read((reader) =>
    build(reader, { period, subject, departments, language, form: "public-page" }),
  );
  const { title, partial } = built;
  const isGivenUp = last?.state === "cancelled";
  if (last !== null && (isGivenUp || looksLike(last, built))) {
    const { id, key, edition } = last;
    if (!dryRun && !isGivenUp) await lookAgain(store.db, id);
    const state = isGivenUp ? "cancelled" : "due";
    return { id, key, ...about, period: last.period, edition, state, title, isNew: false, partial };
  }
  const edition = (await lastEdition(store.db, { ...about, period: period.word })) + 1;
  const identity = { site: store.site, ...about, period: period.word, edition };
  const key = deliveryKey(identity);
  const shown = {
    key,
    ...about,
    period: period.word,
    edition,
    state: "due",
    title,
    isNew: true,
    partial,
  } as const;
  if (dryRun) return { id: null, ...shown };
  await supersede(store.db, about);
  const { reportTitle, html, text, attachments, mappingVersion, asOf, told, listed } = built;
  await enqueue(store.db, {
    ...identity,
    ...{ reportTitle, title, html, text, attachments, mappingVersion, asOf, told },
    listed: { from: period.from, recordIds: listed },
    state: "due",
    createdAt: now(),
    software,
  });
  return { id: (await findIssue(store.db, key))?.id ?? null, ...shown };
}

function looksLike(last: OutboxIssue, built: BuiltReport): boolean {
  return (
    last.title === built.title &&
    last.html === built.html &&
    last.attachments.length === built.attachments.length &&
    last.attachments.every(({ name, bytes }, n) => {
      const other = built.attachments[n];
      return other?.name === name && Buffer.compare(Buffer.from(bytes), other.bytes) === 0;
    })
  );
}
