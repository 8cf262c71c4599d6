/** The titles of a folder of MARC files, as learning sees them. */
import { createReadStream, existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { readMarc } from "../../src/kit/marc/index.ts";
import type { Assigner } from "../../src/domain/evidence.ts";
import { extractEvidence } from "../../src/domain/extract.ts";
import { describe } from "../../src/domain/marc/describe.ts";
import { studied } from "../../src/mapping/index.ts";
import type { StudiedTitle } from "../../src/mapping/index.ts";

export interface SampleTitle extends StudiedTitle {
  /** The folder or file that it came in. */
  readonly set: string;
}

/** Titles with headings, each once, whatever their number of copies among the files. */
export async function readTitles(folder: string, assign: Assigner): Promise<SampleTitle[]> {
  const seen = new Set<string>();
  const titles: SampleTitle[] = [];
  for (const file of filesOf(folder)) {
    const bytes = createReadStream(path.join(folder, file));
    for await (const decoded of readMarc(bytes, { format: "auto", file })) {
      if (!decoded.ok || !isBibliographic(decoded.record.leader)) continue;
      const content = JSON.stringify(decoded.record.fields);
      if (seen.has(content)) continue;
      seen.add(content);
      const { title, author, language, materialType, publicationYear, isbn, issn } = describe(decoded.record);
      const record = {
        id: `${file}:${String(decoded.number)}`,
        evidence: extractEvidence(decoded.record),
        funds: [],
        language,
        materialType,
        publicationYear,
        isbn,
        issn,
      };
      const found = studied({ record, title, author, itemNumbers: [] }, assign);
      if (found !== null) titles.push({ ...found, set: file });
    }
  }
  return titles;
}

/** Those of the manifest that are catalogue records, else every file. */
function filesOf(folder: string): string[] {
  const manifest = path.join(folder, "MANIFEST.json");
  if (!existsSync(manifest))
    return readdirSync(folder)
      .filter((name) => /\.(?:mrc|marc|dat|xml|json)$/.test(name))
      .sort();
  const { files } = JSON.parse(readFileSync(manifest, "utf8")) as {
    readonly files: readonly { readonly file: string; readonly kind: string }[];
  };
  return files
    .filter(({ kind }) => kind !== "stub")
    .map(({ file }) => file)
    .sort();
}

/** Leader/06 of authority, holdings and classification records is z, u-y and w. */
function isBibliographic(leader: string): boolean {
  return !/[u-z]/.test(leader.charAt(6));
}
