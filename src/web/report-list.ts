/** What was written, newest period first; one row for a report and its reader, however many ways it went. */
import type { OutboxEntry } from "../store/queries/outbox.ts";
import { html } from "../reports/render/html.ts";
import type { Html } from "../reports/render/html.ts";

const words = {
  due: "in the queue",
  waiting: "waits until real mail is allowed",
  sending: "is being sent",
  sent: "sent",
  failed: "not delivered",
  cancelled: "cancelled",
} as const satisfies Record<OutboxEntry["state"], string>;

const classes = {
  due: "waiting",
  waiting: "waiting",
  sending: "waiting",
  sent: "sent",
  failed: "failed",
  cancelled: "failed",
} as const satisfies Record<OutboxEntry["state"], string>;

export interface ListOptions {
  readonly locale: string;
  readonly timeZone: string;
}

export function reportList(entries: readonly OutboxEntry[], options: ListOptions): Html {
  if (entries.length === 0) {
    return html`<p class="empty">
      No report was written yet. <code>liaison report run monthly --all</code> makes one at once;
      <code>liaison send --dry-run</code> shows what is due.
    </p>`;
  }
  const byPeriod = Map.groupBy(entries, ({ period }) => period);
  const periods = [...byPeriod.keys()].sort((a, b) => (a < b ? 1 : -1));
  return html`${periods.map((period) => periodTable(period, byPeriod.get(period) ?? [], options))}`;
}

function periodTable(period: string, entries: readonly OutboxEntry[], options: ListOptions): Html {
  const issues = Map.groupBy(entries, ({ report, subject, edition }) =>
    JSON.stringify([report, subject, edition]),
  );
  return html`<h2>${period}</h2>
    <div class="scroll">
      <table>
        <caption>
          Reports for ${period}
        </caption>
        <thead>
          <tr>
            <th scope="col">Report</th>
            <th scope="col">For</th>
            <th scope="col">Delivered</th>
          </tr>
        </thead>
        <tbody>
          ${[...issues.values()].map((issue) => row(issue, options))}
        </tbody>
      </table>
    </div>`;
}

function row(issue: readonly OutboxEntry[], options: ListOptions): Html {
  const [first] = issue;
  if (first === undefined) return html``;
  const edition = first.edition === 1 ? "" : `, edition ${first.edition}`;
  return html`<tr>
    <th scope="row"><a href="/reports/${first.key}">${first.title}</a>${edition}</th>
    <td>${readerOf(first.subject)}</td>
    <td>
      <ul>
        ${issue.map((entry) => html`<li class="${classes[entry.state]}">${deliveryText(entry, options)}</li>`)}
      </ul>
    </td>
  </tr>`;
}

/** `liaison:meier` → `meier (liaison)`. */
export function readerOf(subject: string): string {
  const liaison = /^liaison:(.+)$/.exec(subject)?.[1];
  if (liaison !== undefined) return `${liaison} (liaison)`;
  return subject === "library" ? "the whole library" : subject;
}

function deliveryText(entry: OutboxEntry, { locale, timeZone }: ListOptions): string {
  const when =
    entry.at === null
      ? ""
      : `, ${new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone }).format(new Date(entry.at))}`;
  return `${entry.delivery}: ${words[entry.state]}${when}`;
}
