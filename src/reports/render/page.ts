/** The report as one page that needs nothing beside it: no script, no font, no picture from elsewhere. */
import type {
  Cell,
  ChartBlock,
  Column,
  Datum,
  FigureBlock,
  ReportModel,
  Rich,
  SectionModel,
  TableBlock,
} from "../model.ts";
import { forReading, grouped, plain } from "./blocks.ts";
import type { Group } from "./blocks.ts";
import { layoutChart } from "./charts/layout.ts";
import { chartStyle, sceneMarkup } from "./charts/svg.ts";
import { Html, html } from "./html.ts";

/** More visible columns than a small screen has room for. */
const mostColumns = 3;
/** A figure of more signs takes two places, a cell of no more stays on one line. */
const [longText, shortCell] = [7, 20];

const style = `
:root { color-scheme: light dark; --paper:#fbfaf7; --card:#fff; --ink:#1d2733; --soft:#55606e; --line:#dcd8cf; --accent:#1f5f8b; --bar:#3b82b5; --wash:#eaf1f6; }
@media (prefers-color-scheme: dark) { :root { --paper:#14181d; --card:#1c2229; --ink:#e6e9ec; --soft:#a8b1bb; --line:#343c46; --accent:#8cc4ec; --bar:#5ba3d4; --wash:#23303b; } }
* { box-sizing: border-box; }
body { margin:0; background:var(--paper); color:var(--ink); font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif; }
main, .head, footer { max-width:64rem; margin:0 auto; padding:0 1.25rem; }
.head { padding-top:2.25rem; border-bottom:3px solid var(--accent); padding-bottom:1rem; }
.head p { margin:0; color:var(--soft); }
h1 { font-size:2rem; line-height:1.15; margin:.25rem 0 0; }
h1 small { display:block; font-size:1.25rem; font-weight:500; color:var(--accent); }
h2 { font-size:1.35rem; margin:2.5rem 0 .75rem; }
h2.part { font-size:1.7rem; color:var(--accent); border-bottom:2px solid var(--accent); padding-bottom:.25rem; }
h3 { font-size:1.15rem; margin:2rem 0 .6rem; }
p { margin:.4rem 0; max-width:46rem; }
.lead { font-size:1.15rem; }
.note { color:var(--soft); font-size:.92rem; }
a { color:var(--accent); text-underline-offset:.15em; }
:focus-visible { outline:3px solid var(--accent); outline-offset:2px; }
.todo { list-style:none; margin:0; padding:0; display:grid; gap:.5rem; max-width:46rem; }
.todo li { background:var(--wash); border-left:4px solid var(--accent); border-radius:0 6px 6px 0; padding:.65rem .9rem; overflow-wrap:anywhere; }
.todo li > * { display:block; }
.figures { display:grid; grid-template-columns:repeat(auto-fill,minmax(9.5rem,1fr)); gap:.75rem; margin:0; }
.figures div { background:var(--card); border:1px solid var(--line); border-radius:8px; padding:.8rem .95rem; display:flex; flex-direction:column; }
.figures .long { grid-column:span 2; }
.figures dt { color:var(--soft); font-size:.92rem; order:2; }
.figures dd { margin:0; font-size:1.7rem; font-weight:650; line-height:1.2; font-variant-numeric:tabular-nums; overflow-wrap:anywhere; }
.figures dd.none { font-size:1.15rem; font-weight:400; color:var(--soft); }
.figures dd.change { order:3; font-size:.88rem; font-weight:400; color:var(--soft); line-height:1.4; margin-top:.25rem; }
.sheet { background:var(--card); border:1px solid var(--line); border-radius:8px; margin:.5rem 0; }
.wide { overflow-x:auto; } .wide td, .wide th { min-width:5rem; } .wide tbody th, .wide .long { min-width:14rem; }
table { border-collapse:collapse; width:100%; }
caption { text-align:left; padding:.7rem .95rem .2rem; color:var(--soft); font-size:.92rem; }
th, td { text-align:left; padding:.5rem .95rem; border-bottom:1px solid var(--line); vertical-align:top; }
tbody tr:last-child > * { border-bottom:0; }
thead th { font-size:.85rem; color:var(--soft); white-space:nowrap; }
tbody th { font-weight:400; overflow-wrap:anywhere; }
.under { display:block; color:var(--soft); font-size:.92rem; }
.group { font-weight:600; color:var(--accent); padding-top:1rem; }
.short { white-space:nowrap; }
.number { text-align:right; font-variant-numeric:tabular-nums; white-space:nowrap; }
figure { margin:.75rem 0; background:var(--card); border:1px solid var(--line); border-radius:8px; padding:.9rem; }
figcaption { color:var(--soft); font-size:.92rem; margin-bottom:.5rem; }
svg { display:block; width:100%; height:auto; max-width:54rem; } svg.slim { display:none; }${chartStyle}
summary { cursor:pointer; color:var(--accent); font-size:.92rem; padding:.25rem 0; }
footer { color:var(--soft); font-size:.92rem; padding-top:2rem; padding-bottom:4rem; }
.about { border-top:1px solid var(--line); margin-top:3rem; color:var(--soft); font-size:.92rem; }
.about h2 { font-size:1.05rem; margin:1.25rem 0 .4rem; }
@media print { body { background:#fff; } .sheet, figure, .figures div { break-inside:avoid; } }
@media (max-width:40rem) {
  .figures { grid-template-columns:repeat(2,1fr); } .figures dd { font-size:1.4rem; }
  svg.broad { display:none; } svg.slim { display:block; } .short { white-space:normal; }
  th, td, caption { padding-left:.8rem; padding-right:.8rem; }
  .cards, .cards tbody, .cards tr, .cards th, .cards td { display:block; text-align:left; }
  .cards caption { display:block; }
  .cards thead { position:absolute; width:1px; height:1px; overflow:hidden; clip-path:inset(50%); }
  .cards th, .cards td { border:0; padding-top:.1rem; padding-bottom:.1rem; }
  .cards tbody tr { border-top:1px solid var(--line); padding:.5rem 0; }
  .cards td { display:flex; justify-content:space-between; gap:1rem; }
  .cards td::before { content:attr(data-label); color:var(--soft); }
}
`;

