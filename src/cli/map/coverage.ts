import type { Command } from "commander";
import type { App } from "../../app.ts";
import { coverageByDepartment, unassignedGroups } from "../../store/queries/coverage.ts";
import type { CliContext } from "../context.ts";
import { table } from "../table.ts";

const mostGroups = 20;

export function registerCoverage(command: Command, context: CliContext): void {
  command
    .command("coverage")
    .summary("titles, items and loans per department, and what nobody owns")
    .action(() => context.withApp((app) => coverage(context, app)));
}

async function coverage(context: CliContext, app: App): Promise<void> {
  await app.mapping();
  const { rows, groups } = await app.store.read(async ({ db }) => ({
    rows: await coverageByDepartment(db),
    groups: await unassignedGroups(db, mostGroups),
  }));
  const totals = { titles: 0, items: 0, loans: 0 };
  for (const { titles, items, loans } of rows) {
    totals.titles += titles;
    totals.items += items;
    totals.loans += loans;
  }
  const own = rows.find(({ id }) => id === "unassigned") ?? { titles: 0, items: 0, loans: 0 };
  const { titles, items, loans } = own;
  const departments = rows
    .filter(({ id }) => id !== "unassigned")
    .map((row) => ({ ...row, share: totals.titles === 0 ? 0 : row.titles / totals.titles }));
  const shape = { ...totals, departments, unassigned: { titles, items, loans, groups } };
  const round = (value: number): number => Math.round(value * 10) / 10;
  context.print(shape, () =>
    [
      table(
        ["department", "titles", "items", "loans", "% of titles"],
        [
          ...departments.map((row) => [
            row.id,
            round(row.titles),
            round(row.items),
            round(row.loans),
            round(row.share * 100),
          ]),
          [
            "unassigned",
            round(titles),
            round(items),
            round(loans),
            round((100 * titles) / Math.max(1, totals.titles)),
          ],
          ["all", round(totals.titles), round(totals.items), round(totals.loans), 100],
        ],
      ),
      "",
      "biggest groups that nobody owns:",
      table(
        ["group", "titles"],
        groups.map(({ group, titles: n }) => [group, n]),
      ),
    ].join("\n"),
  );
}
