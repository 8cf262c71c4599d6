/** Public lists as files that a web server shows: feeds, tables, references, and a piece of a page to embed. */
import { existsSync } from "node:fs";
import { access, constants, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { defineDelivery } from "../../src/kit/contract.ts";
import type { Check, Outcome, Rendered } from "../../src/kit/contract.ts";
import { withFeedAddress, withLinks } from "../../src/kit/public-links.ts";
import type { formats } from "./config.ts";
import { Config } from "./config.ts";

/** Ends of file names: RefWorks imports what ends in `.txt`. */
const endings: Readonly<Record<(typeof formats)[number], string>> = {
  rss: "rss",
  atom: "atom",
  json: "json",
  csv: "csv",
  bib: "bib",
  ris: "ris",
  refworks: "refworks.txt",
  html: "html",
};

const Written = z.array(z.string());

export const feed = defineDelivery<Config>({
  id: "feed",
  config: Config,
  open: (given, kit) => {
    const dir = path.resolve(kit.folder, given.dir);
    return {
      addressed: false,
      publishes: "page",
      deliver: async (rendered): Promise<Outcome> => {
        const files = await filesOf(rendered, given);
        try {
          for (const { name, text } of files) await writeWhole(path.join(dir, name), text);
        } catch (error) {
          return { type: "refused", problem: notWritten(dir, error) };
        }
        return { type: "sent", receipt: { target: dir, handle: files.map(({ name }) => name) } };
      },
      withdraw: async (last): Promise<Outcome> => {
        for (const name of Written.safeParse(last.handle).data ?? []) {
          const file = path.resolve(dir, name);
          if (file.startsWith(dir + path.sep)) await rm(file, { force: true });
        }
        return { type: "sent", receipt: last };
      },
      async *check(): AsyncIterable<Check> {
        try {
          await access(nearestThere(dir), constants.W_OK);
          yield { check: "feeds", state: "ok", message: `${dir} can be written` };
        } catch (error) {
          const message = `${dir} cannot be written: ${(error as Error).message}`;
          const cure = "check the folder and that this user may write there";
          yield { check: "feeds", state: "failure", message, cure };
        }
        if (given.url === undefined) {
          const message = "without url the feeds do not name themselves";
          yield { check: "feeds", state: "warning", message, cure: "write the folder's address as url" };
        }
      },
      close: () => Promise.resolve(),
    };
  },
});

async function filesOf(
  { report, subject, html, attachments }: Rendered,
  config: Config,
): Promise<{ readonly name: string; readonly text: string }[]> {
  const [folder, stem] = [safeName(report), safeName(subject)];
  const base = config.url === undefined ? null : `${config.url.replace(/\/$/, "")}/${folder}`;
  const wanted = config.formats.map((format) => endings[format]);
  const files = attachments.flatMap(({ name, bytes }) => {
    const end = name.slice(name.indexOf(".") + 1);
    if (!wanted.includes(end)) return [];
    return [
      { name: `${folder}/${stem}.${end}`, text: withFeedAddress(new TextDecoder().decode(bytes), base) },
    ];
  });
  if (!config.formats.includes("html")) return files;
  const linked = await withLinks(html, () => Promise.resolve(null));
  const piece = `<div class="koha-liaison koha-liaison-${folder}">\n${linked}</div>\n`;
  return [...files, { name: `${folder}/${stem}.html`, text: piece }];
}

/** ASCII, lower case, no separators: a name can never climb out of its folder. */
function safeName(text: string): string {
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return name === "" ? "list" : name;
}

/** Whole or not at all, and not when it is there: feed readers and caches ask whether a file changed. */
async function writeWhole(file: string, text: string): Promise<void> {
  if (existsSync(file) && (await readFile(file, "utf8")) === text) return;
  await mkdir(path.dirname(file), { recursive: true });
  const partial = `${file}.partial`;
  await writeFile(partial, text);
  await rename(partial, file);
}

function notWritten(where: string, error: unknown): Extract<Outcome, { type: "refused" }>["problem"] {
  return {
    code: "FILE_NOT_WRITTEN",
    what: "a file cannot be written",
    where,
    why: (error as NodeJS.ErrnoException).message, // of node:fs
    cure: "check that there is room, and that the folder may be written by this user",
  };
}

/** The folder itself, or what it will be made in: a check makes nothing. */
function nearestThere(folder: string): string {
  return existsSync(folder) ? folder : nearestThere(path.dirname(folder));
}
