import { StopError } from "../domain/problem.ts";
import { withdrawIssue } from "../jobs/deliver.ts";
import { allowTakeOver, findIssue, listOutbox, moveIssue } from "../store/queries/outbox.ts";
import type { OutboxEntry, OutboxIssue } from "../store/queries/outbox.ts";
import type { App } from "../app.ts";
import type { CliCommand, CliContext } from "./context.ts";
import { table } from "./table.ts";

export const outbox: CliCommand = {
  register: (program, context) => {
    const command = program.command("outbox").summary("what was sent, what waits, what failed");
    command
      .command("list")
      .summary("every issue with its state")
      .action(() =>
        context.withApp(async (app) => {
          const entries = await listOutbox(app.store.db);
          context.print(entries.map(shapeOf), () => outboxTable(entries));
        }),
      );
    command
      .command("show")
      .summary("one issue: state, reason, headers and text")
      .argument("<id>", "its number, or its key")
      .addHelpText("after", "\nExample:\n  liaison outbox show 12")
      .action((id: string) =>
        context.withApp(async (app) => {
          const issue = await getIssue(app, id);
          context.print(detailsOf(issue), () => readableIssue(issue));
        }),
      );
    command
      .command("retry")
      .summary("send again what failed, waits or was cancelled, at the next send")
      .argument("<id>", "its number, or its key")
      .option("--take-over", "overwrite what a person has edited, deleted or made in its place")
      .action((id: string, { takeOver = false }: { readonly takeOver?: boolean }) =>
        move(context, id, "due", "is due again", takeOver),
      );
    command
      .command("withdraw")
      .summary("take back what was published: a page, a post, a feed")
      .argument("<id>", "its number, or its key")
      .addHelpText(
        "after",
        "\nIt is not written again until it is retried.\n\nExample:\n  liaison outbox withdraw 12",
      )
      .action((id: string) => withdraw(context, id));
    command
      .command("cancel")
      .summary("never send it")
      .argument("<id>", "its number, or its key")
      .action((id: string) => move(context, id, "cancelled", "is cancelled"));
  },
};

async function withdraw(context: CliContext, id: string): Promise<void> {
  await context.withApp(async (app) => {
    const issue = await getIssue(app, id);
    const deliveries = await app.openDeliveries();
    await withdrawIssue(app.store, issue, { deliveries, signal: context.signal, now: app.now });
    const withdrawn = await getIssue(app, String(issue.id));
    context.print(shapeOf(withdrawn), () => `issue ${issue.id} is taken back`);
  });
}

async function move(
  context: CliContext,
  id: string,
  to: "due" | "cancelled",
  said: string,
  takeOver = false,
): Promise<void> {
  await context.withApp(async (app) => {
    const issue = await getIssue(app, id);
    if (takeOver) await allowTakeOver(app.store.db, issue, app.now());
    if (!(await moveIssue(app.store.db, issue.id, to))) {
      throw new StopError({
        code: "OUTBOX_STATE",
        what: `issue ${issue.id} is ${issue.state}`,
        why: to === "due" ? "a key goes out once" : "it cannot be called back",
        cure: "only what has not gone out can be moved",
      });
    }
    const moved = await getIssue(app, String(issue.id));
    context.print(shapeOf(moved), () => `issue ${issue.id} ${said}`);
  });
}

async function getIssue(app: App, id: string): Promise<OutboxIssue> {
  const issue = await findIssue(app.store.db, id);
  if (issue !== null) return issue;
  throw new StopError({
    code: "NOT_FOUND",
    what: `there is no issue "${id}" in the outbox`,
    cure: 'see "liaison outbox list"',
  });
}

/** The shape of `send --json` and `outbox list --json`. */
export function shapeOf(entry: OutboxEntry): object {
  const { id, key, report, subject, recipient, period, edition, delivery, state, at, reason, title } = entry;
  return {
    id,
    key,
    report,
    subject,
    recipient,
    period,
    edition,
    delivery,
    state,
    ...(at !== null && { at }),
    ...(reason !== null && { reason }),
    title,
  };
}

export function outboxTable(entries: readonly OutboxEntry[]): string {
  return table(
    ["id", "state", "report", "period", "for", "delivery", "to", "when", "reason"],
    entries.map((entry) => [
      entry.id,
      entry.state,
      entry.report,
      entry.edition === 1 ? entry.period : `${entry.period} ed. ${entry.edition}`,
      entry.subject,
      entry.delivery,
      entry.recipient,
      entry.at,
      entry.reason ?? "",
    ]),
  );
}

function detailsOf(issue: OutboxIssue): object {
  return {
    ...shapeOf(issue),
    attempts: issue.attempts,
    createdAt: issue.created_at,
    mappingVersion: issue.mapping_version,
    asOf: issue.as_of,
    text: issue.text,
    html: issue.html,
    attachments: issue.attachments.map(({ name, type, bytes }) => ({ name, type, bytes: bytes.length })),
  };
}

function readableIssue(issue: OutboxIssue): string {
  const facts: readonly (readonly [string, string | null])[] = [
    ["state", issue.state],
    ["reason", issue.reason],
    ["at", issue.at],
    ["report", `${issue.report} ${issue.period}, edition ${issue.edition}`],
    ["for", issue.subject],
    ["to", issue.recipient === "" ? issue.delivery : `${issue.recipient} by ${issue.delivery}`],
    ["subject", issue.title],
    ["made", `${issue.created_at}, data as of ${issue.as_of ?? "unknown"}, mapping ${issue.mapping_version}`],
    ["files", issue.attachments.map(({ name, bytes }) => `${name} (${bytes.length} bytes)`).join(", ")],
    ["key", issue.key],
  ];
  const head = facts.filter(([, value]) => value !== null && value !== "");
  return [...head.map(([name, value]) => `${name.padEnd(8)} ${value ?? ""}`), "", issue.text].join("\n");
}
