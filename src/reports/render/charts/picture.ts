/** Charts as PNG for mails: twice as sharp as shown, on a ground of their own, the same bytes on every machine. */
import { createRequire } from "node:module";
import type { ChartBlock, ReportModel } from "../../model.ts";
import { sectionsOf } from "../blocks.ts";
import { html } from "../html.ts";
import { layoutChart } from "./layout.ts";
import { encodePng } from "./png.ts";
import { paperStyle, sceneMarkup } from "./svg.ts";

/** In the form of an attachment that a mail shows within. */
export interface ChartPicture {
  readonly name: string;
  readonly type: "image/png";
  readonly contentId: string;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

/** As a mail shows it at its full width, without what surrounds it. */
const shownWidth = 544;
const sharpness = 2;
/** More would make the mail heavy; further charts are tables there. */
const mostPictures = 4;

/** Of the first charts of a report, by the chart. */
export async function chartPictures(model: ReportModel): Promise<ReadonlyMap<ChartBlock, ChartPicture>> {
  const charts = sectionsOf(model).flatMap(({ section }) =>
    section.blocks.flatMap((block) => (block.type === "chart" ? [block] : [])),
  );
  const pictures = new Map<ChartBlock, ChartPicture>();
  for (const [n, chart] of charts.slice(0, mostPictures).entries()) {
    const id = `chart-${String(n + 1)}`;
    const names = { contentId: `${id}@${model.fileName}`, name: `${id}.png`, type: "image/png" } as const;
    pictures.set(chart, { ...names, ...(await draw(chart)) });
  }
  return pictures;
}

async function draw(chart: ChartBlock): Promise<Pick<ChartPicture, "bytes" | "width" | "height">> {
  // Loaded when a picture is drawn: most commands draw none.
  const { Resvg } = await import("@resvg/resvg-js");
  const scene = layoutChart(chart, shownWidth);
  const { width, height } = scene;
  const svg = html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Noto Sans"><style>${paperStyle}</style>${sceneMarkup(scene)}</svg>`;
  const picture = new Resvg(svg.text, {
    background: "#ffffff",
    fitTo: { mode: "zoom", value: sharpness },
    font: { fontFiles: [fontFile], loadSystemFonts: false, defaultFontFamily: "Noto Sans" },
  }).render();
  return { bytes: encodePng(picture.pixels, picture.width, picture.height), width, height };
}

const fontFile = createRequire(import.meta.url).resolve(
  "@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf",
);
