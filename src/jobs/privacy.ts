/** Looks for identities wherever the product keeps anything, and says where it looked. */
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { storedTexts } from "../store/queries/texts.ts";
import type { Store } from "../store/index.ts";

/** The shape of `privacy scan --json`. */
export interface PrivacyScan {
  readonly looked: readonly { readonly place: string; readonly bytes: number }[];
  readonly found: readonly { readonly place: string; readonly identity: string }[];
}

/** Shorter texts would be found by chance. */
const shortest = 4;

/** `folders`: where files are written; the store's own file is looked through as it lies on the disk. */
export async function scanForIdentities(
  store: Store,
  folders: readonly string[],
  identities: readonly string[],
): Promise<PrivacyScan> {
  const search = searcher(identities.filter((identity) => Buffer.byteLength(identity) >= shortest));
  const looked = new Map<string, number>();
  const found = new Map<string, { readonly place: string; readonly identity: string }>();
  const look = (place: string, bytes: Uint8Array): void => {
    looked.set(place, (looked.get(place) ?? 0) + bytes.length);
    for (const identity of search(bytes)) found.set(`${place} ${identity}`, { place, identity });
  };
  for (const file of [store.file, `${store.file}-wal`]) {
    const bytes = tryRead(file);
    if (bytes !== null) look(file, bytes);
  }
  await store.read(async ({ db }) => {
    for await (const { place, bytes } of storedTexts(db)) look(place, bytes);
  });
  for (const folder of folders) {
    for (const file of filesBelow(folder)) look(file, readFileSync(file));
  }
  return { looked: [...looked].map(([place, bytes]) => ({ place, bytes })), found: [...found.values()] };
}

/** All given texts at once: candidates by their first four bytes, then compared whole. */
function searcher(texts: readonly string[]): (bytes: Uint8Array) => Set<string> {
  const byStart = new Map<number, { readonly text: string; readonly bytes: Buffer }[]>();
  for (const text of texts) {
    const bytes = Buffer.from(text);
    const start = bytes.readUInt32BE(0);
    byStart.set(start, [...(byStart.get(start) ?? []), { text, bytes }]);
  }
  return (bytes) => {
    const found = new Set<string>();
    let start = 0;
    for (let at = 0; at < bytes.length; at++) {
      start = ((start << 8) | (bytes[at] ?? 0)) >>> 0;
      if (at < shortest - 1) continue;
      for (const candidate of byStart.get(start) ?? []) {
        const from = at - shortest + 1;
        if (candidate.bytes.equals(bytes.subarray(from, from + candidate.bytes.length)))
          found.add(candidate.text);
      }
    }
    return found;
  };
}

function tryRead(file: string): Uint8Array | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
