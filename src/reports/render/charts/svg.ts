/** A scene as SVG: with classes for a page that knows light and dark, or with colours of its own for a picture. */
import { Html, html } from "../html.ts";
import { textSize } from "./scene.ts";
import type { Mark, Scene } from "./scene.ts";

/** The colours of a light page. */
const paper: Readonly<Record<string, string>> = {
  bar: "#3b82b5",
  card: "#ffffff",
  ink: "#1d2733",
  soft: "#55606e",
  line: "#dcd8cf",
};

/** The marks of a scene for the style sheet `chartStyle`. */
export function sceneMarkup({ marks }: Scene): Html {
  return html`${marks.map(markup)}`;
}

/**
 * Fill, outline and dashes for each series, in colours named `--bar`, `--card`, `--ink`, `--soft`, `--line`: the first
 * is full, the second hollow, lines differ by dashes and strength. In forced colours they are the reader's own.
 */
export const chartStyle = `
svg .b0, svg .d0 { fill:var(--bar); } svg .b1, svg .d1 { fill:var(--card); stroke:var(--bar); stroke-width:1.5; }
svg .r { stroke:var(--line); } svg .l, svg .v { font-size:${textSize}px; fill:var(--soft); } svg .v { fill:var(--ink); }
svg polyline { fill:none; stroke:var(--bar); stroke-width:2; stroke-linejoin:round; } svg .p1, svg .p2, svg .p3, svg .p4 { stroke-width:1.3; } svg .p1 { stroke-dasharray:7 3; } svg .p2 { stroke-dasharray:2 3; } svg .p3 { stroke-dasharray:9 3 2 3; } svg .p4 { stroke-dasharray:4 6; }
@media (forced-colors:active) { svg .b0, svg .d0 { fill:CanvasText; } svg .b1, svg .d1 { fill:Canvas; stroke:CanvasText; } svg polyline, svg .r { stroke:CanvasText; } svg .l, svg .v { fill:CanvasText; } }`;

function markup(mark: Mark): Html {
  switch (mark.kind) {
    case "bar":
      return html`<rect class="b${mark.tone}" x="${mark.x}" y="${mark.y}" width="${mark.width}" height="${mark.height}" rx="2"/>`;
    case "line":
      return html`<polyline class="p${mark.tone}" points="${mark.points.map(([x, y]) => `${x},${y}`).join(" ")}"/>`;
    case "dot":
      return html`<circle class="d${mark.tone}" cx="${mark.x}" cy="${mark.y}" r="3"/>`;
    case "rule":
      return html`<path class="r" d="M${mark.x} ${mark.y}h${mark.width}"/>`;
    case "text":
      return html`<text class="${new Html(mark.role === "value" ? "v" : "l")}" x="${mark.x}" y="${mark.y}"${mark.anchor === "start" ? null : html` text-anchor="${mark.anchor}"`}>${mark.text}</text>`;
  }
}

/** The same on white paper, for who knows neither variables nor media. */
export const paperStyle = new Html(
  chartStyle
    .replace(/@media[\s\S]*$/, "")
    .replaceAll("svg ", "")
    .replaceAll(/var\(--(\w+)\)/g, (_, name: string) => paper[name] ?? "none"),
);
