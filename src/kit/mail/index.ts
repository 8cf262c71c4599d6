/**
 * One report as one mail: text and HTML alternatives, headers that keep machines from answering, a Message-ID made
 * from the delivery's key so that a retry is recognisably the same (RFC 5322, 2919, 3834, 8058).
 */
import MailComposer from "nodemailer/lib/mail-composer/index.js";
import type Mail from "nodemailer/lib/mailer/index.js";
import type { Rendered } from "../contract.ts";
import { toFlowed } from "./flowed.ts";

export interface MailSettings {
  /** `Library <library@example.edu>`. */
  readonly from: string;
  readonly replyTo: string | null;
  /** Attachments above this are left out, with a line that says so. */
  readonly maxAttachmentBytes: number;
}

/** CR and LF in data can never make a header. */
function headerText(text: string): string {
  return text.replaceAll(/[\r\n\t\0]+/g, " ").trim();
}

/** `library@example.edu` of `Library <library@example.edu>`. */
export function addressOf(from: string): string {
  return /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from.trim();
}

export function messageId(key: string, from: string): string {
  return `<${key}@${addressOf(from).split("@")[1] ?? "localhost"}>`;
}

/** What nodemailer sends or writes; `date` is when the report was made. */
export function mailOf(rendered: Rendered, key: string, settings: MailSettings, date: Date): Mail.Options {
  const own = addressOf(settings.from);
  const domain = own.split("@")[1] ?? "localhost";
  const pictures = rendered.attachments.filter(({ contentId }) => contentId !== undefined);
  const files = rendered.attachments.filter(({ contentId }) => contentId === undefined);
  const size = files.reduce((total, { bytes }) => total + bytes.length, 0);
  const fits = size <= settings.maxAttachmentBytes;
  const leftOut = fits
    ? ""
    : `The files of this report (${size} bytes) are too large for a mail. Its page has them.`;
  const text = toFlowed(fits ? `${rendered.text}\n` : `${rendered.text}\n\n${leftOut}\n`);
  const html = fits ? rendered.html : beforeEnd(rendered.html, `<p style="padding:0 16px">${leftOut}</p>`);
  return {
    from: headerText(settings.from),
    to: { name: "", address: headerText(rendered.recipient) }, // never read as a list
    ...(settings.replyTo !== null && { replyTo: headerText(settings.replyTo) }),
    subject: headerText(rendered.title),
    date,
    baseBoundary: key.slice(0, 16),
    messageId: messageId(key, settings.from),
    alternatives: [
      { content: text, contentType: "text/plain; charset=utf-8; format=flowed" },
      { content: html.replaceAll(/\r\n?/g, "\n"), contentType: "text/html; charset=utf-8" },
    ],
    textEncoding: "quoted-printable",
    headers: {
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
      "List-Id": { prepared: true, value: `${quoted(rendered.reportTitle)}<${rendered.report}.${domain}>` },
      "List-Unsubscribe": {
        prepared: true,
        value: `<mailto:${addressOf(settings.replyTo ?? settings.from)}?subject=${encodeURIComponent(`unsubscribe ${rendered.report}`)}>`,
      },
    },
    attachments: [...pictures, ...(fits ? files : [])].map(({ name, type, bytes, contentId }) => ({
      filename: name,
      contentType: type,
      content: Buffer.from(bytes),
      ...(contentId !== undefined && { cid: contentId }),
    })),
  };
}

function beforeEnd(html: string, addition: string): string {
  const end = html.lastIndexOf("</body>");
  return end === -1 ? html + addition : html.slice(0, end) + addition + html.slice(end);
}

function quoted(text: string): string {
  const ascii = headerText(text)
    .replaceAll(/[^\x20-\x7e]/g, "")
    .replaceAll(/["\\]/g, "")
    .slice(0, 100);
  return ascii === "" ? "" : `"${ascii}" `;
}

/** The bytes of the mail as it would go over the wire: an `.eml` file. */
export async function renderEml(
  rendered: Rendered,
  key: string,
  settings: MailSettings,
  date: Date,
): Promise<Uint8Array> {
  return new MailComposer({ ...mailOf(rendered, key, settings, date), newline: "windows" }).compile().build();
}
