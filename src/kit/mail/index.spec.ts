import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { simpleParser } from "mailparser";
import type { Rendered } from "../contract.ts";
import { toFlowed } from "./flowed.ts";
import { renderEml } from "./index.ts";
import type { MailSettings } from "./index.ts";

const key = "c0ffee".padEnd(64, "0");
const date = new Date("2026-11-02T08:00:00Z");
const settings: MailSettings = {
  from: "Library <library@example.edu>",
  replyTo: "collections@example.edu",
  maxAttachmentBytes: 1000,
};
const report: Rendered = {
  report: "monthly",
  reportTitle: 'The "monthly" report',
  subject: "physics",
  period: "2026-10",
  edition: 1,
  recipient: "ada@example.edu",
  title: "Physik: Größe 📚 im Oktober",
  html: '<html lang="en"><body><p>412 loans</p><img src="cid:chart" alt="rising"></body></html>',
  text: "412 loans\n\nTitle                Loans\nشعر عربي                12\n",
  attachments: [
    { name: "physics.csv", type: "text/csv", bytes: Buffer.from("a,b\r\n") },
    { name: "chart.png", type: "image/png", bytes: Buffer.from("png"), contentId: "chart" },
  ],
};

async function source(rendered: Rendered, changed: Partial<MailSettings> = {}): Promise<string> {
  return Buffer.from(await renderEml(rendered, key, { ...settings, ...changed }, date)).toString("utf8");
}

test("carries text and HTML as alternatives, the picture beside the HTML, files after both", async () => {
  const text = await source(report);
  const mail = await simpleParser(text);

  expect(mail.text).toContain("412 loans");
  expect(mail.html).toContain("<p>412 loans</p>");
  expect(mail.attachments.map(({ filename, related }) => [filename, related ?? false])).toEqual([
    ["chart.png", true],
    ["physics.csv", false],
  ]);
  const types = [...text.matchAll(/^Content-Type: ([a-z]+\/[a-z]+)/gm)].map(([, type]) => type);
  expect(types).toEqual([
    "multipart/mixed",
    "multipart/alternative",
    "text/plain",
    "multipart/related",
    "text/html",
    "image/png",
    "text/csv",
  ]);
  expect(text).toMatch(/Content-Type: text\/plain;\s+charset=utf-8;\s+format=flowed/);
});

test("has the headers that keep machines from answering, and an id made of the key", async () => {
  const {
    headers,
    messageId,
    from,
    to,
    replyTo,
    subject,
    date: sentAt,
  } = await simpleParser(await source(report));

  expect(messageId).toBe(`<${key}@example.edu>`);
  expect([from, to, replyTo].flat().map((address) => address?.text)).toEqual([
    '"Library" <library@example.edu>',
    "ada@example.edu",
    "collections@example.edu",
  ]);
  expect(subject).toBe("Physik: Größe 📚 im Oktober");
  expect(sentAt).toEqual(date);
  expect(headers.get("auto-submitted")).toBe("auto-generated");
  expect(headers.get("x-auto-response-suppress")).toBe("All");
  expect(headers.get("mime-version")).toBe("1.0");
  expect(headers.get("list")).toMatchObject({
    id: { id: "monthly.example.edu", name: "The monthly report" },
    unsubscribe: { mail: "collections@example.edu?subject=unsubscribe%20monthly" },
  });
});

test("is the same, to the byte, when it is made again", async () => {
  expect(await source(report)).toBe(await source(report));
});

test("leaves out files that are too large, not its pictures, and says so in both forms", async () => {
  const mail = await simpleParser(await source(report, { maxAttachmentBytes: 4 }));

  expect(mail.attachments.map(({ filename }) => filename)).toEqual(["chart.png"]);
  expect(mail.text).toContain("too large for a mail");
  expect(mail.html).toContain("too large for a mail");
});

test("lets no line break in data make a header, and no line grow beyond 998 octets", async () => {
  const hostile = fc
    .array(
      fc.constantFrom("\r\n", "\n", "\r", "\0", "Bcc: x@y.z", " ", "ü", "📚", "a".repeat(400), "<", '"', ","),
    )
    .map((parts) => parts.join(""));
  await fc.assert(
    fc.asyncProperty(hostile, hostile, hostile, async (title, reportTitle, text) => {
      const mail = await source({ ...report, title, reportTitle, text, html: `<p>${text}</p>` });
      const { headers } = await simpleParser(mail);
      const lines = mail.split("\r\n");

      expect(headers.has("bcc")).toBe(false);
      expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(998);
      expect(mail.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    }),
    { numRuns: 60 },
  );
});

test("never reads a recipient as a list of them", async () => {
  const mail = await simpleParser(await source({ ...report, recipient: "ada@example.edu, bob@example.org" }));

  expect(mail.to).not.toMatchObject({ value: [{}, {}] });
});

test("wraps long lines so that they can be joined again, and stuffs what would be misread", () => {
  const flowed = toFlowed(`From here on ${"word ".repeat(40)}\n> quoted\n  indented\n${"x".repeat(100)}`);
  const unflowed = flowed
    .split("\n")
    .map((line) => line.replace(/^ /, ""))
    .join("\n")
    .replaceAll(/(?<= )\n/g, "");

  expect(flowed.split("\n").every((line) => line.length <= 78 || line.startsWith("xxx"))).toBe(true);
  expect(unflowed).toBe(
    `From here on ${"word ".repeat(40).trimEnd()}\n> quoted\n  indented\n${"x".repeat(100)}`,
  );
});