export function renderPage(model: ReportModel): string {
  const several = model.parts.length > 1;
  return html`<!doctype html>
<html lang="${model.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${model.subject.name}: ${model.title}, ${model.period.label}</title>
<style>${new Html(style)}</style>
</head>
<body>
<header class="head"><p>${model.library} · ${model.title}</p><h1><bdi>${model.subject.name}</bdi> <small>${model.period.label}</small></h1></header>
<main>
${model.parts.map((part) => [
  several ? html`<h2 class="part"><bdi>${part.name}</bdi></h2>` : null,
  part.sections.map((section) =>
    sectionOf(section, several ? 3 : 2, `${part.department ?? "library"}-${section.id}`),
  ),
])}
<div class="about">${model.closing.map((section) => sectionOf(section, 2, section.id))}</div>
</main>
<footer><p>${model.frame.madeBy}</p></footer>
</body>
</html>
`.toString();
}

function sectionOf(section: SectionModel, level: 2 | 3, id: string): Html {
  const tag = new Html(`h${level}`);
  const lead = section.id === "summary";
  return html`<section><${tag} id="${id}">${section.title}</${tag}>
${grouped(section.blocks).map((block) => blockOf(block, lead, id))}
</section>
`;
}

function blockOf(block: Group, lead: boolean, place: string): Html {
  switch (block.type) {
    case "text":
      return lead ? html`<p class="lead">${block.text}</p>` : html`<p>${block.text}</p>`;
    case "note":
      return html`<p class="note">${block.text}</p>`;
    case "figures":
      return figuresOf(block.figures);
    case "list":
      return html`<ul class="todo">${block.items.map(({ what, why, link }) => html`<li><strong>${rich(what)}</strong><span>${rich(why)}</span>${link === undefined ? null : html`<a href="${link.href}">${link.label}</a>`}</li>`)}</ul>`;
    case "chart":
      return chartOf(block, place);
    case "table":
      return tableOf(block);
  }
}

function rich(text: Rich): Html[] {
  return text.map((part) => (typeof part === "string" ? html`${part}` : datum(part)));
}

/** Catalogue data stay in their own language and direction. */
function datum({ data, lang }: Datum): Html {
  return lang === undefined ? html`<bdi>${data}</bdi>` : html`<bdi lang="${lang}">${data}</bdi>`;
}

function figuresOf(figures: readonly FigureBlock[]): Html {
  return html`<dl class="figures">${figures.map(
    ({ label, text, value, remark }) =>
      html`<div class="${value !== null && text.length > longText ? "long" : ""}"><dt>${label}</dt><dd class="${value === null ? "none" : ""}">${text}</dd>${remark === undefined ? null : html`<dd class="change">${remark}</dd>`}</div>`,
  )}</dl>`;
}

