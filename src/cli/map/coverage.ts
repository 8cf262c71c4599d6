import type { Command } from "commander";
import type { App } from "../../app.ts";
import { coverageByDepartment, unassignedGroups } from "../../store/queries/coverage.ts";
import type { DepartmentCoverage, UnassignedGroup } from "../../store/queries/coverage.ts";
import { decidingEvidence } from "../../store/queries/deciding-evidence.ts";
import type { EvidenceShare } from "../../store/queries/deciding-evidence.ts";
import type { CliContext } from "../context.ts";
import { table } from "../table.ts";

const mostGroups = 20;

/** `map coverage --json`. `departments` are without `unassigned`; titles and items are sums of weights. */
interface CoverageShape {
  readonly titles: number;
  readonly items: number;
  readonly loans: number;
  readonly departments: readonly (DepartmentCoverage & { readonly share: number })[];
  readonly evidence: readonly EvidenceShare[];
  readonly unassigned: {
    readonly titles: number;
    readonly items: number;
    readonly loans: number;
    readonly groups: readonly UnassignedGroup[];
  };
}

export function registerCoverage(command: Command, context: CliContext): void {
  command
    .command("coverage")
    .summary("titles, items and loans per department, by what evidence, and what nobody owns")
    .action(() =>
      context.withApp(async (app) => {
        const shape = await coverageOf(app);
        context.print(shape, () => coverageText(shape));
      }),
    );
}

async function coverageOf(app: App): Promise<CoverageShape> {
  const { rules } = await app.mapping();
  const { rows, evidence, groups } = await app.store.read(async (reader) => ({
    rows: await coverageByDepartment(reader.db),
    evidence: decidingEvidence(reader, rules),
    groups: await unassignedGroups(reader.db, mostGroups),
  }));
  const sumOf = (key: "titles" | "items" | "loans"): number =>
    withoutNoise(rows.reduce((sum, row) => sum + row[key], 0));
  const totals = { titles: sumOf("titles"), items: sumOf("items"), loans: sumOf("loans") };
  const own = rows.find(({ id }) => id === "unassigned") ?? { titles: 0, items: 0, loans: 0 };
  const { titles, items, loans } = own;
  const departments = rows
    .filter(({ id }) => id !== "unassigned")
    .map((row) => ({ ...row, share: totals.titles === 0 ? 0 : row.titles / totals.titles }));
  return { ...totals, departments, evidence, unassigned: { titles, items, loans, groups } };
}

/** Thirds that are added up as floating numbers give 2499.9999999999995. */
function withoutNoise(sum: number): number {
  return Math.round(sum * 1e6) / 1e6;
}

const evidenceNames: Readonly<Record<string, string>> = {
  record: "single titles",
  fund: "fund",
  collection: "collection, location, library, item type",
  lcc: "LC call number",
  ddc: "Dewey number",
  nlm: "NLM call number",
  udc: "UDC number",
  other: "beginning of another call number",
  heading: "heading",
  any: "nothing else matched",
};

function coverageText({ titles, items, loans, departments, evidence, unassigned }: CoverageShape): string {
  const round = (value: number): number => Math.round(value * 10) / 10;
  const percent = (part: number): number => round((100 * part) / Math.max(1, titles));
  return [
    table(
      ["department", "titles", "items", "loans", "% of titles"],
      [
        ...departments.map((row) => ({ ...row, name: row.id })),
        { name: "unassigned", ...unassigned },
        { name: "all", titles, items, loans },
      ].map((row) => [
        row.name,
        round(row.titles),
        round(row.items),
        round(row.loans),
        row.name === "all" ? 100 : percent(row.titles),
      ]),
    ),
    "",
    table(
      ["decided by", "titles", "items", "% of titles"],
      [
        ...evidence.map((row) => ({ ...row, name: evidenceNames[row.kind] ?? row.kind })),
        { name: "unassigned", ...unassigned },
      ].map((row) => [row.name, round(row.titles), round(row.items), percent(row.titles)]),
    ),
    "",
    "biggest groups that nobody owns:",
    table(
      ["group", "titles"],
      unassigned.groups.map(({ group, titles: n }) => [group, n]),
    ),
  ].join("\n");
}
