/** A tagged PDF document (PDF 1.7, section 14.8), text in any script on it, and its bytes. */
import { openFaces } from "./faces.ts";
import type { FaceName } from "./faces.ts";
import { linesOf, toShape, widthUnbroken } from "./inline.ts";
import type { Inline, Line, Run } from "./inline.ts";

export type Element = PDFKit.PDFStructureElement;

export interface CanvasOptions {
  readonly title: string;
  readonly author: string;
  readonly creator: string;
  /** BCP 47. */
  readonly lang: string;
  readonly madeAt: Date;
  readonly landscape: boolean;
}

export interface Canvas {
  readonly doc: PDFKit.PDFDocument;
  readonly root: Element;
  lines(inlines: readonly Inline[], width: number): readonly Line[];
  widthOf(inlines: readonly Inline[]): number;
  widthOfLine(line: Line): number;
  /** Without an element: what is no content, such as a head that is repeated. */
  drawLine(element: Element | null, line: Line, left: number, base: number): void;
  /** Within something that is tagged already. */
  drawUntagged(line: Line, left: number, base: number): void;
  artifact(draw: () => void, type?: "Layout" | "Pagination"): void;
  close(): Promise<Uint8Array>;
}

export async function openCanvas(options: CanvasOptions): Promise<Canvas> {
  // Loaded when a PDF is made: most commands make none.
  const { default: PDFDocument } = await import("pdfkit");
  const faces = await openFaces();
  const doc = new PDFDocument({
    size: "A4",
    layout: options.landscape ? "landscape" : "portrait",
    margin: 0,
    pdfVersion: "1.7",
    tagged: true,
    lang: options.lang,
    displayTitle: true,
    bufferPages: true,
    font: "",
    info: {
      Title: options.title,
      Author: options.author,
      Creator: options.creator,
      Producer: options.creator,
      CreationDate: options.madeAt,
    },
  });
  const chunks: Uint8Array[] = [];
  doc.on("data", (chunk: Uint8Array) => chunks.push(chunk));
  const done = new Promise<void>((resolve) => doc.on("end", resolve));
  const root = doc.struct("Document");
  doc.addStructure(root);

  const known = new Set<FaceName>();
  const useFont = (face: FaceName, size: number): void => {
    if (!known.has(face)) {
      doc.registerFont(face, faces.bytes(face));
      known.add(face);
    }
    doc.font(face, size);
  };
  const widths = new Map<string, number>();
  const measure = (run: Run): number => {
    const { face, inline } = run;
    const shape = toShape(run);
    const key = `${face} ${shape}`;
    let width = widths.get(key);
    if (width === undefined) {
      useFont(face, 1);
      width = doc.widthOfString(shape, shaping(run));
      widths.set(key, width);
    }
    return width * inline.size;
  };
  const artifact = (draw: () => void, type: "Layout" | "Pagination" = "Layout"): void => {
    doc.markContent("Artifact", { type });
    draw();
    doc.endMarkedContent();
  };
  const drawRun = (run: Run, x: number, base: number): void => {
    useFont(run.face, run.inline.size);
    doc
      .fillColor(run.inline.colour)
      .text(toShape(run), x, base, { lineBreak: false, baseline: "alphabetic", ...shaping(run) });
  };
  const drawLink = (element: Element, run: Run, href: string, x: number, base: number): void => {
    const { size, text } = run.inline;
    const link = doc.struct("Link");
    element.add(link);
    link.add(() => {
      drawRun(run, x, base);
    });
    const annotation: object = { structParent: link, Contents: new String(text) };
    doc.link(x, base - size, measure(run), 1.3 * size, href, annotation);
    link.end();
  };
  const drawTagged = (element: Element, run: Run, x: number, base: number): void => {
    const { href, lang } = run.inline;
    const draw = (): void => {
      drawRun(run, x, base);
    };
    if (href !== undefined) drawLink(element, run, href, x, base);
    else if (lang === undefined && !run.rightToLeft) element.add(draw);
    else {
      // Joined letters stand for several signs at once: what is read is told beside what is seen.
      const span = doc.struct("Span", {
        ...(lang !== undefined && { lang }),
        ...(run.rightToLeft && { actual: run.text }),
      });
      element.add(span);
      span.add(draw);
      span.end();
    }
  };

  return {
    doc,
    root,
    lines: (inlines, width) => linesOf(inlines, faces, width, measure),
    widthOf: (inlines) => widthUnbroken(inlines, faces, measure),
    widthOfLine: (line) => line.reduce((sum, run) => sum + measure(run), 0),
    drawLine: (element, line, left, base) => {
      let x = left;
      for (const run of line) {
        const at = x;
        if (element === null)
          artifact(() => {
            drawRun(run, at, base);
          });
        else drawTagged(element, run, at, base);
        x += measure(run);
      }
    },
    drawUntagged: (line, left, base) => {
      let x = left;
      for (const run of line) {
        drawRun(run, x, base);
        x += measure(run);
      }
    },
    artifact,
    close: async () => {
      root.end();
      doc.end();
      await done;
      return Buffer.concat(chunks);
    },
  };
}

/** With features, if none, a text is shaped as a whole, as its direction wants; without, word by word, which is quick. */
function shaping({ rightToLeft }: Run): { readonly features?: [] } {
  return rightToLeft ? { features: [] } : {};
}
