/** Text for XML 1.0: what its parsers refuse is left out, line ends and markup are written as references. */
export function xmlText(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** An element in a line of its own; nothing for null. */
export function element(name: string, text: string | null, attributes = ""): string {
  return text === null ? "" : `    <${name}${attributes}>${xmlText(text)}</${name}>\n`;
}
