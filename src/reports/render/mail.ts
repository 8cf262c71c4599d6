/**
 * The HTML part of a mail, for the clients that people have: one column of nested tables up to 600 px wide, styles
 * inline because some clients drop the rest, a style sheet only for dark mode and small screens, nothing from
 * outside, charts as pictures that come with it beside their numbers. Data tables are real tables; wide ones become cards.
 */
import type {
  Cell,
  ChartBlock,
  ChartPoint,
  Column,
  Datum,
  FigureBlock,
  ReportModel,
  Rich,
  SectionModel,
  TableBlock,
} from "../model.ts";
import { cutTable, forReading, grouped, plain } from "./blocks.ts";
import type { Group } from "./blocks.ts";
import type { ChartPicture } from "./charts/picture.ts";
import { Html, html } from "./html.ts";

const ink = "#1d2733";
const soft = "#55606e";
const line = "#dcd8cf";
const accent = "#1f5f8b";
const family = "Segoe UI,Roboto,Arial,sans-serif";
/** Of a browser's `font` shorthand, which every client knows; it also takes the weight off a head of a row. */
const font = (size: string, colour = ink): Html => new Html(`font:${size} ${family};color:${colour}`);
/** More would leave the first one no room on a telephone. */
const mostColumns = 3;
/** A cell of no more signs stays on one line. */
const shortCell = 13;

