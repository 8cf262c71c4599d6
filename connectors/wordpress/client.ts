/**
 * Requests to one WordPress site (REST API v2). Every answer is checked to be one before it is used; what concerns the
 * whole site is thrown: StopError for what a person must mend, RetryError for what passes.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { z } from "zod";
import { Cancelled, DataError } from "../../src/domain/problem.ts";
import type { DeliveryKit, HttpResponse } from "../../src/kit/contract.ts";
import type { Config } from "./config.ts";
import { loginRefused, mustBeSite, noPasswords, rightMissing } from "./problems.ts";
import { Index, Linked, Me, Post, Refusal, Term } from "./schema.ts";

export type PostType = "pages" | "posts";
type Fields = Readonly<Record<string, string>>;

export interface Client {
  /** Where the site is and who we are in it. Throws StopError when it is no WordPress, or lets nobody in. */
  connect(signal: AbortSignal): Promise<{ readonly index: Index; readonly me: Me }>;
  /** By id, in the bin too; null: there is none. */
  get(type: PostType, id: number, signal: AbortSignal): Promise<Post | null>;
  /** Those whose text holds the words, but for the bin. */
  search(type: PostType, words: string, signal: AbortSignal): Promise<readonly Post[]>;
  /** The one with this slug, but for the bin. */
  bySlug(type: PostType, slug: string, signal: AbortSignal): Promise<Post | null>;
  /** Address of a public page; null: there is none of this slug. */
  linkOf(slug: string, signal: AbortSignal): Promise<string | null>;
  create(type: PostType, fields: Fields, signal: AbortSignal): Promise<Post>;
  update(type: PostType, id: number, fields: Fields, signal: AbortSignal): Promise<Post>;
  /** Into the bin. */
  trash(type: PostType, id: number, signal: AbortSignal): Promise<void>;
  /** The id of a category, made when it is missing. */
  category(slug: string, name: string, signal: AbortSignal): Promise<number>;
}

/** Answers that are read here: refusals with a reason, a page that is gone. */
const told = [400, 401, 403, 404, 410];
const anyStatus = "publish,future,draft,pending,private";
const postFields = "id,slug,status,link,modified_gmt,title.raw,content.raw";

