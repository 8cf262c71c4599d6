/** A report as it was sent, for the page: pictures by `cid:` come from here, attachments are listed beneath. */
import { createHash } from "node:crypto";
import type { OutboxIssue } from "../store/queries/outbox.ts";
import { html } from "../reports/render/html.ts";

export interface IssuePage {
  readonly body: string;
  /** CSP sources of its `<style>` elements. */
  readonly styleHashes: readonly string[];
}

export function issueHtml(issue: OutboxIssue): IssuePage {
  const shown = issue.html.replaceAll(/\bcid:([A-Za-z0-9._@-]+)/g, (whole, id: string) => {
    const picture = issue.attachments.find(({ contentId }) => contentId === id);
    return picture === undefined ? whole : addressOf(issue, picture.name);
  });
  const body = beforeEnd(shown, attachmentList(issue));
  const styleHashes = [...body.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(
    ([, css]) =>
      `'sha256-${createHash("sha256")
        .update(css ?? "")
        .digest("base64")}'`,
  );
  return { body, styleHashes };
}

function addressOf(issue: OutboxIssue, name: string): string {
  return `/reports/${issue.key}/${encodeURIComponent(name)}`;
}

function attachmentList(issue: OutboxIssue): string {
  const files = issue.attachments.filter(({ contentId }) => contentId === undefined);
  if (files.length === 0) return "";
  return html`<nav
    aria-label="Files"
    style="max-width:600px;margin:16px auto;padding:0 16px;font-family:sans-serif"
  >
    <h2 style="font-size:16px">Files of this report</h2>
    <ul>
      ${files.map(({ name }) => html`<li><a href="${addressOf(issue, name)}">${name}</a></li>`)}
    </ul>
  </nav>`.text;
}

function beforeEnd(document: string, addition: string): string {
  const end = document.lastIndexOf("</body>");
  return end === -1 ? document + addition : document.slice(0, end) + addition + document.slice(end);
}
