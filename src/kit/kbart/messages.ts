/** A list as what a source says: its titles, then its packages, whose list is complete. */
import type { Problem } from "../../domain/problem.ts";
import type { Message } from "../contract.ts";
import { problemOf } from "./defects.ts";
import type { KbartList } from "./list.ts";

/** Messages between two pages. */
const pageSize = 500;

/**
 * Without the page that ends the stream. `complete`: titles of the packages that the list does not name are gone.
 * Every defect is a warning of its title; of those of the file only what changes how it is read.
 */
export function* kbartMessages(
  list: Pick<KbartList, "defects" | "titles" | "packages" | "unusable">,
  at: string,
  { complete }: { readonly complete: boolean },
): Generator<Message> {
  let sincePage = 0;
  const ofFile: Problem[] = list.defects
    .filter(({ code }) => code === "kbart-encoding" || code === "kbart-column")
    .map((defect) => problemOf(defect, at));
  for (const { cells, line } of list.unusable) {
    yield {
      type: "bad",
      kind: "e-title",
      raw: Buffer.from(cells.join("\t")),
      problem: {
        code: "KBART_NO_TITLE",
        what: "the row has neither a title nor an identifier",
        where: `${at}:${String(line)}`,
        cure: "give it a publication_title",
      },
      origin: { at, record: line },
    };
  }
  for (const { fact, line, defects } of list.titles) {
    const warnings = [...ofFile.splice(0), ...defects.map((defect) => problemOf(defect, at))];
    yield { type: "fact", fact, origin: { at, record: line }, ...(warnings.length > 0 && { warnings }) };
    sincePage += 1;
    if (sincePage < pageSize) continue;
    yield { type: "page" };
    sincePage = 0;
  }
  for (const [id, { packageName: name, vendor }] of list.packages) {
    const fact = { kind: "package", id, name, vendor, platform: null, titlesComplete: complete } as const;
    yield { type: "fact", fact, origin: { at } };
  }
}
