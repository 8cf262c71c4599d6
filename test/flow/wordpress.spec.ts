/** The delivery `wordpress` against a real WordPress: what it makes, leaves alone, notices and takes back. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import nock from "nock";
import { Config } from "../../connectors/wordpress/config.ts";
import { wordpress } from "../../connectors/wordpress/index.ts";
import type { Check, OpenDelivery, Outcome, Receipt, Rendered } from "../../src/kit/contract.ts";
import { createHttpClient } from "../../src/kit/http/index.ts";
import type { Instant } from "../../src/domain/time.ts";
import { Secret } from "../../src/kit/secret.ts";
import { silent } from "../support/kit.ts";
import { missingForWordPress, startWordPress } from "../support/wordpress.ts";
import type { WordPress } from "../support/wordpress.ts";

const missing = missingForWordPress();
const signal = new AbortController().signal;
const key = "ab".repeat(32);
const now = "2026-11-02T08:00:00.000Z" as Instant;

if (missing.length > 0) test.todo(`needs the Debian packages ${missing.join(", ")}`);
const describeReal = missing.length > 0 ? describe.skip : describe;

interface Page {
  readonly id: number;
  readonly slug: string;
  readonly status: string;
  readonly link: string;
  readonly modified_gmt: string;
  readonly title: { readonly raw: string };
  readonly content: { readonly raw: string };
}

describeReal("a real WordPress", () => {
  let site: WordPress;
  let subjects = 0;
  let subject: string;

  beforeAll(async () => {
    nock.enableNetConnect("127.0.0.1");
    site = await startWordPress();
  }, 120_000);
  afterAll(() => site.close());
  beforeEach(() => {
    subject = `subject-${++subjects}`;
  });

  function open(change: object = {}, login = { user: "liaison-bot", password: site.password }): OpenDelivery {
    const config = Config.parse({
      url: site.url,
      auth: { user: login.user, password: new Secret(login.password) },
      writesPerMinute: 6000,
      ...change,
    });
    const http = createHttpClient({
      name: "website",
      baseUrls: [site.url],
      userAgent: "KohaLiaison/test",
      log: silent,
      now: () => now,
      retries: 1,
      sleep: () => Promise.resolve(),
    });
    return wordpress.open(config, { http, log: silent, now: () => now, folder: "." });
  }

  function rendered(html: string, change: Partial<Rendered> = {}): Rendered {
    return {
      report: "new-titles",
      reportTitle: "New titles",
      subject,
      period: "2026-10",
      edition: 1,
      recipient: "",
      title: `New in ${subject}`,
      html,
      text: "",
      attachments: [],
      ...change,
    };
  }

  const deliver = (html: string, last: Receipt | null, change: Partial<Rendered> = {}): Promise<Outcome> =>
    open().deliver(rendered(html, change), key, last, signal);

  async function sent(outcome: Promise<Outcome>): Promise<Receipt> {
    const result = await outcome;
    if (result.type !== "sent") throw new Error(JSON.stringify(result.problem));
    return result.receipt;
  }

  async function rest(route: string, form?: Readonly<Record<string, string>>): Promise<unknown> {
    const response = await fetch(`${site.url}/wp-json/wp/v2/${route}`, {
      method: form === undefined ? "GET" : "POST",
      headers: { authorization: `Basic ${btoa(`liaison-bot:${site.password}`)}` },
      ...(form !== undefined && { body: new URLSearchParams(form) }),
    });
    return response.json();
  }
  const pagesOf = async (type = "pages"): Promise<Page[]> =>
    (await rest(
      `${type}?search=${encodeURIComponent(`_${subject}`)}&status=publish,draft,private,trash&context=edit&per_page=100`,
    )) as Page[];
  const byHand = (page: Page, content: string): Promise<unknown> => rest(`pages/${page.id}`, { content });
  async function onlyPage(): Promise<Page> {
    const pages = await pagesOf();
    expect(pages).toHaveLength(1);
    return pages[0]!;
  }

  test("makes a page, in all scripts, as a block that is shown as it is", async () => {
    const html = `<ul><li lang="ru">Физика &#38; химия</li><li lang="ja">物理学の基礎 \\ 100%</li><li dir="auto">ספר</li></ul>`;

    const receipt = await sent(deliver(html, null));

    const page = await onlyPage();
    expect([page.slug, page.status, page.title.raw]).toEqual([
      `new-titles-${subject}`,
      "publish",
      `New in ${subject}`,
    ]);
    expect(receipt.target).toBe(page.link);
    const shown = await (await fetch(page.link)).text();
    expect(shown).toContain(html);
    expect(shown).toContain(`koha-liaison-new-titles`);
  });

  test("updates the same page, and writes nothing when nothing changed", async () => {
    const first = await sent(deliver("<p>one</p>", null));
    const second = await sent(deliver("<p>two</p>", first));
    const before = await onlyPage();
    await new Promise((resolve) => setTimeout(resolve, 1100)); // WordPress' clock has seconds
    const third = await sent(deliver("<p>two</p>", second));

    const page = await onlyPage();
    expect(page.content.raw).toContain("<p>two</p>");
    expect(page.content.raw).not.toContain("<p>one</p>");
    expect(page.modified_gmt).toBe(before.modified_gmt);
    expect(third).toEqual(second);
  });

  test("makes no second page when the receipt was lost, be it between sending and noting or with the store", async () => {
    await sent(deliver("<p>one</p>", null));
    await sent(deliver("<p>two</p>", null));

    expect((await onlyPage()).content.raw).toContain("<p>two</p>");
  });

  test("leaves what a person writes around the block, and their title, as they are", async () => {
    const first = await sent(deliver("<p>one</p>", null));
    const page = await onlyPage();
    await rest(`pages/${page.id}`, {
      content: `<p>Welcome!</p>\n\n${page.content.raw}\n\n<p>Ask us.</p>`,
      title: "Physics at our library",
    });

    await sent(deliver("<p>two</p>", first));

    const after = await onlyPage();
    expect(after.content.raw).toMatch(/^<p>Welcome!<\/p>[\s\S]*<p>two<\/p>[\s\S]*<p>Ask us\.<\/p>$/);
    expect(after.title.raw).toBe("Physics at our library");
  });

  test("never overwrites an edit of the block, says so, and does when a person says so", async () => {
    const first = await sent(deliver("<p>one</p>", null));
    const page = await onlyPage();
    await byHand(page, page.content.raw.replace("<p>one</p>", "<p>one, and mine</p>"));

    const refused = await deliver("<p>two</p>", first);
    const lost = await deliver("<p>two</p>", null);

    expect(refused).toMatchObject({
      type: "refused",
      problem: { code: "WORDPRESS_EDITED", where: page.link },
    });
    expect(lost).toMatchObject({ type: "refused", problem: { code: "WORDPRESS_EDITED" } });
    expect((await onlyPage()).content.raw).toContain("and mine");
    const handle = { ...(first.handle as object), takeOver: true };
    const over = await sent(deliver("<p>two</p>", { ...first, handle }));
    expect((await onlyPage()).content.raw).not.toContain("and mine");
    await sent(deliver("<p>three</p>", over));
    expect((await onlyPage()).content.raw).toContain("<p>three</p>");
  });

  test("says when the block was taken out of its page, and puts it back when told to", async () => {
    const first = await sent(deliver("<p>one</p>", null));
    await byHand(await onlyPage(), "<p>something else</p>");

    expect(await deliver("<p>two</p>", first)).toMatchObject({
      type: "refused",
      problem: { code: "WORDPRESS_BLOCK_REMOVED" },
    });
    const handle = { ...(first.handle as object), takeOver: true };
    await sent(deliver("<p>two</p>", { ...first, handle }));

    expect((await onlyPage()).content.raw).toMatch(/^<p>something else<\/p>[\s\S]*<p>two<\/p>/);
  });

  test.each([
    ["put into the bin", false, "WORDPRESS_BINNED"],
    ["deleted for good", true, "WORDPRESS_DELETED"],
  ])("does not bring back a page that was %s, until told to", async (_, force, code) => {
    const first = await sent(deliver("<p>one</p>", null));
    site.run(`wp_delete_post(${(await onlyPage()).id}, ${String(force)});`);

    expect(await deliver("<p>two</p>", first)).toMatchObject({ type: "refused", problem: { code } });
    const handle = { ...(first.handle as object), takeOver: true };
    await sent(deliver("<p>two</p>", { ...first, handle }));

    const page = await onlyPage();
    expect([page.status, page.slug]).toEqual(["publish", `new-titles-${subject}`]);
    expect(page.content.raw).toContain("<p>two</p>");
  });

  test("does not take a page of another for its own", async () => {
    await rest("pages", {
      title: "Theirs",
      slug: `new-titles-${subject}`,
      status: "publish",
      content: "<p>theirs</p>",
    });

    const refused = await deliver("<p>ours</p>", null);

    expect(refused).toMatchObject({ type: "refused", problem: { code: "WORDPRESS_SLUG_TAKEN" } });
    expect(await pagesOf()).toEqual([]);
    await sent(deliver("<p>ours</p>", { target: "", handle: { takeOver: true } }));
    expect((await onlyPage()).content.raw).toMatch(/^<p>theirs<\/p>[\s\S]*<p>ours<\/p>/);
  });

  test("takes back a page, and of one that a person wrote on only its block", async () => {
    const first = await sent(deliver("<p>one</p>", null));
    const page = await onlyPage();
    await byHand(page, `<p>Welcome!</p>\n\n${page.content.raw}`);

    expect(await open().withdraw!(first, signal)).toMatchObject({ type: "sent" });
    expect(((await rest(`pages/${page.id}?context=edit`)) as Page).content.raw).toBe("<p>Welcome!</p>");
    subject = `subject-${++subjects}`;
    const other = await sent(deliver("<p>one</p>", null));
    const { id } = await onlyPage();
    await open().withdraw!(other, signal);
    expect(((await rest(`pages/${id}?context=edit`)) as Page).status).toBe("trash");

    const again = await sent(deliver("<p>again</p>", null));
    expect(again.target).toBe(other.target);
  });

  test("links to another page of its own, and leaves the link out while there is none", async () => {
    const html = `<p>Boris</p>\n<p class="koha-liaison-link"><a href="koha-liaison:new-titles/${subject}">New titles</a></p>\n`;
    const contact = { report: "your-liaison", title: "Your liaison" };

    const first = await sent(deliver(html, null, contact));
    const list = await sent(deliver("<p>one</p>", null));
    await sent(deliver(html, first, contact));

    const shown = await (await fetch(first.target)).text();
    expect(shown).toContain(`<a href="${list.target}">New titles</a>`);
    expect(shown).not.toContain("koha-liaison:new");
  });

  test("writes a post a period, with a category a department", async () => {
    const posts = open({ as: "post" });
    const post = (period: string, last: Receipt | null): Promise<Receipt> =>
      sent(posts.deliver(rendered(`<p>${period}</p>`, { period }), key, last, signal));

    const october = await post("2026-10", null);
    const again = await post("2026-10", october);
    await post("2026-11", again);

    const made = await pagesOf("posts");
    expect(made.map(({ slug }) => slug).sort()).toEqual([
      `new-titles-${subject}-2026-10`,
      `new-titles-${subject}-2026-11`,
    ]);
    expect(posts.publishes).toBe("issue");
    const feed = await (await fetch(`${site.url}/?feed=rss2&category_name=${subject}`)).text();
    expect(feed.match(/<item>/g)).toHaveLength(2);
  });

  test("goes under its parent page, and says when that is not there", async () => {
    await rest("pages", { title: "Subjects", slug: "subjects", status: "publish" });

    const receipt = await sent(
      open({ parent: "subjects" }).deliver(rendered("<p>one</p>"), key, null, signal),
    );
    subject = `subject-${++subjects}`;
    const refused = await open({ parent: "nowhere" }).deliver(rendered("<p>one</p>"), key, null, signal);

    expect(receipt.target).toMatch(/\/subjects\/new-titles-subject-\d+\/$/);
    expect(refused).toMatchObject({ type: "refused", problem: { code: "WORDPRESS_NO_PARENT" } });
  });

  test("works where permalinks are plain", async () => {
    site.run("update_option('permalink_structure', ''); ");
    try {
      const first = await sent(deliver("<p>one</p>", null));
      await sent(deliver("<p>two</p>", first));
      const shown = await (await fetch(first.target)).text();
      expect(shown).toContain("<p>two</p>");
    } finally {
      site.run(
        "global $wp_rewrite; $wp_rewrite->set_permalink_structure('/%year%/%monthnum%/%day%/%postname%/'); flush_rewrite_rules();",
      );
    }
  });

  async function checksOf(delivery: OpenDelivery): Promise<Check[]> {
    const checks: Check[] = [];
    for await (const check of delivery.check(signal)) checks.push(check);
    return checks;
  }

  test("doctor says that all is well, and writes nothing", async () => {
    expect((await checksOf(open())).map(({ check, state }) => [check, state])).toEqual([
      ["site", "ok"],
      ["login", "ok"],
      ["rights", "ok"],
    ]);
    expect(await pagesOf()).toEqual([]);
  });

  test("a wrong password stops the delivery with the cure, before anything is written", async () => {
    const delivery = open({}, { user: "liaison-bot", password: "wrong" });

    await expect(delivery.deliver(rendered("<p>one</p>"), key, null, signal)).rejects.toMatchObject({
      name: "StopError",
      problem: { code: "WORDPRESS_LOGIN", cure: expect.stringContaining("Application Passwords") },
    });
    expect(await checksOf(delivery)).toMatchObject([{ state: "failure", cure: expect.any(String) }]);
    expect(await pagesOf()).toEqual([]);
  });

  test("a missing right stops the delivery, and is named", async () => {
    const password = site.addUser("author", "author");
    const delivery = open({}, { user: "author", password });

    await expect(delivery.deliver(rendered("<p>one</p>"), key, null, signal)).rejects.toMatchObject({
      name: "StopError",
      problem: {
        code: "WORDPRESS_RIGHT",
        why: expect.stringContaining("edit_pages"),
        cure: expect.stringContaining("Editor"),
      },
    });
    expect((await checksOf(delivery)).at(-1)).toMatchObject({ check: "rights", state: "failure" });
  });

  test("a site that filters what its user writes is not taken for an edit", async () => {
    site.plugin(
      "filter.php",
      "add_filter('user_has_cap', function ($c) { unset($c['unfiltered_html']); return $c; });",
    );
    try {
      const first = await sent(deliver(`<p>one</p><svg><title>x</title></svg>`, null));
      const page = await onlyPage();
      expect(page.content.raw).not.toContain("<svg>");
      expect(await sent(deliver(`<p>one</p><svg><title>x</title></svg>`, first))).toEqual(first);
      await sent(deliver("<p>two</p>", first));
      expect((await onlyPage()).content.raw).toContain("<p>two</p>");
    } finally {
      site.plugin("filter.php", null);
    }
  });

  test.each([
    ["429 with Retry-After", 429, 300, 300_000],
    ["429 alone", 429, null, null],
  ])("rests when it is asked to: %s", async (_, status, after, afterMs) => {
    const header = after === null ? "" : `header('Retry-After: ${after}');`;
    site.plugin(
      "limit.php",
      `if ($_SERVER['REQUEST_METHOD'] === 'POST') { http_response_code(${status}); ${header} exit('slow'); }`,
    );
    try {
      await expect(deliver("<p>one</p>", null)).rejects.toMatchObject({ name: "RetryError", afterMs });
    } finally {
      site.plugin("limit.php", null);
    }
    await sent(deliver("<p>one</p>", null));
    await onlyPage();
  });

  test("rests while the site is in maintenance or its database is down, and goes on after", async () => {
    site.maintenance(true);
    await expect(deliver("<p>one</p>", null)).rejects.toMatchObject({ name: "RetryError", afterMs: 600_000 });
    site.maintenance(false);
    await site.stopDatabase();
    await expect(deliver("<p>one</p>", null)).rejects.toMatchObject({ name: "RetryError" });
    await site.startDatabase();

    await sent(deliver("<p>one</p>", null));
    await onlyPage();
  }, 60_000);

  test("a site without application passwords, and an address that is no WordPress, are told apart", async () => {
    site.plugin("none.php", "add_filter('wp_is_application_passwords_available', '__return_false');");
    try {
      await expect(deliver("<p>one</p>", null)).rejects.toMatchObject({
        problem: { code: "WORDPRESS_NO_APPLICATION_PASSWORDS" },
      });
    } finally {
      site.plugin("none.php", null);
    }
    const strange = createServer((_, response) =>
      response.setHeader("content-type", "text/html").end("<h1>Log in"),
    );
    await new Promise<void>((resolve) => strange.listen(0, "127.0.0.1", resolve));
    const { port } = strange.address() as AddressInfo;
    try {
      const url = `http://127.0.0.1:${port}`;
      await expect(open({ url }).deliver(rendered("<p>one</p>"), key, null, signal)).rejects.toMatchObject({
        name: "StopError",
        problem: { code: "WORDPRESS_NOT_FOUND" },
      });
    } finally {
      strange.close();
    }
  });
});
