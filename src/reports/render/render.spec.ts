import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { parse } from "csv-parse/sync";
import type { MeasureStore } from "../../../test/support/measure-store.ts";
import { openReportLibrary, reportOf } from "../../../test/support/report-library.ts";
import type { Block, ReportModel } from "../model.ts";
import { plain } from "./blocks.ts";
import { renderCsv } from "./csv.ts";
import { reportJson, renderJson } from "./json.ts";
import { renderMail } from "./mail.ts";
import { renderPage } from "./page.ts";
import { renderText } from "./text.ts";
import { width } from "./text-width.ts";

let store: MeasureStore;
let model: ReportModel;
beforeEach(async () => {
  store = await openReportLibrary();
  model = await reportOf(store);
});
afterEach(() => store.close());

const forms = { mail: renderMail, page: renderPage, text: renderText };

/** What a person reads of markup: text alone, entities resolved, signs of direction and folding gone. */
function readable(form: string): string {
  const isMarkup = form.startsWith("<!doctype");
  const text = isMarkup ? textOfMarkup(form) : form;
  return text.replace(/[\u2068\u2069\u200b]/g, "").replace(/\s+/g, " ");
}

function textOfMarkup(markup: string): string {
  return markup
    .replace(/<style>[^]*?<\/style>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

function textsOf(block: Block): string[] {
  switch (block.type) {
    case "figure":
      return [block.label, block.text, block.remark ?? ""];
    case "table":
      return [
        block.caption,
        ...block.groups.flatMap(({ rows }) => rows.flat().map(({ text }) => plain(text))),
      ];
    case "chart":
      return block.points.flatMap(({ label, values }) => [label, ...values.map(({ text }) => text)]);
    case "list":
      return block.items.flatMap(({ what, why }) => [plain(what), plain(why)]);
    case "text":
    case "note":
      return [block.text];
  }
}

describe.each(Object.entries(forms))("as %s", (_, render) => {
  test("shows every figure, every cell and every sentence of the model, word by word", () => {
    const shown = readable(render(model));

    const sections = [...model.parts.flatMap((part) => part.sections), ...model.closing];
    const words = sections
      .flatMap(({ blocks }) => blocks.flatMap(textsOf))
      .flatMap((text) => text.split(/\s+/));
    expect(words.length).toBeGreaterThan(200);
    expect(words.filter((word) => !shown.includes(word))).toEqual([]);
  });

  test("puts the same number beside the same label", () => {
    const shown = readable(render(model));

    for (const [label, text] of [
      ["Loans", "65.5"],
      ["Uses in the house", "not available"],
      ["Copies added", "3"],
      ["Open holds", "22"],
      ["Money left", "€869.10"],
    ] as const) {
      const remark = "(?: \\(?[^.:]*? in October 2025[^:]*?| 25% of what was allocated)?";
      expect(shown).toMatch(new RegExp(`${label}${remark} +${text.replace(".", "\\.")}`));
    }
  });

  test("is the same to the byte for the same model", async () => {
    expect(render(await reportOf(store))).toBe(render(model));
  });

  test("says so in the place of a section that failed", async () => {
    await store.damage("suggestion");

    expect(readable(render(await reportOf(store)))).toContain("This part could not be made");
  });
});

describe("the mail", () => {
  test("escapes what the catalogue brings and sets it apart", () => {
    const mail = renderMail(model);

    expect(mail).not.toContain("<and>");
    expect(mail).not.toContain("<b>for</b>");
    expect(mail).toContain("Quantum mechanics &#60;and&#62; path integrals &#38; more");
    expect(mail).toContain('<bdi lang="he">');
  });

  test("needs nothing from outside, and no script", () => {
    expect(renderMail(model)).not.toMatch(/<(img|script|link|iframe|form|object)|url\(|@import|src=/i);
  });

  test("stays below 90 kB with titles of 500 signs and 40 funds", async () => {
    for (let n = 0; n < 40; n++) {
      await store.addFund({ id: `f${n}`, code: `PHYS-${n}`, name: `Fund number ${n}`, allocatedMinor: 1000 });
    }
    for (let n = 0; n < 12; n++) {
      await store.addRecord({
        id: `9${n}0`,
        title: "long title ".repeat(46),
        author: "Author of many words",
      });
      await store.addItem({ id: `x${n}`, record: `9${n}0`, acquiredOn: "2026-10-05", callNumber: `QC${n}` });
      await store.addUse(`x${n}`, "2026-10", "checkout", 9);
      await store.addHolds(`9${n}0`, 4);
    }
    await store.rollUp();

    expect(Buffer.byteLength(renderMail(await reportOf(store)))).toBeLessThan(90_000);
  });
});

describe("the plain text", () => {
  test("is at most 72 columns wide, links aside, and no line ends in a blank", () => {
    for (const line of renderText(model).split("\n")) {
      if (!/^\s*https?:/.test(line)) expect(width(line)).toBeLessThanOrEqual(72);
      expect(line).toBe(line.trimEnd());
    }
  });
});

describe("the data", () => {
  test("as JSON has figures and tables with raw values, and null with its reason", () => {
    const json = reportJson(model) as unknown as {
      sections: {
        id: string;
        figures: object[];
        tables: { id: string; columns: string[]; rows: unknown[][] }[];
      }[];
    };

    const section = (id: string) => json.sections.find((candidate) => candidate.id === id)!;
    expect(section("headline").figures[0]).toMatchObject({
      id: "checkouts",
      value: 65.5,
      unit: "uses",
      coverage: 100,
    });
    expect(section("headline").figures[1]).toMatchObject({ value: null, reason: "no-data" });
    expect(section("funds").tables[0]).toMatchObject({
      columns: ["fund", "pace", "allocated", "spent", "promised", "left"],
    });
    expect(JSON.parse(renderJson(model))).toEqual(json);
  });

  test("as CSV begins with a byte order mark, opens in any reader, and holds no formula", async () => {
    await store.addRecord({ id: "99", title: '=HYPERLINK("https://example.org")' });
    await store.addItem({ id: "i99", record: "99", acquiredOn: "2026-10-05", callNumber: "QC9" });

    const csv = renderCsv(await reportOf(store));
    const rows = parse(csv, { bom: true, relax_column_count: true }) as string[][];

    expect(csv.startsWith("\ufeff")).toBe(true);
    expect(rows.flat().filter((cell) => cell.startsWith("="))).toEqual([]);
    expect(rows.flat()).toContain(`'=HYPERLINK("https://example.org")`);
  });
});
