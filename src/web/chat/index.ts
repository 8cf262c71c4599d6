/**
 * The answers by HTTP for assistants: four questions by GET, as `openapi.json` says; a search for integrations that
 * ask in words; and a webhook before a message. A wrong or missing key gets 401 and no detail.
 */
import rateLimit from "@fastify/rate-limit";
import type { FastifyPluginAsync } from "fastify";
import { z } from "zod";
import { answerTo, given, openApiDocument } from "../../answers/index.ts";
import type { Answers } from "../../answers/index.ts";
import type { Instant } from "../../domain/time.ts";
import type { Secret } from "../../kit/secret.ts";
import { hasKey, isSigned } from "./keys.ts";

export interface ChatOptions {
  readonly answers: Answers;
  readonly library: string;
  /** Where assistants reach these pages, without scheme. */
  readonly host: string;
  /** Of the product. */
  readonly version: string;
  readonly keys: readonly Secret[];
  readonly webhookSecret?: Secret | undefined;
  readonly now: () => Instant;
}

const asked = z.string().trim().min(1).max(500).optional();
const language = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/)
  .optional();
const limit = z.coerce.number().int().min(1).max(50).optional();
const questions = {
  liaisons: z.object({ department: asked, language }),
  departments: z.object({ q: asked, language }),
  "new-titles": z.object({ department: asked, limit, language }),
  holdings: z.object({ q: asked, isbn: asked, issn: asked, limit, language }),
};
const SearchRequest = z.object({ query: z.string().max(500) });
const Webhook = z.looseObject({ payload: z.looseObject({}) });
const Payload = z.looseObject({ input: z.looseObject({ text: z.string() }) });

export const chat: FastifyPluginAsync<ChatOptions> = async (app, options) => {
  const { answers, keys, webhookSecret, now } = options;
  await app.register(rateLimit, { max: 300, timeWindow: "1 minute" });
  app.setErrorHandler(async (error: Error & { readonly statusCode?: number }, _, reply) => {
    const code = error instanceof z.ZodError ? 400 : (error.statusCode ?? 500);
    const why = error instanceof z.ZodError ? z.prettifyError(error) : code < 500 ? error.message : "";
    return reply.code(code).send({ found: false, text: "", items: [], ...(why !== "" && { error: why }) });
  });
  app.addHook("onSend", async (_, reply) => {
    void reply.header("cache-control", "no-store");
  });

  app.get("/openapi.json", () => openApiDocument(options));

  await app.register((withKey) => {
    withKey.addHook("onRequest", async (request, reply) => {
      if (!hasKey(request.headers, keys)) await reply.code(401).send({ error: "no valid key" });
    });
    withKey.get("/liaisons", ({ query }) => answers.liaisons(given(questions.liaisons.parse(query))));
    withKey.get("/departments", ({ query }) =>
      answers.departments(given(questions.departments.parse(query))),
    );
    withKey.get("/new-titles", ({ query }) => answers.newTitles(given(questions["new-titles"].parse(query))));
    withKey.get("/holdings", ({ query }) => answers.holdings(given(questions.holdings.parse(query))));
    withKey.post("/search", { bodyLimit: 65_536 }, async ({ body }) => {
      const { items } = await answers.holdings({ q: SearchRequest.parse(body).query });
      return {
        search_results: items.map(({ title, author, year, available, copies, url, onlineUrl }) => ({
          title,
          body: [author, year, `${String(available)} of ${String(copies)} available`]
            .filter((part) => part !== undefined)
            .join(", "),
          ...((url ?? onlineUrl) !== undefined && { url: url ?? onlineUrl }),
        })),
      };
    });
    return Promise.resolve();
  });

  if (webhookSecret === undefined) return;
  app.post("/webhook", { bodyLimit: 1_048_576 }, async (request, reply) => {
    if (!(await isSigned(request.headers, webhookSecret, now)))
      return reply.code(401).send({ error: "no valid signature" });
    const { payload } = Webhook.parse(request.body);
    const message = Payload.safeParse(payload);
    const answer = message.success ? await answerTo(answers, message.data.input.text) : null;
    // What is not for us goes on to the assistant as it came.
    if (answer === null) return { payload };
    return reply
      .header("x-watson-assistant-webhook-return", "answered")
      .send({ output: { generic: [{ response_type: "text", text: answer.text }] } });
  });
};