export function createClient(config: Config, { http }: DeliveryKit): Client {
  const site = config.url.replace(/\/$/, "");
  const authorization = (): string =>
    `Basic ${Buffer.from(`${config.auth.user}:${config.auth.password.reveal()}`, "utf8").toString("base64")}`;
  let plain = false;
  let connected: { readonly index: Index; readonly me: Me } | null = null;
  let nextWriteAt = 0;

  /** `/wp-json/wp/v2/pages?…`, or `/?rest_route=/wp/v2/pages&…` where permalinks are plain. */
  const addressOf = (route: string, query: Fields): string => {
    const search = new URLSearchParams(plain ? { rest_route: route, ...query } : query).toString();
    return `${site}${plain ? "/" : `/wp-json${route}`}${search === "" ? "" : `?${search}`}`;
  };

  const read = (route: string, query: Fields, signal: AbortSignal): Promise<HttpResponse> =>
    http.request({
      url: addressOf(route, query),
      headers: { Authorization: authorization() },
      expect: told,
      signal,
    });

  const write = async (
    route: string,
    form: Fields,
    signal: AbortSignal,
    method?: "DELETE",
  ): Promise<HttpResponse> => {
    await politely(signal);
    return http.request({
      url: addressOf(route, {}),
      method: "POST",
      headers: {
        Authorization: authorization(),
        ...(method !== undefined && { "X-HTTP-Method-Override": method }),
      },
      form,
      expect: told,
      signal,
    });
  };

  const politely = async (signal: AbortSignal): Promise<void> => {
    const pauseMs = nextWriteAt - performance.now();
    nextWriteAt = performance.now() + Math.max(0, pauseMs) + 60_000 / config.writesPerMinute;
    if (pauseMs <= 0) return;
    try {
      await delay(pauseMs, undefined, { signal });
    } catch (error) {
      if (signal.aborted) throw new Cancelled();
      throw error;
    }
  };

  /** Throws for every refusal that is not of this one page. */
  const checked = <T>(response: HttpResponse, schema: z.ZodType<T>): T => {
    const body = jsonOf(response, site);
    if (response.status < 400) {
      const parsed = schema.safeParse(body);
      if (parsed.success) return parsed.data;
      throw mustBeSite(site, "its answer has another form than WordPress'");
    }
    const refusal = Refusal.safeParse(body);
    if (!refusal.success) throw mustBeSite(site, `it answered ${response.status} without a reason`);
    const { code, message } = refusal.data;
    if (response.status === 401) throw loginRefused(site, config.auth.user, code);
    if (response.status === 403) throw rightMissing(site, config.auth.user, message);
    throw new DataError({
      code: "WORDPRESS_REFUSED",
      what: `WordPress refuses this: ${message}`,
      where: `${site} (${code})`,
      cure: "see what stands there; if it is right, this is a fault of this program",
    });
  };

  async function discover(signal: AbortSignal): Promise<Index> {
    for (plain of [false, true]) {
      const response = await http.request({ url: addressOf("/", {}), expect: told, signal });
      const parsed = Index.safeParse(tryJson(response));
      if (parsed.success && parsed.data.namespaces.includes("wp/v2")) return parsed.data;
    }
    throw mustBeSite(site, "neither /wp-json/ nor /?rest_route=/ answers as WordPress does");
  }

  const list = async (type: PostType, query: Fields, signal: AbortSignal): Promise<readonly Post[]> => {
    const all = { ...query, status: anyStatus, context: "edit", _fields: postFields };
    return checked(await read(`/wp/v2/${type}`, all, signal), Post.array());
  };

  const saved = async (route: string, fields: Fields, signal: AbortSignal): Promise<Post> =>
    checked(await write(route, { ...fields, _fields: postFields }, signal), Post);

  return {
    connect: async (signal) => {
      if (connected !== null) return connected;
      const index = await discover(signal);
      if (!index.authentication) throw noPasswords(site);
      const me = checked(
        await read("/wp/v2/users/me", { context: "edit", _fields: "id,roles,capabilities" }, signal),
        Me,
      );
      connected = { index, me };
      return connected;
    },
    get: async (type, id, signal) => {
      const response = await read(`/wp/v2/${type}/${id}`, { context: "edit", _fields: postFields }, signal);
      if (response.status === 404 && codeOf(response) === "rest_post_invalid_id") return null;
      return checked(response, Post);
    },
    search: (type, words, signal) => list(type, { search: words, per_page: "100" }, signal),
    bySlug: async (type, slug, signal) => (await list(type, { slug }, signal))[0] ?? null,
    linkOf: async (slug, signal) => {
      const query = { slug, status: "publish", _fields: "link" };
      return checked(await read("/wp/v2/pages", query, signal), Linked.array())[0]?.link ?? null;
    },
    create: (type, fields, signal) => saved(`/wp/v2/${type}`, fields, signal),
    update: (type, id, fields, signal) => saved(`/wp/v2/${type}/${id}`, fields, signal),
    trash: async (type, id, signal) => {
      const response = await write(`/wp/v2/${type}/${id}`, {}, signal, "DELETE");
      if (response.status !== 404 && response.status !== 410) checked(response, Term);
    },
    category: async (slug, name, signal) => {
      const there = checked(
        await read("/wp/v2/categories", { slug, _fields: "id" }, signal),
        Term.array(),
      )[0];
      if (there !== undefined) return there.id;
      const response = await write("/wp/v2/categories", { slug, name }, signal);
      const taken = Refusal.safeParse(tryJson(response)).data?.data?.term_id;
      return taken ?? checked(response, Term).id;
    },
  };
}

function tryJson({ body }: HttpResponse): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body)) as unknown;
  } catch {
    return null; // a page of a login, a firewall, a host: the schema refuses it
  }
}

function jsonOf(response: HttpResponse, site: string): unknown {
  const body = tryJson(response);
  if (body !== null) return body;
  throw mustBeSite(site, `it answered ${response.status} with a page instead of JSON`);
}

function codeOf(response: HttpResponse): string | null {
  return Refusal.safeParse(tryJson(response)).data?.code ?? null;
}