function contentOf({ text, href }: Cell): Html {
  const shown = typeof text === "string" ? html`${text}` : datum(text);
  return href === undefined ? shown : html`<a href="${href}">${shown}</a>`;
}

/** Columns that stand beneath the first one, in one line of small print. */
function underFirst(row: readonly Cell[], columns: readonly Column[]): Html | null {
  const parts = row.filter((cell, at) => columns[at]?.under === true && cell.text !== "").map(contentOf);
  if (parts.length === 0) return null;
  return html`<span class="under">${parts.map((part, at) => (at === 0 ? part : html` · ${part}`))}</span>`;
}

/**
 * Tables of many columns become cards on a small screen; the roles say that they are tables all the same, for browsers
 * forget it with the layout.
 */
function tableOf(table: TableBlock): Html {
  const whole = table.worklist === true;
  const { caption, columns, groups, more } = whole ? table : forReading(table);
  const shown = columns
    .map((column, at) => ({ column, at }))
    .filter(({ column }) => whole || column.under !== true);
  const side = (column: Column): string => (column.align === "end" ? "number" : "");
  // What stands before the title of a worklist is empty or a number, and names no row.
  const head = whole
    ? Math.max(
        0,
        columns.findIndex(({ id }) => id === "title"),
      )
    : 0;
  const rowOf = (row: readonly Cell[]): Html =>
    html`<tr role="row">${shown.map(({ column, at }, position) => {
      const cell = row[at];
      const content = cell === undefined ? null : contentOf(cell);
      return position === head
        ? html`<th scope="row" role="rowheader">${content}${whole ? null : underFirst(row, columns)}</th>`
        : html`<td role="cell" data-label="${column.label}" class="${[side(column), ...(cell !== undefined && plain(cell.text).length <= shortCell ? ["short"] : [])].join(" ")}">${content}</td>`;
    })}</tr>`;
  const kind = shown.length > mostColumns ? "cards" : "";
  const frame = whole
    ? html`<div class="sheet wide" role="region" aria-label="${caption}" tabindex="0">`
    : html`<div class="sheet">`;
  return html`${frame}<table role="table" class="${kind}"><caption>${caption}</caption><thead role="rowgroup"><tr role="row">${shown.map(
    ({ column }) => html`<th scope="col" role="columnheader" class="${side(column)}">${column.label}</th>`,
  )}</tr></thead>${groups.map(
    ({ label, rows }) =>
      html`<tbody role="rowgroup">${label === null ? null : html`<tr role="row"><th scope="rowgroup" role="rowheader" colspan="${shown.length}" class="group">${label}</th></tr>`}${rows.map(rowOf)}</tbody>`,
  )}</table></div>${more === undefined ? null : html`<p class="note">${more}</p>`}`;
}

/** The widths for which a chart is drawn: a whole line, and a telephone. */
const [wideChart, narrowChart] = [676, 300];

/** Drawn for a wide and a small screen, its message in words above it, and its numbers as a table. */
function chartOf(chart: ChartBlock, place: string): Html {
  const { id, caption, alt, axis, series, points } = chart;
  const drawing = (size: string, width: number): Html => {
    const scene = layoutChart(chart, width);
    const [title, message] = [`${place}-${id}-${size}-title`, `${place}-${id}-${size}-alt`];
    return html`<svg class="${size}" role="img" aria-labelledby="${title} ${message}" viewBox="0 0 ${scene.width} ${scene.height}"><title id="${title}">${caption}</title><desc id="${message}">${alt}</desc>${sceneMarkup(scene)}</svg>`;
  };
  return html`<figure><figcaption>${alt}</figcaption>${drawing("broad", wideChart)}${drawing("slim", narrowChart)}<details><summary>${[axis, ...series.map(({ label }) => label)].join(", ")}</summary><table><caption>${caption}</caption><thead><tr><th scope="col">${axis}</th>${series.map(({ label }) => html`<th scope="col" class="number">${label}</th>`)}</tr></thead><tbody>${points.map(({ label, values }) => html`<tr><th scope="row">${label}</th>${values.map(({ text }) => html`<td class="number">${text}</td>`)}</tr>`)}</tbody></table></details></figure>`;
}
