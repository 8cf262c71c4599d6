import { z } from "zod";
import { traceMeasure } from "../../measures/index.ts";
import type { MeasureAnswer } from "../../measures/index.ts";
import type { MeasureRow } from "../../measures/types.ts";
import { reachOf } from "../../measures/reach.ts";
import { denials } from "../../measures/turnaways.ts";
import { usageWithin } from "../../measures/usage.ts";
import { readPackageCosts } from "../../store/queries/measures/e-resources.ts";
import type { SectionContext } from "../context.ts";
import type { Block, Cell, FigureBlock, TableBlock } from "../model.ts";
import { comparedWith, compareOption } from "./comparisons.ts";
import { measureContextOf } from "./measure-context.ts";
import { measured, measuredCell } from "./measured.ts";
import { defineSection } from "./section.ts";
import { tableOf } from "./tables.ts";
import { column, countCell, dataCell, titleCell } from "./titles.ts";
import { isOurs } from "./wants.ts";

const requestsMetric = "Total_Item_Requests";

/**
 * Use of e-resources as COUNTER reports tell it: requests, cost of one, turnaways, open access, and what nobody
 * opened; by platform, by package, and the titles that are used most, that turn readers away, and that nobody opens.
 */
export const electronic = defineSection({
  id: "e-resources",
  title: "section.e-resources",
  options: {
    limit: z.int().min(1).max(500).default(10).describe("Rows of each table"),
    compare: compareOption,
  },
  build: async (context, { limit, compare }) => {
    const { reader, period, settings, words } = context;
    const { delivered } = await reachOf(reader, ["usage"], period, settings.zone);
    if (!delivered) return { blocks: [{ type: "text", text: words.say("e-resources-none") }], empty: true };
    const figures = await figuresOf(context, compare);
    const tables = [
      ...(await platformTable(context, limit)),
      ...(await packageTable(context, limit)),
      ...(await titleTables(context, limit)),
      ...(await unusedTable(context, limit)),
    ];
    if (tables.length === 0) {
      const text = words.say("e-resources-unused", { period: words.period(period) });
      return { blocks: [{ type: "text", text }], empty: true };
    }
    return { blocks: [...figures, ...tables] };
  },
});

/** What no source tells, such as costs, is left out. */
async function figuresOf(
  context: SectionContext,
  compare: z.infer<typeof compareOption>,
): Promise<FigureBlock[]> {
  const change = await comparedWith(context, "electronic-requests", compare);
  const requests = await measured(
    context,
    "electronic-requests",
    change === null ? {} : { remark: change.text },
  );
  const others = [];
  for (const measure of [
    "cost-per-use-electronic",
    "turnaways",
    "denial-rate",
    "open-access-use-share",
    "electronic-unused-share",
  ])
    others.push(await measured(context, measure));
  return [
    { ...requests, ...(change?.direction !== undefined && { direction: change.direction }) },
    ...others.filter(({ reason }) => reason !== "no-data"),
  ];
}

/** The rows of several measures by one key, most requests first. */
async function side(
  context: SectionContext,
  by: "platform" | "package",
  measures: readonly string[],
): Promise<{ readonly keys: readonly string[]; cell(measure: string, key: string): Cell }> {
  const answers = new Map<string, MeasureAnswer>();
  for (const measure of measures) answers.set(measure, await context.rows(measure, by));
  const rowOf = (measure: string, key: string): MeasureRow | undefined =>
    answers.get(measure)?.rows.find((row) => row[by] === key);
  const amount = (key: string): number => {
    const value = rowOf("electronic-requests", key)?.value;
    return typeof value === "number" ? value : 0;
  };
  const keys = new Set([...answers.values()].flatMap(({ rows }) => rows.flatMap((row) => row[by] ?? [])));
  return {
    keys: [...keys].sort((a, b) => amount(b) - amount(a) || (a < b ? -1 : 1)),
    cell: (measure, key) => {
      const answer = answers.get(measure);
      return answer === undefined
        ? { value: null, text: "" }
        : measuredCell(context, measure, rowOf(measure, key), answer);
    },
  };
}

