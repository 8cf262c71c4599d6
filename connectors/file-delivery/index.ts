/** Reports as files: mail files under `outbox/`, pages and tables under `reports/<report>/`. */
import { existsSync } from "node:fs";
import { access, constants, mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { defineDelivery } from "../../src/kit/contract.ts";
import type { Check, Outcome, Rendered } from "../../src/kit/contract.ts";
import { renderEml } from "../../src/kit/mail/index.ts";
import { Config } from "./config.ts";

/** ASCII, lower case, no separators: a name can never climb out of its folder. */
function safeName(text: string): string {
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9@._-]+/g, "-")
    .replaceAll(/^[.-]+|[.-]+$/g, "");
  return name === "" ? "report" : name;
}

/** Whole or not at all: a reader never sees half a file. */
async function writeWhole(file: string, bytes: Uint8Array | string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const partial = `${file}.partial`;
  await writeFile(partial, bytes);
  await rename(partial, file);
}

async function filesOf(
  rendered: Rendered,
  key: string,
  config: Config,
  date: Date,
): Promise<readonly { readonly name: string; readonly bytes: Uint8Array | string }[]> {
  const files: { name: string; bytes: Uint8Array | string }[] = [];
  if (config.formats.includes("eml")) {
    const settings = { from: config.from, replyTo: null, maxAttachmentBytes: 5_242_880 };
    const name = `${safeName(rendered.recipient)}-${safeName(rendered.report)}.eml`;
    files.push({ name: path.join("outbox", name), bytes: await renderEml(rendered, key, settings, date) });
  }
  const folder = path.join("reports", safeName(rendered.report));
  // As reports name their own files: `..` between two days would look like a way up.
  const stem = `${safeName(rendered.subject)}-${safeName(rendered.period.replace("..", "_"))}`;
  if (config.formats.includes("html")) {
    let html = rendered.html;
    for (const { name, bytes, contentId } of rendered.attachments) {
      if (contentId === undefined) continue;
      const picture = `${stem}-${safeName(name)}`;
      html = html.replaceAll(`cid:${contentId}`, picture);
      files.push({ name: path.join(folder, picture), bytes });
    }
    files.push({ name: path.join(folder, `${stem}.html`), bytes: html });
  }
  for (const { name, bytes } of rendered.attachments) {
    const format = path.extname(name).slice(1);
    const wanted = format !== "html" && (config.formats as readonly string[]).includes(format);
    if (wanted) files.push({ name: path.join(folder, safeName(name)), bytes });
  }
  return files;
}

/** The folder itself, or what it will be made in: a check makes nothing. */
function nearestThere(folder: string): string {
  return existsSync(folder) ? folder : nearestThere(path.dirname(folder));
}

export const fileDelivery = defineDelivery<Config>({
  id: "file",
  config: Config,
  open: (given, kit) => {
    const config = { ...given, dir: path.resolve(kit.folder, given.dir) };
    return {
      addressed: config.formats.includes("eml"),
      deliver: async (rendered, key): Promise<Outcome> => {
        const written: string[] = [];
        try {
          for (const { name, bytes } of await filesOf(rendered, key, config, new Date(kit.now()))) {
            await writeWhole(path.join(config.dir, name), bytes);
            written.push(name);
          }
        } catch (error) {
          const { code, message } = error as NodeJS.ErrnoException; // of node:fs
          const full = code === "ENOSPC";
          return {
            type: full ? "later" : "refused",
            problem: {
              code: full ? "DISK_FULL" : "FILE_NOT_WRITTEN",
              what: full ? "the disk is full" : "a file cannot be written",
              where: config.dir,
              why: message,
              cure: full
                ? "make room; it is tried again"
                : "check that the folder may be written by this user",
            },
          };
        }
        return { type: "sent", receipt: { target: config.dir, handle: written } };
      },
      async *check(): AsyncIterable<Check> {
        try {
          await access(nearestThere(config.dir), constants.W_OK);
          yield { check: "files", state: "ok", message: `${config.dir} can be written` };
        } catch (error) {
          yield {
            check: "files",
            state: "failure",
            message: `${config.dir} cannot be written: ${(error as Error).message}`,
            cure: "check the folder and that this user may write there",
          };
        }
      },
      close: () => Promise.resolve(),
    };
  },
});
