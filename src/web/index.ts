/**
 * The read-only pages: which reports were written, each as it went out, and whether the daemon is well. For this
 * machine only: there is no login yet, so another host's name in a request is refused as well (DNS rebinding).
 */
import helmet from "@fastify/helmet";
import Fastify from "fastify";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Logger } from "../kit/contract.ts";
import { asciiName } from "../reports/names.ts";
import { findIssue, listOutbox } from "../store/queries/outbox.ts";
import type { OutboxEntry } from "../store/queries/outbox.ts";
import type { Reader, Store } from "../store/index.ts";
import { html } from "../reports/render/html.ts";
import { chat } from "./chat/index.ts";
import type { ChatOptions } from "./chat/index.ts";
import { page } from "./page.ts";
import type { Frame } from "./page.ts";
import { reportList } from "./report-list.ts";
import { issueHtml } from "./issue.ts";
import { style } from "./style.ts";

export interface WebOptions {
  readonly store: Store;
  readonly frame: Frame;
  readonly timeZone: string;
  /** How readers of mails reach these pages, if they do. */
  readonly publicUrl: string | undefined;
  /** What `/status` shows, in the shape of `liaison status --json`. */
  readonly status: () => Promise<object>;
  /** Answers for assistants, where they are configured. */
  readonly chat?: ChatOptions;
  readonly log: Logger;
}

const nothing = ["'none'"];

export async function createWeb(options: WebOptions): Promise<FastifyInstance> {
  const { store, frame, timeZone, log } = options;
  const hosts = allowedHosts(options.publicUrl);
  const app = Fastify({ logger: false, trustProxy: false, forceCloseConnections: true });
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: nothing,
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        baseUri: nothing,
        formAction: nothing,
        frameAncestors: nothing,
      },
    },
    referrerPolicy: { policy: "no-referrer" },
    strictTransportSecurity: false, // these pages are plain HTTP on loopback; the proxy before them decides
  });

  app.addHook("onRequest", async (request, reply) => {
    if (hosts.has(request.hostname.toLowerCase())) return;
    await reply.code(421).type("text/plain; charset=utf-8").send("These pages have another address.\n");
  });

  const send = (
    reply: FastifyReply,
    title: string,
    lead: string,
    content: ReturnType<typeof html>,
  ): FastifyReply => reply.type("text/html; charset=utf-8").send(page(frame, title, lead, content));

  app.get("/", async (_, reply) => {
    const entries = await store.read(({ db }) => listOutbox(db));
    return send(
      reply,
      "Reports",
      frame.library,
      reportList(entries.toReversed(), { locale: frame.locale, timeZone }),
    );
  });

  app.get("/style.css", (_, reply) => reply.type("text/css; charset=utf-8").send(style));

  app.get<{ Params: { key: string } }>("/reports/:key", async ({ params }, reply) => {
    const issue = await findByKey(store, params.key);
    if (issue === null) return notFound(reply);
    const { body, styleHashes } = issueHtml(issue);
    // A report carries its styles with it, as a mail does; attributes cannot be hashed, and can load nothing here.
    const styles = ["style-src-attr 'unsafe-inline'", `style-src-elem ${styleHashes.join(" ") || "'none'"}`];
    void reply.header(
      "content-security-policy",
      `default-src 'none';${styles.join(";")};img-src 'self' data:;base-uri 'none';form-action 'none';frame-ancestors 'none'`,
    );
    return reply.type("text/html; charset=utf-8").send(body);
  });

  app.get<{ Params: { key: string; name: string } }>("/reports/:key/:name", async ({ params }, reply) => {
    const page = /^(.+)\.html$/.exec(params.name)?.[1];
    if (page !== undefined) {
      const found = await store.read(({ db }) => findByFileName(db, params.key, page));
      return found === null ? notFound(reply) : reply.redirect(`/reports/${found}`);
    }
    const issue = await findByKey(store, params.key);
    const attachment = issue?.attachments.find(({ name }) => name === params.name);
    if (attachment === undefined) return notFound(reply);
    const inline = attachment.type.startsWith("image/png");
    return reply
      .type(attachment.type)
      .header(
        "content-disposition",
        `${inline ? "inline" : "attachment"}; filename*=UTF-8''${encodeURIComponent(attachment.name)}`,
      )
      .send(Buffer.from(attachment.bytes));
  });

  app.get("/healthz", async (_, reply) => {
    await store.read(({ db }) => db.selectFrom("setting").select("name").limit(1).execute());
    return reply.header("cache-control", "no-store").send({ ok: true });
  });

  app.get("/status", async (_, reply) =>
    reply.header("cache-control", "no-store").send(await options.status()),
  );

  if (options.chat !== undefined) await app.register(chat, { prefix: "/chat/v1", ...options.chat });

  const notFound = (reply: FastifyReply): FastifyReply =>
    send(
      reply.code(404),
      "Not here",
      frame.library,
      html`<p>
        There is no such page. It may have been removed with old reports. <a href="/">All reports</a>
      </p>`,
    );
  app.setNotFoundHandler((_, reply) => notFound(reply));

  app.setErrorHandler(async (error: Error & { readonly statusCode?: number }, request, reply) => {
    const code = error.statusCode !== undefined && error.statusCode < 500 ? error.statusCode : 500;
    if (code === 500) log.error({ route: request.routeOptions.url ?? null, err: error }, "page failed");
    if (request.routeOptions.url === "/healthz") return reply.code(503).send({ ok: false });
    return send(
      reply.code(code),
      "Something went wrong",
      frame.library,
      html`<p>The page could not be made. The log of the daemon says why. <a href="/">All reports</a></p>`,
    );
  });
  return app;
}

function findByKey(store: Store, key: string): ReturnType<typeof findIssue> {
  return /^[0-9a-f]{64}$/.test(key) ? store.read(({ db }) => findIssue(db, key)) : Promise.resolve(null);
}

/** `monthly`, `physics-2026-10`: as reports name their own page. The newest edition; a department's before a liaison's. */
async function findByFileName(db: Reader["db"], report: string, name: string): Promise<string | null> {
  const issues = (await listOutbox(db)).filter(
    (issue) => issue.report === report && fileNameOf(issue) === name && issue.state !== "cancelled",
  );
  const own = issues.filter(({ recipient }) => recipient === "");
  return (own.length > 0 ? own : issues).at(-1)?.key ?? null;
}

function fileNameOf({ subject, period }: OutboxEntry): string {
  return `${asciiName(subject.replace(/^liaison:/, ""))}-${period.toLowerCase().replace("/", "-").replace("..", "_")}`;
}

function allowedHosts(publicUrl: string | undefined): ReadonlySet<string> {
  const own = ["127.0.0.1", "localhost", "[::1]", "::1"];
  return new Set(publicUrl === undefined ? own : [...own, new URL(publicUrl).hostname.toLowerCase()]);
}