async function platformTable(context: SectionContext, limit: number): Promise<TableBlock[]> {
  const { keys, cell } = await side(context, "platform", [
    "electronic-requests",
    "turnaways",
    "open-access-use-share",
  ]);
  return tableOf(context, {
    id: "platforms",
    caption: context.words.say("platforms-caption"),
    columns: [
      column(context, "platform"),
      column(context, "requests", "end"),
      column(context, "turnaways", "end"),
      column(context, "openAccess", "end"),
    ],
    rows: keys.map((key) => [
      dataCell(key),
      cell("electronic-requests", key),
      cell("turnaways", key),
      cell("open-access-use-share", key),
    ]),
    limit,
  });
}

/** Only where lists of titles tell what a package is made of. */
async function packageTable(context: SectionContext, limit: number): Promise<TableBlock[]> {
  const { keys, cell } = await side(context, "package", [
    "electronic-requests",
    "cost-per-use-electronic",
    "electronic-unused-share",
  ]);
  const names = new Map((await readPackageCosts(context.reader)).map((cost) => [cost.package, cost.name]));
  return tableOf(context, {
    id: "packages",
    caption: context.words.say("packages-caption"),
    columns: [
      column(context, "package"),
      column(context, "requests", "end"),
      column(context, "costPerUse", "end"),
      column(context, "unopened", "end"),
    ],
    rows: keys.map((key) => [
      dataCell(names.get(key) ?? key),
      cell("electronic-requests", key),
      cell("cost-per-use-electronic", key),
      cell("electronic-unused-share", key),
    ]),
    limit,
  });
}

interface TitleUse {
  readonly record: string | null;
  readonly title: string;
  readonly platform: string;
  readonly requests: number;
  readonly denied: number;
}

/** The most used, and the most refused. */
async function titleTables(context: SectionContext, limit: number): Promise<TableBlock[]> {
  const { words } = context;
  const titles = await usedTitles(context);
  const byName = (a: TitleUse, b: TitleUse): number => (a.title < b.title ? -1 : 1);
  const columns = [
    column(context, "title"),
    column(context, "platform", "start", true),
    column(context, "requests", "end"),
    column(context, "turnaways", "end"),
  ];
  const rowOf = ({ record, title, platform, requests, denied }: TitleUse): Cell[] => [
    titleCell(context, { record: record ?? "", title, author: null }),
    dataCell(platform),
    countCell(context, requests),
    countCell(context, denied),
  ];
  return [
    ...tableOf(context, {
      id: "e-titles",
      caption: words.say("e-titles-caption"),
      columns,
      rows: titles
        .filter(({ requests }) => requests > 0)
        .sort((a, b) => b.requests - a.requests || byName(a, b))
        .map(rowOf),
      limit,
    }),
    ...tableOf(context, {
      id: "turnaways",
      caption: words.say("turnaways-caption"),
      columns,
      rows: titles
        .filter(({ denied }) => denied > 0)
        .sort((a, b) => b.denied - a.denied || byName(a, b))
        .map(rowOf),
      limit,
    }),
  ];
}

async function usedTitles(context: SectionContext): Promise<TitleUse[]> {
  const measure = await measureContextOf(context, ["usage"]);
  if (measure === null) return [];
  const { usage } = await usageWithin(measure, [requestsMetric, ...denials]);
  const titles = Map.groupBy(
    usage.filter(({ setId }) => isOurs(context, setId)),
    ({ titleId }) => titleId,
  );
  return [...titles.values()].flatMap((rows): TitleUse[] => {
    const [first] = rows;
    if (first === undefined) return [];
    const { record, title, platform } = first;
    let [requests, denied] = [0, 0];
    for (const { metric, count } of rows)
      if (metric === requestsMetric) requests += count;
      else denied += count;
    return [{ record, title, platform, requests, denied }];
  });
}

/** Titles of packages on platforms that report, of which no report tells a request. */
async function unusedTable(context: SectionContext, limit: number): Promise<Block[]> {
  const { reader, period, mapping, settings, department, words } = context;
  const request = { period, mapping, settings, ...(department !== null && { departments: [department] }) };
  const titles = new Map<string, Cell[]>();
  for await (const { record, title, item } of traceMeasure(reader, "electronic-unused-share", request))
    titles.set(`${item ?? ""} ${record ?? ""} ${title ?? ""}`, [
      titleCell(context, { record: record ?? "", title, author: null }),
      dataCell(item ?? null),
    ]);
  return tableOf(context, {
    id: "unopened",
    caption: words.say("unopened-caption"),
    columns: [column(context, "title"), column(context, "package")],
    rows: [...titles.values()],
    limit,
  });
}
