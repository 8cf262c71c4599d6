import { userInfo } from "node:os";
import type { App } from "../../app.ts";
import { appliedMapping, compileOrThrow } from "../../jobs/rules.ts";
import type { Mapping } from "../../mapping/index.ts";
import type { RemapCounts } from "../../store/index.ts";
import { table } from "../table.ts";

/** What the files on disk would move, without moving it. */
export async function trial(
  app: App,
): Promise<{ readonly mapping: Mapping; readonly counts: RemapCounts; readonly from: string }> {
  const files = app.mappingFiles();
  const mapping = compileOrThrow(files);
  const { mapping: active } = await app.mapping();
  const applied = appliedMapping(mapping, files, userInfo().username, app.now());
  const counts = await app.store.remap(app.rules(mapping), applied, { dryRun: true });
  return { mapping, counts, from: active.version };
}

export function movesShape(from: string, mapping: Mapping, counts: RemapCounts): object {
  const { titlesMoved, itemsMoved, moves } = counts;
  return { from, to: mapping.version, moves, titles: titlesMoved, items: itemsMoved };
}

export function movesText({ titles, items, titlesMoved, itemsMoved, moves }: RemapCounts): string {
  return [
    `${titlesMoved} of ${titles} titles and ${itemsMoved} of ${items} items move`,
    ...(moves.length === 0
      ? []
      : [
          table(
            ["from", "to", "titles", "items", "loans", "for example"],
            moves.map((move) => [
              move.from,
              move.to,
              move.titles,
              move.items,
              move.loans,
              move.examples[0]?.title ?? "",
            ]),
          ),
        ]),
  ].join("\n");
}
