/**
 * One page or post: found, looked at, and written only where it is as we left it. WordPress has no conditional
 * requests, so what is there is read right before it is written. Nothing is written that is there already.
 */
import { z } from "zod";
import { DataError } from "../../src/domain/problem.ts";
import type { Problem } from "../../src/domain/problem.ts";
import type { Outcome, Receipt, Rendered } from "../../src/kit/contract.ts";
import { withLinks } from "../../src/kit/public-links.ts";
import {
  blockWith,
  digestOf,
  findBlock,
  isUntouched,
  markerOf,
  plainName,
  stamped,
  withInner,
  withoutBlock,
} from "./block.ts";
import type { Client, PostType } from "./client.ts";
import type { Config } from "./config.ts";
import { blockRemoved, editedByHand, pageBinned, pageDeleted, slugTaken } from "./problems.ts";
import type { Post } from "./schema.ts";

/** What the receipt of a page keeps. `takeOver` is added by a person. */
const Handle = z.object({
  id: z.int().optional(),
  /** Of a post; a page is of no period. */
  period: z.string().nullish(),
  title: z.string().optional(),
  marker: z.string().optional(),
  /** Digests of what was sent, and of what WordPress made of it: users without `unfiltered_html` are filtered. */
  sent: z.string().optional(),
  kept: z.string().optional(),
  takeOver: z.boolean().optional(),
});
type Handle = z.infer<typeof Handle>;

interface Wanted {
  readonly type: PostType;
  readonly marker: string;
  readonly slug: string;
  readonly title: string;
  readonly report: string;
  readonly period: string | null;
  readonly inner: string;
}

export async function publish(
  client: Client,
  config: Config,
  rendered: Rendered,
  last: Receipt | null,
  signal: AbortSignal,
): Promise<Outcome> {
  const wanted = await wantedOf(client, config, rendered, signal);
  const handle = handleOf(last, wanted.period);
  try {
    const found = await find(client, wanted, handle, signal);
    switch (found.type) {
      case "none":
        return done(await create(client, config, rendered, wanted, signal), wanted);
      case "refused":
        return { type: "refused", problem: found.problem };
      case "page":
        return await update(client, wanted, handle, found.page, signal);
    }
  } catch (error) {
    if (error instanceof DataError) return { type: "refused", problem: error.problem };
    throw error;
  }
}

/** A page is put into the bin; of one that a person wrote on, our block alone is taken out. */
export async function withdraw(
  client: Client,
  config: Config,
  last: Receipt,
  signal: AbortSignal,
): Promise<Outcome> {
  const type = typeOf(config);
  const handle = Handle.safeParse(last.handle).data ?? {};
  const page = handle.id === undefined ? null : await client.get(type, handle.id, signal);
  const block = page === null ? null : findBlock(page.content.raw, handle.marker ?? "koha-liaison");
  if (page === null || page.status === "trash" || block === null) return { type: "sent", receipt: last };
  const isOurs = block.inner !== null && isUntouched(block.inner.text, handle.kept ?? null);
  if (!isOurs && handle.takeOver !== true) {
    return { type: "refused", problem: editedByHand(page.title.raw, page.link, page.modified_gmt) };
  }
  const rest = withoutBlock(page.content.raw, block);
  if (rest === "") await client.trash(type, page.id, signal);
  else await client.update(type, page.id, { content: rest }, signal);
  return { type: "sent", receipt: last };
}

function typeOf(config: Config): PostType {
  return config.as === "page" ? "pages" : "posts";
}

/** A post of another period is not touched again. */
function handleOf(last: Receipt | null, period: string | null): Handle {
  const handle = Handle.safeParse(last?.handle).data ?? {};
  if (period === null || handle.period === period) return handle;
  return handle.takeOver === true && handle.id === undefined ? { takeOver: true } : {};
}

async function wantedOf(
  client: Client,
  config: Config,
  { report, subject, period, title, html }: Rendered,
  signal: AbortSignal,
): Promise<Wanted> {
  const stem = (of: string, about: string): string =>
    `${config.slugPrefix}${plainName(of)}-${plainName(about)}`;
  const linked = await withLinks(html, (of, about) => client.linkOf(stem(of, about), signal));
  const isPost = config.as === "post";
  const suffix = isPost ? `-${plainName(period)}` : "";
  return {
    type: typeOf(config),
    marker: `${markerOf(report, subject)}${suffix}`,
    slug: `${stem(report, subject)}${suffix}`,
    title,
    report,
    period: isPost ? period : null,
    inner: stamped(linked),
  };
}

