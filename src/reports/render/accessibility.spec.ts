import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import type { MeasureStore } from "../../../test/support/measure-store.ts";
import { openReportLibrary, reportOf } from "../../../test/support/report-library.ts";
import { renderMail } from "./mail.ts";
import { renderPage } from "./page.ts";

const browserPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  existsSync,
);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Found {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

if (browserPath === undefined) {
  describe("reports in a browser", () => {
    test.skip("not run: there is no Chromium on this machine", () => undefined);
  });
} else {
  describe("reports in a browser", () => {
    let browser: Browser;
    let store: MeasureStore;
    const pages = new Map<string, string>();

    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
      store = await openReportLibrary();
      const model = await reportOf(store, { subject: { kind: "liaison", id: "ada" } });
      pages.set("mail", renderMail(model)).set("page", renderPage(model));
    });
    afterAll(async () => {
      await browser.close();
      await store.close();
    });

    async function open(form: string, colorScheme: "light" | "dark", width: number): Promise<Page> {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      await page.setContent(pages.get(form) ?? "", { waitUntil: "load" });
      return page;
    }

    test.each([
      ["mail", "light"],
      ["mail", "dark"],
      ["page", "light"],
      ["page", "dark"],
    ] as const)("the %s in %s mode breaks no rule of accessibility", async (form, colorScheme) => {
      const page = await open(form, colorScheme, 600);
      await page.addScriptTag({ content: axe });

      const violations = await page.evaluate<Found[]>(
        "axe.run(document).then(({ violations }) => violations)",
      );
      await page.close();

      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`)).toEqual([]);
    });

    test.each(["mail", "page"])("the %s needs no scrolling to the side on any screen", async (form) => {
      const page = await open(form, "light", 1200);

      for (const width of [1200, 600, 320]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(
          width,
        );
      }
      await page.close();
    });
  });
}
