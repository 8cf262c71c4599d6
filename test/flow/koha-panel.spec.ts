/** The scripts of the Koha plugin in Chromium, on pages with the markup of Koha's own (catalogue/detail.tt of 24.05). */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { packageFolder } from "../../src/version.ts";

const browserPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  existsSync,
);
const koha = "http://koha.test";
const assets = path.join(packageFolder, "koha-plugin/Koha/Plugin/Org/KohaLiaison/Liaison");
const asset = (...names: string[]): string => readFileSync(path.join(assets, ...names), "utf8");
const file = (contentType: string, body: string) => ({ contentType, body });

/** As the staff client shows a title; `scripts` is what `intranet_js` adds. */
const staffPage = (lang: string): string => `<!DOCTYPE html><html lang="${lang}"><head><title>Details</title>
<link rel="stylesheet" href="/api/v1/contrib/liaison/static/css/liaison.css"></head>
<body id="catalog_detail" class="catalog"><div class="main container-fluid"><main><div class="row">
<div id="catalogue_detail_biblio" class="col-xs-12"><div class="page-section">
<h1 class="title">Quantum mechanics</h1>
<span class="results_summary"><span class="label">MARC preview:</span> <a href="#">Show</a></span>
</div></div></div><div id="bibliodetails" class="toptabs"></div></main></div>
<script src="/api/v1/contrib/liaison/static/js/liaison-staff.js?v=1" defer="defer"></script></body></html>`;

const opacPage = `<!DOCTYPE html><html lang="en"><head><title>Details</title></head>
<body id="opac-detail" class="scrollto"><div id="catalogue_detail_biblio" data-biblionumber="7"><h1>Quantum</h1></div>
<script src="/api/v1/contrib/liaison/static/js/liaison-opac.js?v=1" defer="defer"></script></body></html>`;

const physics = {
  name: "Physics",
  num: 2,
  den: 3,
  liaisons: [{ name: "Ada Example", mail: "ada@example.edu" }],
};
const panel = {
  biblio_id: 7,
  departments: [physics, { name: "Mathematics", num: 1, den: 3, liaisons: [] }],
  loans: 41,
  loan_years: 5,
  why: "LCC QC174",
  url: "https://liaison.example.edu/why/7",
  pushed_at: "2026-11-02T06:00:00Z",
};

