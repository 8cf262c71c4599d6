/** Every page of every report of the demo, for every department: axe in light and dark, no scroll sideways at 200 %. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";

const browserPath = "/usr/bin/chromium";
const withBrowser = existsSync(browserPath) ? test : test.skip;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser: Browser | undefined;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "liaison-pages-"));
  if (!existsSync(browserPath)) return;
  browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

withBrowser(
  "pages of all reports of the demo pass axe in light and dark, and fit at 200 % (needs Chromium)",
  async () => {
    execFileSync("node_modules/.bin/node", ["src/main.ts", "demo", "--no-serve", "--out", folder], {
      stdio: "ignore",
    });
    const pages = readdirSync(path.join(folder, "reports"), { recursive: true, encoding: "utf8" }).filter(
      (name) => name.endsWith(".html"),
    );
    expect(new Set(pages.map((name) => path.dirname(name))).size).toBeGreaterThan(10);
    const found: unknown[] = [];
    for (const name of pages) {
      for (const colorScheme of ["light", "dark"] as const) {
        // Half of 1280: what a window shows at 200 %.
        const page = await browser?.newPage({ viewport: { width: 640, height: 900 }, colorScheme });
        if (page === undefined) throw new Error("the browser did not start");
        await page.setContent(readFileSync(path.join(folder, "reports", name), "utf8"));
        await page.evaluate(axe);
        const violations = await page.evaluate<string[]>(
          "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id }) => id))",
        );
        const width = await page.evaluate<number>("document.documentElement.scrollWidth");
        if (violations.length > 0 || width > 640) found.push({ name, colorScheme, violations, width });
        await page.close();
      }
    }
    expect(found).toEqual([]);
  },
);