const styleSheet = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
a { text-underline-offset: 2px; }
@media (max-width: 480px) { .pad { padding-left: 16px !important; padding-right: 16px !important; } }
@media (prefers-color-scheme: dark) {
  .back { background-color: #14181d !important; }
  .card { background-color: #1c2229 !important; }
  .ink, .ink a { color: #e6e9ec !important; }
  .soft, .soft a { color: #a8b1bb !important; }
  .accent, .accent a, a { color: #8cc4ec !important; }
  .rule { border-color: #343c46 !important; }
  .todo { background-color: #23303b !important; }
}`;

const small = font("14px/1.45", soft);
const plainTable = new Html('width="100%" cellpadding="0" cellspacing="0" border="0"');
const layout = new Html('role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"');
const digits = new Html("font-variant-numeric:tabular-nums");

/** Gmail cuts off what is beyond about 102 kB. */
const mostBytes = 90_000;
/** How many rows a table keeps, and whether charts are shown, the fewer the longer the mail. */
const levels = [
  { rows: Number.POSITIVE_INFINITY, charts: true },
  { rows: 5, charts: true },
  { rows: 3, charts: false },
  { rows: 1, charts: false },
] as const;

/** Pictures of charts, which are drawn beforehand; a chart without one is its table. */
type MailPictures = ReadonlyMap<ChartBlock, Pick<ChartPicture, "contentId" | "width" | "height">>;

/** Below 90 kB: a report of many departments shows fewer rows, says so, and is whole as plain text and as a page. */
export function renderMail(model: ReportModel, pictures: MailPictures = new Map()): string {
  let mail = "";
  for (const level of levels) {
    mail = wholeMail(shortened(model, level), pictures);
    if (Buffer.byteLength(mail) < mostBytes) return mail;
  }
  return mail;
}

function shortened(model: ReportModel, level: (typeof levels)[number]): ReportModel {
  const cutSection = (section: SectionModel): SectionModel => ({
    ...section,
    blocks: section.blocks
      .filter(({ type }) => type !== "chart" || level.charts)
      .map((block) => (block.type === "table" ? forReading(block) : block))
      .map((block) => (block.type === "table" ? cutTable(block, level.rows, model.frame.shortened) : block)),
  });
  return {
    ...model,
    parts: model.parts.map((part) => ({ ...part, sections: part.sections.map(cutSection) })),
  };
}

function wholeMail(model: ReportModel, pictures: MailPictures): string {
  const several = model.parts.length > 1;
  return html`<!doctype html>
<html lang="${model.language}" dir="ltr" xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${model.subjectLine}</title>
<style>${new Html(styleSheet)}</style>
</head>
<body class="back" style="margin:0;padding:0;background-color:#f2f1ec">
<div style="display:none;max-height:0;overflow:hidden">${model.preheader}</div>
<div role="main">
<table ${layout} class="back" style="background-color:#f2f1ec"><tr><td align="center" style="padding:16px 8px">
<table ${layout} class="card" style="max-width:600px;background-color:#ffffff;overflow-wrap:anywhere">
<tr><td class="pad rule" style="padding:24px 28px 16px;border-bottom:3px solid ${accent}">
<p class="soft" style="margin:0;${small}">${model.library} · ${model.title}</p>
<h1 class="ink" style="margin:4px 0 0;${font("600 24px/1.25")}"><bdi>${model.subject.name}</bdi><br><span class="accent" style="font-size:18px;color:${accent}">${model.period.label}</span></h1>
</td></tr>
${model.parts.map((part) => [
  several ? partHead(part.name) : null,
  part.sections.map((section) => sectionRow(section, several ? 3 : 2, pictures)),
])}
${model.closing.map((section) => closingRow(section, pictures))}
<tr><td class="pad" style="padding:8px 28px 28px">
${model.pageUrl === undefined ? null : html`<p class="soft" style="margin:0 0 8px;${small}"><a href="${model.pageUrl}" style="color:${accent}">${model.frame.openPage}</a></p>`}
<p class="soft" style="margin:0;${small}">${model.frame.madeBy}</p>
</td></tr>
</table></td></tr></table>
</div>
</body>
</html>
`.toString();
}

function partHead(name: string): Html {
  return html`<tr><td class="pad" style="padding:28px 28px 0"><h2 class="accent rule" style="margin:0;padding:0 0 6px;border-bottom:2px solid ${accent};${font("600 22px/1.25", accent)}"><bdi>${name}</bdi></h2></td></tr>`;
}

function sectionRow(section: SectionModel, level: 2 | 3, pictures: MailPictures): Html {
  const tag = new Html(`h${level}`);
  return html`<tr><td class="pad" style="padding:24px 28px 0">
<${tag} class="ink" style="margin:0 0 8px;${font("600 18px/1.3")}">${section.title}</${tag}>
${grouped(section.blocks).map((one) => block(one, pictures))}
</td></tr>
`;
}

function closingRow(section: SectionModel, pictures: MailPictures): Html {
  return html`<tr><td class="pad" style="padding:28px 28px 8px">
<table ${layout}><tr><td class="rule" style="border-top:1px solid ${line};padding:16px 0 0">
<h2 class="soft" style="margin:0 0 6px;${font("600 16px/1.3", soft)}">${section.title}</h2>
${grouped(section.blocks).map((one) => block(one, pictures))}
</td></tr></table>
</td></tr>
`;
}

function block(given: Group, pictures: MailPictures): Html {
  switch (given.type) {
    case "text":
      return html`<p class="ink" style="margin:0;${font("16px/1.5")}">${given.text}</p>`;
    case "note":
      return html`<p class="soft" style="margin:6px 0 0;${small}">${given.text}</p>`;
    case "figures":
      return figures(given.figures);
    case "list":
      return html`<table ${layout}>${given.items.map(
        ({ what, why, link }) =>
          html`<tr><td class="todo ink" style="padding:10px 14px;background-color:#eaf1f6;border-left:4px solid ${accent};${font("16px/1.45")}"><strong>${rich(what)}</strong><br>${rich(why)}${link === undefined ? null : html`<br><a href="${link.href}" style="color:${accent}">${link.label}</a>`}</td></tr><tr><td style="height:6px;line-height:6px;font-size:6px">&#8203;</td></tr>`,
      )}</table>`;
    case "chart":
      return chart(given, pictures);
    case "table":
      return given.columns.filter(({ under }) => under !== true).length > mostColumns
        ? cards(given)
        : table(given);
  }
}

function rich(text: Rich): Html[] {
  return text.map((part) => (typeof part === "string" ? html`${part}` : datum(part)));
}

/** Catalogue data stay in their own language and direction. */
function datum({ data, lang }: Datum): Html {
  return lang === undefined ? html`<bdi>${data}</bdi>` : html`<bdi lang="${lang}">${data}</bdi>`;
}

function figures(list: readonly FigureBlock[]): Html {
  return html`<table ${plainTable}>${list.map(
    ({ label, text, value, remark }) =>
      html`<tr><th scope="row" align="left" class="ink rule" style="padding:8px 8px 8px 0;border-bottom:1px solid ${line};${font("16px/1.4")}">${label}${remark === undefined ? null : html`<br><span class="soft" style="font-size:14px;color:${soft}">${remark}</span>`}</th><td class="${value === null ? "soft" : "ink"} rule" align="right" valign="top" style="padding:8px 0;border-bottom:1px solid ${line};${value === null ? font("16px/1.4", soft) : font("600 20px/1.2")};${digits}">${text}</td></tr>`,
  )}</table>`;
}

/** How many points of a chart stand beside one another in its table. */
const pointsInRow = 2;

/** The picture, which tells its message where pictures are off, and its numbers as a table. */
function chart(given: ChartBlock, pictures: MailPictures): Html {
  const { caption, alt, axis, series, points } = given;
  const picture = pictures.get(given);
  const perRow = series.length === 1 && points.length > pointsInRow ? pointsInRow : 1;
  const height = Math.ceil(points.length / perRow);
  const heads = html`<th scope="col" align="left" class="soft rule" style="padding:4px 8px 4px 0;border-bottom:1px solid ${line};${font("600 14px/1.4", soft)}">${axis}</th>${series.map(({ label }, n) => html`<th scope="col" align="right" class="soft rule" style="padding:4px ${n === series.length - 1 ? 24 : 8}px 4px 0;border-bottom:1px solid ${line};${font("600 14px/1.4", soft)}">${label}</th>`)}`;
  const cellsOf = (point: ChartPoint | undefined): Html =>
    point === undefined
      ? html`<td></td>${series.map(() => html`<td></td>`)}`
      : html`<th scope="row" align="left" class="soft" style="padding:2px 8px 2px 0;${small}">${point.label}</th>${point.values.map(({ text }, n) => html`<td class="ink" align="right" style="padding:2px ${n === series.length - 1 ? 24 : 8}px 2px 0;${font("14px/1.45")};${digits}">${text}</td>`)}`;
  const rows = Array.from({ length: height }, (_, at) =>
    Array.from({ length: perRow }, (__, n) => cellsOf(points[at + n * height])),
  );
  return html`<p class="soft" style="margin:16px 0 8px;${small}">${alt}</p>${
    picture === undefined
      ? null
      : html`<img src="cid:${picture.contentId}" width="${picture.width}" height="${picture.height}" alt="${alt}" style="display:block;width:100%;max-width:${picture.width}px;height:auto;border:0;${font("14px/1.45", soft)}">`
  }<table ${plainTable} style="margin-top:6px"><caption class="soft" style="text-align:left;padding:6px 0 2px;${small}">${caption}</caption><thead><tr>${Array.from({ length: perRow }, () => heads)}</tr></thead><tbody>${rows.map((row) => html`<tr>${row}</tr>`)}</tbody></table>`;
}

function cellContent({ text, href }: Cell): Html {
  const shown = typeof text === "string" ? html`${text}` : datum(text);
  return href === undefined ? shown : html`<a href="${href}" style="color:${accent}">${shown}</a>`;
}

/** Columns that stand beneath the first one, in one line of small print. */
function underFirst(row: readonly Cell[], columns: readonly Column[]): Html | null {
  const parts = row.filter((cell, at) => columns[at]?.under === true && cell.text !== "").map(cellContent);
  if (parts.length === 0) return null;
  return html`<br><span class="soft" style="font-size:14px;color:${soft}">${parts.map((part, at) => (at === 0 ? part : html` · ${part}`))}</span>`;
}

function table({ caption, columns, groups, more }: TableBlock): Html {
  const shown = columns.map((column, at) => ({ column, at })).filter(({ column }) => column.under !== true);
  const side = ({ align }: Column): Html => new Html(align === "end" ? "right" : "left");
  const cellStyle = new Html(
    `padding:7px 8px 7px 0;border-bottom:1px solid ${line};${font("15px/1.4").text}`,
  );
  const rowOf = (row: readonly Cell[]): Html =>
    html`<tr>${shown.map(({ column, at }, position) => {
      const cell = row[at];
      const content = cell === undefined ? null : cellContent(cell);
      return position === 0
        ? html`<th scope="row" align="left" valign="top" class="ink rule" style="${cellStyle}">${content}${underFirst(row, columns)}</th>`
        : html`<td align="${side(column)}" valign="top" class="ink rule" style="${cellStyle}${new Html(cell !== undefined && plain(cell.text).length <= shortCell ? ";white-space:nowrap" : "")}${column.align === "end" ? html`;${digits}` : null}">${content}</td>`;
    })}</tr>`;
  return html`<table ${plainTable} style="margin-top:6px"><caption class="soft" style="text-align:left;padding:0 0 4px;${small}">${caption}</caption><thead><tr>${shown.map(
    ({ column }) =>
      html`<th scope="col" align="${side(column)}" valign="bottom" class="soft rule" style="padding:6px 8px 6px 0;border-bottom:2px solid ${line};${font("600 14px/1.45", soft)}">${column.label}</th>`,
  )}</tr></thead>${groups.map(
    ({ label, rows }) =>
      html`<tbody>${label === null ? null : html`<tr><th scope="rowgroup" colspan="${shown.length}" align="left" class="accent" style="padding:12px 0 4px;${font("600 15px/1.4", accent)}">${label}</th></tr>`}${rows.map(rowOf)}</tbody>`,
  )}</table>${moreLine(more)}`;
}

/** More columns than a telephone has room for: each row as a card, its first cell as the head. */
function cards({ caption, columns, groups, more }: TableBlock): Html {
  const card = (row: readonly Cell[]): Html => {
    const [head, ...rest] = row;
    const details = rest.flatMap((cell, at) => {
      const column = columns[at + 1];
      if (cell.text === "" || column === undefined) return [];
      return [column.under === true ? cellContent(cell) : html`${column.label}: ${cellContent(cell)}`];
    });
    return html`<tr><td class="rule" style="padding:8px 0;border-bottom:1px solid ${line}"><p class="ink" style="margin:0;${font("600 16px/1.4")}">${head === undefined ? null : cellContent(head)}</p><p class="soft" style="margin:2px 0 0;${small}">${details.map((detail, at) => (at === 0 ? detail : html` · ${detail}`))}</p></td></tr>`;
  };
  return html`<p class="soft" style="margin:6px 0 4px;${small}">${caption}</p><table ${layout}>${groups.map(
    ({ label, rows }) => [
      label === null
        ? null
        : html`<tr><td style="padding:12px 0 0"><p class="accent" style="margin:0;${font("600 15px/1.4", accent)}">${label}</p></td></tr>`,
      rows.map(card),
    ],
  )}</table>${moreLine(more)}`;
}

function moreLine(more: string | undefined): Html | null {
  return more === undefined ? null : html`<p class="soft" style="margin:6px 0 0;${small}">${more}</p>`;
}
