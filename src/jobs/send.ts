/** Makes what is due and puts it into the outbox: for the command line and for the daemon alike. */
import { ConfigError } from "../domain/problem.ts";
import type { Period } from "../domain/period.ts";
import { suggestion } from "../domain/spelling.ts";
import { dayIn } from "../domain/time.ts";
import type { Instant } from "../domain/time.ts";
import type { Config } from "../config/load.ts";
import type { Logger, OpenDelivery } from "../kit/contract.ts";
import type { Mapping } from "../mapping/index.ts";
import type { ReportDefinition } from "../reports/definition.ts";
import { releaseWaiting } from "../store/queries/outbox.ts";
import { getSetting, setSetting } from "../store/queries/setting.ts";
import type { Store } from "../store/index.ts";
import { reportBuilder } from "./build.ts";
import { planIssues } from "./plan.ts";
import { writeReport } from "./report.ts";
import type { WrittenIssue } from "./report.ts";

export interface SendContext {
  readonly store: Store;
  readonly config: Config;
  readonly mapping: Mapping;
  readonly deliveries: ReadonlyMap<string, OpenDelivery>;
  readonly now: () => Instant;
  readonly log: Logger;
  readonly software: string;
}

export interface SendOptions {
  /** Only what goes to, or is about the departments of, this liaison. */
  readonly liaison?: string;
  readonly to?: string;
  readonly dryRun?: boolean;
}

/** Throws ConfigError for a liaison that the mapping does not know. */
export async function writeIssues(
  context: SendContext,
  report: ReportDefinition,
  period: Period,
  options: SendOptions = {},
): Promise<WrittenIssue[]> {
  const { store, config, mapping, deliveries, now, log, software } = context;
  const isAddressed = (delivery: string): boolean => deliveries.get(delivery)?.addressed ?? false;
  const allowed = await isMailAllowed(store);
  const isMail = (id: string): boolean =>
    config.deliveries.some((section) => section.id === id && section.type === "email");
  const today = dayIn(now(), config.library.timezone);
  const plans = planIssues(report, mapping, isAddressed, today);
  const { liaison, to = null, dryRun = false } = options;
  if (liaison !== undefined) getLiaison(mapping, liaison);
  return writeReport(store, {
    report,
    period,
    plans: plans.filter(
      (plan) =>
        (liaison === undefined || concerns(plan.subject, mapping, liaison)) &&
        (to === null || isAddressed(plan.delivery)),
    ),
    build: reportBuilder(report, { config, mapping, now, software, log }),
    mayGo: (delivery) => allowed || !isMail(delivery),
    isAddressed,
    publishes: (delivery) => deliveries.get(delivery)?.publishes,
    to,
    dryRun,
    software,
    now,
  });
}

function getLiaison(mapping: Mapping, id: string): void {
  if (mapping.liaisons.has(id)) return;
  const known = [...mapping.liaisons.keys()];
  const meant = suggestion(id, known);
  const cure = meant === null ? `known: ${known.join(", ") || "none"}` : `did you mean "${meant}"?`;
  throw new ConfigError([
    { code: "UNKNOWN_LIAISON", what: `there is no liaison "${id}" in the mapping`, cure },
  ]);
}

function concerns(subject: string, mapping: Mapping, liaison: string): boolean {
  return (
    subject === `liaison:${liaison}` || mapping.departments.get(subject)?.liaisons.includes(liaison) === true
  );
}

const allowedSince = "first-mail-allowed";

/** Whether a person has said yes to real mail of this installation. */
export async function isMailAllowed(store: Store): Promise<boolean> {
  return (await getSetting(store.db, allowedSince)) !== null;
}

/** What waited is due now. */
export async function allowMail(store: Store, now: Instant): Promise<number> {
  if (!(await isMailAllowed(store))) await setSetting(store.db, allowedSince, now);
  return releaseWaiting(store.db);
}

/** By id. Throws ConfigError with the nearest name. */
export function getReport(reports: readonly ReportDefinition[], id: string): ReportDefinition {
  const found = reports.find((report) => report.id === id);
  if (found !== undefined) return found;
  const ids = reports.map((report) => report.id);
  const meant = suggestion(id, ids);
  const cure = meant === null ? `configured: ${ids.join(", ") || "none"}` : `did you mean "${meant}"?`;
  throw new ConfigError([{ code: "UNKNOWN_REPORT", what: `there is no report "${id}"`, cure }]);
}
