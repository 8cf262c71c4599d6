import type {
  Block,
  Cell,
  Datum,
  FigureBlock,
  ReportModel,
  Rich,
  SectionModel,
  TableBlock,
} from "../model.ts";

/** A table for reading: without the columns that only a spreadsheet has room for. */
export function forReading(table: TableBlock): TableBlock {
  const shown = table.columns.map(({ dataOnly }) => dataOnly !== true);
  if (shown.every((isShown) => isShown)) return table;
  return {
    ...table,
    columns: table.columns.filter((_, n) => shown[n]),
    groups: table.groups.map(({ label, rows }) => ({
      label,
      rows: rows.map((row) => row.filter((_, n) => shown[n])),
    })),
  };
}

/** Rows of a worklist that a mail shows: the rest is in its files. */
const rowsInMail = 10;

/** For a mail that carries its worklists as files: their first rows alone. */
export function forMail(model: ReportModel): ReportModel {
  const shortened = (section: SectionModel): SectionModel => ({
    ...section,
    blocks: section.blocks.map((block) =>
      block.type === "table" && block.worklist === true
        ? cutTable(block, rowsInMail, model.frame.attached)
        : block,
    ),
  });
  return {
    ...model,
    parts: model.parts.map((part) => ({ ...part, sections: part.sections.map(shortened) })),
  };
}

/** The first rows, and a remark where that is not all. */
export function cutTable(table: TableBlock, rows: number, remark: string): TableBlock {
  let left = rows;
  const groups = table.groups.flatMap((group) => {
    const kept = group.rows.slice(0, Math.max(0, left));
    left -= kept.length;
    return kept.length === 0 ? [] : [{ ...group, rows: kept }];
  });
  const all = table.groups.reduce((sum, group) => sum + group.rows.length, 0);
  return all <= rows ? table : { ...table, groups, more: remark };
}

export function isWorklist(block: Block): boolean {
  return block.type === "table" && block.worklist === true;
}

/** Figures that follow one another are shown as one group. */
export type Group =
  { readonly type: "figures"; readonly figures: readonly FigureBlock[] } | Exclude<Block, FigureBlock>;

export function grouped(blocks: readonly Block[]): Group[] {
  const groups: Group[] = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    if (block.type !== "figure") groups.push(block);
    else if (last?.type === "figures")
      groups[groups.length - 1] = { ...last, figures: [...last.figures, block] };
    else groups.push({ type: "figures", figures: [block] });
  }
  return groups;
}

/** All sections with the department they stand for; those of the close have none. */
export function sectionsOf(
  model: ReportModel,
): readonly { readonly department: string | null; readonly section: SectionModel }[] {
  return [
    ...model.parts.flatMap(({ department, sections }) =>
      sections.map((section) => ({ department, section })),
    ),
    ...model.closing.map((section) => ({ department: null, section })),
  ];
}

export function rowsOf(table: TableBlock): readonly (readonly Cell[])[] {
  return table.groups.flatMap(({ rows }) => rows);
}

/** Without language and direction, for plain text and data. */
export function plain(text: string | Datum | Rich): string {
  if (typeof text === "string") return text;
  return "data" in text ? text.data : text.map(plain).join("");
}
