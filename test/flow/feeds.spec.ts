/** New titles for everybody, as a web server shows them: every form, again the same, and taken back. */
import { readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { parseStringPromise } from "xml2js";
import { newInstallation } from "../support/installation.ts";
import type { Installation } from "../support/installation.ts";

const titles = [
  {
    id: 1,
    title: "Quanten &amp; Licht &lt;neu&gt;",
    author: "Müller, Józef",
    call: "QC174 .M8",
    acquired: "2026-10-12",
  },
  { id: 2, title: "物理学の基礎", author: "山田 太郎", call: "QC21.3 .Y36", acquired: "2026-10-20" },
  { id: 3, title: "=1+1", author: "@SUM(A1)", call: "QC1 .A1", acquired: "2026-10-05" },
  { id: 4, title: "Long here", author: "Old, A.", call: "QC2 .O4", acquired: "2015-01-01" },
];

function catalogue(): string {
  const field = (tag: string, codes: Readonly<Record<string, string>>): string =>
    `<datafield tag="${tag}" ind1=" " ind2=" ">${Object.entries(codes)
      .map(([code, text]) => `<subfield code="${code}">${text}</subfield>`)
      .join("")}</datafield>`;
  const records = titles.map(
    ({ id, title, author, call, acquired }) =>
      `<record><leader>00000nam a2200000 a 4500</leader><controlfield tag="001">${String(id)}</controlfield>` +
      `<controlfield tag="008">850101s2026    xxu           000 0 eng d</controlfield>` +
      field("050", { a: call }) +
      field("100", { a: author }) +
      field("245", { a: title }) +
      field("952", {
        a: "MAIN",
        b: "MAIN",
        d: acquired,
        o: call,
        y: "BK",
        "2": "lcc",
        "9": String(100 + id),
      }) +
      field("999", { c: String(id) }) +
      "</record>",
  );
  return `<collection xmlns="http://www.loc.gov/MARC21/slim">${records.join("")}</collection>`;
}

let installation: Installation;
const place = (name: string): string => path.join(installation.folder, "public", "new-titles", name);
const text = (name: string): string => readFileSync(place(name), "utf8");
const send = async (): Promise<void> => {
  expect(await installation.run(["send", "--yes"])).toMatchObject({ code: 0 });
};

beforeEach(async () => {
  installation = newInstallation();
  installation.configure({
    url: "http://127.0.0.1:9",
    mail: "{ type: file, dir: . }\n  feeds: { type: feed, dir: public, url: https://library.example.edu/new }",
  });
  installation.write(
    "reports/monthly.yaml",
    `id: new-titles
title: New titles
schedule: "0 7 * * *"
period: last-month
audience: each-department
sections: [your-liaison, new-titles]
deliveries: [feeds]
`,
  );
  const file = installation.write("catalogue.xml", catalogue());
  expect(await installation.run(["import", file, "--format", "marcxml"])).toMatchObject({ code: 0 });
  await send();
});
afterEach(() => {
  installation.remove();
});

test("each department has its list in every form, those without a new title an empty one that is valid", async () => {
  expect(
    readdirSync(place("."))
      .filter((name) => name.startsWith("physics"))
      .sort(),
  ).toEqual([
    "physics.atom",
    "physics.bib",
    "physics.csv",
    "physics.html",
    "physics.json",
    "physics.refworks.txt",
    "physics.ris",
    "physics.rss",
  ]);
  const expected = ["物理学の基礎", "Quanten & Licht <neu>", "=1+1"];

  interface Rss {
    rss: {
      channel: [
        { item?: { title: string[]; guid: { _: string }[] }[]; "atom:link": { $: { href: string } }[] },
      ];
    };
  }
  const rss = (await parseStringPromise(text("physics.rss"))) as Rss;
  const [channel] = rss.rss.channel;
  expect(channel.item?.map(({ title }) => title[0])).toEqual(expected);
  expect(channel["atom:link"][0]?.$.href).toBe("https://library.example.edu/new/new-titles/physics.rss");

  const atom = (await parseStringPromise(text("physics.atom"))) as {
    feed: { entry: { title: string[]; id: string[] }[] };
  };
  expect(atom.feed.entry.map(({ title }) => title[0])).toEqual(expected);

  const json = JSON.parse(text("physics.json")) as {
    version: string;
    items: { title: string; id: string }[];
  };
  expect(json.version).toBe("https://jsonfeed.org/version/1.1");
  expect(json.items.map(({ title }) => title)).toEqual(expected);
  const ids = json.items.map(({ id }) => id);
  expect(atom.feed.entry.map(({ id }) => id[0])).toEqual(ids);
  expect(channel.item?.map(({ guid }) => guid[0]?._)).toEqual(ids);

  expect(text("physics.csv")).toContain("'=1+1");
  for (const name of ["physics.ris", "physics.bib", "physics.refworks.txt"])
    expect(text(name)).toContain("物理学の基礎");
  expect(text("physics.html")).toContain("Quanten &#38; Licht &#60;neu&#62;");
  expect(text("physics.html")).not.toMatch(/<script|<img/);

  const empty = (await parseStringPromise(text("history.rss"))) as Rss;
  expect(empty.rss.channel[0].item).toBeUndefined();
  expect((JSON.parse(text("history.json")) as { items: unknown[] }).items).toEqual([]);
});

test("a second run writes nothing anew, and every word of the staff stays away", async () => {
  const before = statSync(place("physics.rss")).mtimeMs;
  await send();
  expect(statSync(place("physics.rss")).mtimeMs).toBe(before);
  const all = readdirSync(place(".")).map(text).join("\n");
  expect(all).not.toMatch(/loans|holds|fund|price|barcode/i);
});

test("a list that is withdrawn is gone, and comes back only when it is retried", async () => {
  const { stdout } = await installation.run(["--json", "outbox", "list"]);
  const issues = JSON.parse(stdout) as { id: number; subject: string; state: string }[];
  const { id } = issues.find(({ subject }) => subject === "physics") ?? { id: 0 };

  expect(await installation.run(["outbox", "withdraw", String(id)])).toMatchObject({ code: 0 });
  expect(readdirSync(place(".")).filter((name) => name.startsWith("physics"))).toEqual([]);
  await send();
  expect(readdirSync(place(".")).filter((name) => name.startsWith("physics"))).toEqual([]);
  const again = await installation.run(["outbox", "withdraw", String(id)]);
  expect(again).toMatchObject({ code: 1 });
  expect(again.stderr).toContain("nothing of it was published");

  expect(await installation.run(["outbox", "retry", String(id)])).toMatchObject({ code: 0 });
  await send();
  expect(readdirSync(place(".")).filter((name) => name.startsWith("physics"))).toHaveLength(8);
});