type Found =
  | { readonly type: "page"; readonly page: Post }
  | { readonly type: "none" }
  | { readonly type: "refused"; readonly problem: Problem };

/** By the id of the receipt, else by our class in it, else by its slug. */
async function find(client: Client, wanted: Wanted, handle: Handle, signal: AbortSignal): Promise<Found> {
  const { type, marker, slug, title } = wanted;
  const takeOver = handle.takeOver === true;
  const known = handle.id === undefined ? null : await client.get(type, handle.id, signal);
  if (known?.status === "trash") {
    if (!takeOver) return { type: "refused", problem: pageBinned(title, known.link) };
    return { type: "page", page: await client.update(type, known.id, { status: "publish" }, signal) };
  }
  if (known !== null) return { type: "page", page: known };
  const marked = (await client.search(type, marker, signal)).find(
    ({ content }) => findBlock(content.raw, marker) !== null,
  );
  if (marked !== undefined) return { type: "page", page: marked };
  if (handle.id !== undefined && !takeOver) return { type: "refused", problem: pageDeleted(title, slug) };
  const other = await client.bySlug(type, slug, signal);
  if (other === null) return { type: "none" };
  if (!takeOver) return { type: "refused", problem: slugTaken(slug, other.link) };
  return { type: "page", page: other };
}

async function create(
  client: Client,
  config: Config,
  { subject, title }: Rendered,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Post> {
  const { type, slug, report, marker, inner } = wanted;
  const parent = config.parent === undefined ? null : await client.bySlug("pages", config.parent, signal);
  if (parent === null && config.parent !== undefined && type === "pages") {
    throw new DataError({
      code: "WORDPRESS_NO_PARENT",
      what: `the site has no page "${config.parent}"`,
      where: config.url,
      cure: "make it, or correct parent",
    });
  }
  const category =
    type === "posts" ? await client.category(plainName(subject), spoken(subject), signal) : null;
  return client.create(
    type,
    {
      title,
      slug,
      status: config.status,
      content: blockWith(inner, report, marker),
      ...(parent !== null && type === "pages" && { parent: String(parent.id) }),
      ...(category !== null && { categories: String(category) }),
    },
    signal,
  );
}

/** `computer-science` as readers see it, until somebody gives the category a better name. */
function spoken(id: string): string {
  const words = id.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

async function update(
  client: Client,
  wanted: Wanted,
  handle: Handle,
  page: Post,
  signal: AbortSignal,
): Promise<Outcome> {
  const { type, marker, report, title, inner } = wanted;
  const { raw } = page.content;
  const takeOver = handle.takeOver === true;
  const block = findBlock(raw, marker);
  const there = block?.inner ?? null;
  if (there === null && !takeOver) return { type: "refused", problem: blockRemoved(title, page.link) };
  const isOurs = there !== null && isUntouched(there.text, handle.kept ?? null);
  if (there !== null && !isOurs && !takeOver) {
    return { type: "refused", problem: editedByHand(page.title.raw, page.link, page.modified_gmt) };
  }
  // A title that a person changed stays theirs.
  const retitled = page.title.raw === handle.title && title !== handle.title ? { title } : {};
  const isSame =
    isOurs &&
    (digestOf(there.text) === digestOf(inner) ||
      (handle.sent === digestOf(inner) && handle.kept === digestOf(there.text)));
  if (isSame && Object.keys(retitled).length === 0) return done(page, wanted);
  const content =
    (block === null ? null : withInner(raw, block, inner)) ??
    [block === null ? raw : withoutBlock(raw, block), blockWith(inner, report, marker)].join("\n\n").trim();
  return done(await client.update(type, page.id, { content, ...retitled }, signal), wanted);
}

function done(page: Post, { marker, title, period, inner }: Wanted): Outcome {
  const kept = findBlock(page.content.raw, marker)?.inner?.text ?? "";
  const handle = {
    id: page.id,
    period,
    slug: page.slug,
    title,
    marker,
    sent: digestOf(inner),
    kept: digestOf(kept),
  };
  return { type: "sent", receipt: { target: page.link, handle } };
}