if (browserPath === undefined) {
  describe("the panel in Koha", () => {
    test.skip("not run: there is no Chromium on this machine", () => undefined);
  });
} else {
  describe("the panel in Koha", () => {
    let browser: Browser;
    let page: Page;
    let asked: string[];
    let troubles: string[];
    let language: string;
    let answer: { readonly status: number; readonly body: string } | "refused";

    let answered: () => void;

    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
      page = await browser.newPage();
      page.on("pageerror", (error) => troubles.push(error.message));
      page.on("dialog", (dialog) => {
        troubles.push(dialog.message());
        void dialog.dismiss();
      });
      await page.route("**/*", async (route) => {
        const { origin, pathname } = new URL(route.request().url());
        asked.push(origin === koha ? pathname : `${origin}${pathname}`);
        if (pathname.endsWith("/opac-detail.pl")) return route.fulfill(file("text/html", opacPage));
        if (pathname.endsWith(".pl")) return route.fulfill(file("text/html", staffPage(language)));
        if (pathname.includes("/static/js/")) {
          return route.fulfill(file("text/javascript", asset("js", path.basename(pathname))));
        }
        if (pathname.includes("/static/css/")) {
          return route.fulfill(file("text/css", asset("css", path.basename(pathname))));
        }
        if (answer === "refused") await route.abort("connectionrefused");
        else await route.fulfill({ ...answer, contentType: "application/json" });
        answered();
      });
    });
    afterAll(() => browser.close());
    beforeEach(() => {
      asked = [];
      troubles = [];
      language = "en";
    });

    async function open(at = "/cgi-bin/koha/catalogue/detail.pl?biblionumber=7"): Promise<void> {
      const ready = new Promise<void>((resolve) => {
        answered = resolve;
      });
      await page.goto(koha + at);
      await Promise.race([ready, page.waitForTimeout(300)]);
      await page.waitForTimeout(30); // what follows the answer
    }
    const text = async (selector: string): Promise<string | null> =>
      (await page.locator(selector).count()) === 0 ? null : page.locator(selector).innerText();
    const ok = (body: unknown) => ({ status: 200, body: JSON.stringify(body) });

    test("says departments, liaison, loans and why, from Koha's own origin alone", async () => {
      answer = ok(panel);

      await open();

      expect(await text("#liaison_panel")).toBe(
        "Liaison: Physics (2/3), Mathematics (1/3) · liaison Ada Example · 41 loans in 5 years · why here?",
      );
      expect(await page.locator("#catalogue_detail_biblio .page-section #liaison_panel").count()).toBe(1);
      expect(await page.getByRole("link", { name: "Ada Example" }).getAttribute("href")).toBe(
        "mailto:ada@example.edu",
      );
      await page.getByText("why here?").click();
      expect(await text(".liaison-why")).toBe("LCC QC174 more");
      expect(await page.getByRole("link", { name: "more" }).getAttribute("href")).toBe(panel.url);
      expect(asked.filter((at) => at.startsWith("http"))).toEqual([]);
      expect(asked).toContain("/api/v1/contrib/liaison/biblios/7/panel");
      expect(troubles).toEqual([]);
    });

    test.each([
      ["the plugin knows nothing of it", { status: 404, body: '{"error":"Nothing"}' }],
      ["the session is over", { status: 401, body: '{"error":"Authentication failure."}' }],
      ["Koha's interface is down", { status: 503, body: "<html>maintenance</html>" }],
      ["the answer is a page", { status: 200, body: "<html>login</html>" }],
      ["the answer is something else", { status: 200, body: "{}" }],
      ["nobody answers", "refused" as const],
    ])("nothing is shown and nothing breaks when %s", async (_, given) => {
      answer = given;

      await open();

      expect(await page.locator("#liaison_panel").count()).toBe(0);
      expect(await text("h1")).toBe("Quantum mechanics");
      expect(troubles).toEqual([]);
    });

    test("names and reasons are text, whatever is in them", async () => {
      const evil = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
      answer = ok({
        ...panel,
        departments: [{ ...physics, name: evil, liaisons: [{ name: evil, mail: 'x"><b>@y' }] }],
        why: evil,
        url: "javascript:alert(3)",
      });

      await open();

      expect(await text("#liaison_panel")).toContain(`${evil} (2/3) · liaison ${evil}`);
      expect(await page.locator("#liaison_panel :is(img, script, b)").count()).toBe(0);
      expect(await page.locator('#liaison_panel a[href^="javascript"]').count()).toBe(0);
      expect(troubles).toEqual([]);
    });

    test("a whole department, a title of nobody, no loans known, one year", async () => {
      answer = ok({
        ...panel,
        departments: [{ ...physics, num: 1, den: 1 }],
        loans: null,
        why: null,
        url: null,
      });
      await open();
      expect(await text("#liaison_panel")).toBe("Liaison: Physics · liaison Ada Example");

      answer = ok({ ...panel, departments: [], loans: 1, loan_years: 2, why: null });
      await open();
      expect(await text("#liaison_panel")).toBe("Liaison: no department · 1 loan in 2 years · why here?");
    });

    test("speaks the language of the page", async () => {
      answer = ok({ ...panel, why: null, url: null });
      language = "de-DE";

      await open();

      expect(await text("#liaison_panel")).toBe(
        "Fachreferat: Physics (2/3), Mathematics (1/3) · Fachreferat Ada Example · 41 Ausleihen in 5 Jahren",
      );
    });

    test.each(["?biblionumber=7;alert(1)", "?biblionumber=-1", "?id=7", ""])(
      "asks nothing on a page of %s",
      async (query) => {
        answer = ok(panel);

        await open(`/cgi-bin/koha/catalogue/detail.pl${query}`);

        expect(asked.filter((at) => at.includes("/biblios/"))).toEqual([]);
        expect(await page.locator("#liaison_panel").count()).toBe(0);
      },
    );

    test("in the OPAC: the public contact of the department, as text", async () => {
      answer = ok({
        contacts: [
          {
            department: "Physics",
            name: "<b>Desk</b>",
            url: "https://library.example.edu",
            mail: "desk@example.edu",
          },
        ],
      });

      await open("/cgi-bin/koha/opac-detail.pl?biblionumber=7");

      expect(await text("#liaison_contact")).toBe(
        "Your liaison for this subject\n\nPhysics: <b>Desk</b>, desk@example.edu",
      );
      expect(asked).toContain("/api/v1/contrib/liaison/opac/biblios/7/contact");
      expect(asked.filter((at) => at.startsWith("http"))).toEqual([]);
      expect(troubles).toEqual([]);
    });
  });
}
