/** Mail through the library's SMTP server, one recipient a message. */
import { readFileSync } from "node:fs";
import path from "node:path";
import nodemailer from "nodemailer";
import type SMTPTransport from "nodemailer/lib/smtp-transport/index.js";
import { LiaisonError, RetryError, StopError } from "../../src/domain/problem.ts";
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

/** What nodemailer adds to an Error: its own code, and the server's answer if there was one. */
interface SmtpFailure {
  readonly code?: string;
  /** Of the socket or of TLS. */
  readonly originalCode?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly message: string;
}

/**
 * An answer about this mail is an outcome: 5xx for good, 4xx may pass. What concerns every mail is thrown, and the
 * delivery rests: StopError for a login or a certificate, RetryError for a server that is down or going down (421).
 */
function outcomeOf(error: unknown, config: Config): Exclude<Outcome, { type: "sent" }> {
  const failure = error as SmtpFailure;
  const where = `${config.smtp.host}:${config.smtp.port}`;
  const why = failure.response ?? failure.message;
  const answer = failure.responseCode ?? 0;
  if (failure.code === "EAUTH" || answer === 530 || answer === 535) {
    const cure = "check smtp.user and the password; the server may want an application password";
    throw new StopError(
      { code: "SMTP_LOGIN", what: "the mail server refuses the login", where, why, cure },
      error,
    );
  }
  if (failure.code === "ETLS" || unsafe.test(failure.originalCode ?? "")) {
    const cure = "check smtp.tls and the port; name the authority of a private certificate as smtp.ca";
    const what = "there is no safe connection to the mail server";
    throw new StopError({ code: "SMTP_TLS", what, where, why, cure }, error);
  }
  if (answer === 0 || answer === 421) {
    const cure = "nothing to do if it comes back: it is tried again";
    const what = "the mail server cannot be reached";
    throw new RetryError({ code: "SMTP_UNAVAILABLE", what, where, why, cure }, { cause: error });
  }
  const refused = answer >= 500;
  return {
    type: refused ? "refused" : "later",
    problem: {
      code: refused ? "SMTP_REFUSED" : "SMTP_LATER",
      what: refused ? "the mail server refuses this mail" : "the mail server does not take this mail yet",
      where,
      why,
      cure: refused
        ? "check the recipient's address, then retry"
        : "nothing to do: it is tried again for a day",
    },
  };
}

/** Codes of OpenSSL, as Node hands them on. */
const unsafe = /CERT|SELF_SIGNED|UNABLE_TO_|^ERR_(?:SSL|TLS)_/;

/** For a check: the same words, whatever would have to be done with a mail. */
function problemOf(error: unknown, config: Config): Problem {
  try {
    return outcomeOf(error, config).problem;
  } catch (thrown) {
    if (thrown instanceof LiaisonError) return thrown.problem;
    throw thrown;
  }
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
        const recipient = config.redirectTo ?? rendered.recipient;
        try {
          await transport.sendMail(mailOf({ ...rendered, recipient }, key, settings, new Date(kit.now())));
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
          const problem = problemOf(error, config);
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
