import { html } from "../reports/render/html.ts";
import type { Html } from "../reports/render/html.ts";

/** What every page shows around its content. */
export interface Frame {
  readonly library: string;
  readonly locale: string;
  readonly software: string;
}

/** A whole page. `lang` is that of the words, which are English, whatever the locale of numbers and dates. */
export function page(frame: Frame, title: string, lead: string, content: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} – ${frame.library}</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <div class="page">
          <header>
            <h1>${title}</h1>
            <p>${lead}</p>
          </header>
          <main>${content}</main>
          <footer>${frame.library} · ${frame.software}</footer>
        </div>
      </body>
    </html> `.text;
}
