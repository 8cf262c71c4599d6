/** Mail through the library's SMTP server, one recipient a message. */
import { readFileSync } from "node:fs";
import path from "node:path";
import nodemailer from "nodemailer";
import type SMTPTransport from "nodemailer/lib/smtp-transport/index.js";
import type { Problem } from "../../src/domain/problem.ts";
import { defineDelivery } from "../../src/kit/contract.ts";
import type { Check, Outcome } from "../../src/kit/contract.ts";
import { mailOf, messageId } from "../../src/kit/mail/index.ts";
import { Config } from "./config.ts";

function transportOptions({ smtp, timeoutMs }: Config, folder: string): SMTPTransport.Options {
  return {
    host: smtp.host,
    port: smtp.port,
    secure: smtp.tls === "implicit",
    requireTLS: smtp.tls === "starttls",
    ignoreTLS: smtp.tls === "none",
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(smtp.user !== undefined && { auth: { user: smtp.user, pass: smtp.password?.reveal() ?? "" } }),
    ...(smtp.ca !== undefined && { tls: { ca: readFileSync(path.resolve(folder, smtp.ca), "utf8") } }),
  };
}

interface SmtpFailure {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly message: string;
}

/** 5xx is an answer for good, everything else may pass: 4xx, a server that is down, a broken connection. */
function outcomeOf(error: unknown, config: Config): Exclude<Outcome, { type: "sent" }> {
  const failure = error as SmtpFailure; // of nodemailer: an Error with the server's answer
  const where = `${config.smtp.host}:${config.smtp.port}`;
  const why = failure.response ?? failure.message;
  if (failure.code === "EAUTH") {
    const cure = "check smtp.user and the password; the server may want an application password";
    return {
      type: "later",
      problem: { code: "SMTP_LOGIN", what: "the mail server refuses the login", where, why, cure },
    };
  }
  const permanent = failure.responseCode !== undefined && failure.responseCode >= 500;
  const problem: Problem = permanent
    ? {
        code: "SMTP_REFUSED",
        what: "the mail server refuses this mail",
        where,
        why,
        cure: "check the recipient's address",
      }
    : {
        code: "SMTP_UNAVAILABLE",
        what: "the mail server did not take the mail",
        where,
        why,
        cure: "nothing to do if it comes back; it is tried again",
      };
  return { type: permanent ? "refused" : "later", problem };
}

export const email = defineDelivery<Config>({
  id: "email",
  config: Config,
  open: (config, kit) => {
    const transport = nodemailer.createTransport(transportOptions(config, kit.folder));
    return {
      addressed: true,
      deliver: async (rendered, key): Promise<Outcome> => {
        const settings = {
          from: config.from,
          replyTo: config.replyTo ?? null,
          maxAttachmentBytes: config.attachments.maxBytes,
        };
        const mail = mailOf(rendered, key, settings, new Date(kit.now()));
        try {
          await transport.sendMail(
            config.redirectTo === undefined ? mail : { ...mail, to: config.redirectTo },
          );
          return { type: "sent", receipt: { target: config.smtp.host, handle: messageId(key, config.from) } };
        } catch (error) {
          return outcomeOf(error, config);
        }
      },
      async *check(): AsyncIterable<Check> {
        try {
          await transport.verify();
          yield {
            check: "mail",
            state: "ok",
            message: `${config.smtp.host}:${config.smtp.port} answers and takes the login`,
          };
        } catch (error) {
          const { problem } = outcomeOf(error, config);
          yield {
            check: "mail",
            state: "failure",
            message: `${problem.what} (${problem.where ?? ""}): ${problem.why ?? ""}`,
            ...(problem.cure !== undefined && { cure: problem.cure }),
          };
        }
      },
      close: () => {
        transport.close();
        return Promise.resolve();
      },
    };
  },
});
