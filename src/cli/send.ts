import { parsePeriod } from "../domain/period.ts";
import type { Period } from "../domain/period.ts";
import { dayIn } from "../domain/time.ts";
import { deliverDue } from "../jobs/deliver.ts";
import { unreached } from "../jobs/plan.ts";
import { allowMail, getReport, isMailAllowed, writeIssues } from "../jobs/send.ts";
import type { WrittenIssue } from "../jobs/report.ts";
import { listOutbox } from "../store/queries/outbox.ts";
import type { OutboxEntry } from "../store/queries/outbox.ts";
import { software } from "../version.ts";
import type { App } from "../app.ts";
import type { CliCommand, CliContext } from "./context.ts";
import { shapeOf } from "./outbox.ts";
import { table } from "./table.ts";

interface SendFlags {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly report?: string;
  readonly liaison?: string;
  readonly to?: string;
}

export const send: CliCommand = {
  register: (program, context) => {
    program
      .command("send")
      .summary("make and deliver what is due")
      .description(
        "Writes every report for its newest period, unless it was written before, and delivers what is due.",
      )
      .option("--dry-run", "show what would go to whom; write and send nothing")
      .option("--yes", "allow real mail; asked once an installation")
      .option("--report <name>", "only this report")
      .option("--liaison <id>", "only what goes to this liaison, or is about their departments")
      .option("--to <address>", "every mail to this address instead, as an edition of its own")
      .addHelpText(
        "after",
        "\nExamples:\n  liaison send --dry-run\n  liaison send --report monthly --to you@example.edu\n  liaison send --yes",
      )
      .action((flags: SendFlags) => context.withApp((app) => runSend(app, context, flags)));
  },
};

/** A period in the library's own terms. */
export function periodOf(app: App, word: string): Period {
  const { timezone: zone, academicYearStart, fiscalYearStart } = app.config.library;
  return parsePeriod(word, { zone, academicYearStart, fiscalYearStart, now: app.now() });
}

async function runSend(app: App, context: CliContext, flags: SendFlags): Promise<void> {
  const { store, config, now, log } = app;
  const dryRun = flags.dryRun === true;
  if (!dryRun && flags.to === undefined) await askOnce(app, context, flags);
  const { mapping } = await app.mapping();
  const deliveries = await app.openDeliveries();
  const reports = flags.report === undefined ? app.reports() : [getReport(app.reports(), flags.report)];
  const written: WrittenIssue[] = [];
  const isAddressed = (delivery: string): boolean => deliveries.get(delivery)?.addressed ?? false;
  const today = dayIn(now(), config.library.timezone);
  for (const report of reports) {
    // A report without deliveries is made by hand; that is said to who asks for it by name.
    if (report.deliveries.length > 0 || flags.report !== undefined)
      for (const note of unreached(report, mapping, isAddressed, today)) context.say(note);
    const sendContext = { store, config, mapping, deliveries, now, log, software };
    const { liaison, to } = flags;
    const options = { dryRun, ...(liaison !== undefined && { liaison }), ...(to !== undefined && { to }) };
    written.push(...(await writeIssues(sendContext, report, periodOf(app, report.period), options)));
  }
  if (dryRun) {
    print(context, written, []);
    return;
  }
  const result = await deliverDue(store, { deliveries, signal: context.signal, now, log });
  for (const { id } of result.interrupted) {
    context.say(`issue ${id} was interrupted while sending; it went out again under the same Message-ID`);
  }
  print(context, written, await listOutbox(store.db));
  if (result.failed + result.later > 0 || written.some(({ partial }) => partial)) context.exit(3);
  if (result.sent === 0 && result.failed + result.later > 0) context.exit(3);
}

/** Before the first real mail of an installation a person says yes. */
async function askOnce(app: App, context: CliContext, flags: SendFlags): Promise<void> {
  const { store, config, now } = app;
  if (!config.deliveries.some(({ type }) => type === "email")) return;
  if (flags.yes === true) {
    const released = await allowMail(store, now());
    if (released > 0) context.say(`${released} mails that waited go out now`);
    return;
  }
  if (await isMailAllowed(store)) return;
  const answer = await context.ask("This installation has sent no real mail yet. Send it now? (yes/no)");
  if (answer?.trim().toLowerCase() === "yes") await allowMail(store, now());
  else context.say('Mail waits: look with "liaison send --dry-run", then run "liaison send --yes".');
}

/** What this run wrote, with the state that each has now. */
function print(context: CliContext, written: readonly WrittenIssue[], outbox: readonly OutboxEntry[]): void {
  const entries = new Map(outbox.map((entry) => [entry.key, entry]));
  const shown = written.filter(({ state }) => state !== "empty");
  const ownKeys = new Set(written.map(({ key }) => key));
  const others = outbox.filter(
    ({ key, state }) => !ownKeys.has(key) && (state === "due" || state === "failed"),
  );
  const shapes = [...shown.map((issue) => shapeWritten(issue, entries)), ...others.map(shapeOf)];
  context.print(shapes, () =>
    [
      table(
        ["state", "report", "period", "for", "delivery", "to", "subject", "reason"],
        shown.map((issue) => {
          const entry = entries.get(issue.key);
          return [
            entry?.state ?? issue.state,
            issue.report,
            issue.period,
            issue.subject,
            issue.delivery,
            issue.recipient,
            issue.title,
            entry?.reason ?? (issue.isNew ? "" : "written before"),
          ];
        }),
      ),
      ...written
        .filter(({ state }) => state === "empty")
        .map((issue) => `not sent, nothing to report: ${issue.report} ${issue.period} for ${issue.subject}`),
    ].join("\n"),
  );
}

function shapeWritten(issue: WrittenIssue, entries: ReadonlyMap<string, OutboxEntry>): object {
  const entry = entries.get(issue.key);
  if (entry !== undefined) return shapeOf(entry);
  const { id, key, report, subject, recipient, period, edition, delivery, state, title } = issue;
  return { id, key, report, subject, recipient, period, edition, delivery, state, title };
}
