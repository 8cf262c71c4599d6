/** One walk over a document with an XML parser that can begin anew inside it, under the same ancestors. */
import { SaxesParser } from "saxes";
import type { DecodedText } from "./decoded.ts";
import { createMarcXmlHandler } from "./xml-handler.ts";
import type { MarcXmlHandler } from "./xml-handler.ts";

/** Deeper than any envelope around a record. */
const deepest = 64;

interface Ancestor {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface XmlSession {
  readonly handler: MarcXmlHandler;
  /** The open elements, the root first. */
  readonly open: readonly Ancestor[];
  readonly rootName: string | null;
  readonly doctype: string | null;
  /** The records that ended in the text. Throws what the parser throws; the session is then of no more use. */
  write(xml: string): DecodedText[];
}

export function createXmlSession(ancestors: readonly Ancestor[] = []): XmlSession {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const handler = createMarcXmlHandler();
  const open: Ancestor[] = [];
  let ended: DecodedText[] = [];
  let rootName: string | null = null;
  let doctype: string | null = null;
  parser.on("doctype", (text) => {
    doctype = text;
  });
  parser.on("opentag", ({ name, attributes }) => {
    rootName ??= name;
    open.push({ name, attributes });
    if (open.length > deepest) throw new Error(`elements are nested deeper than ${String(deepest)}`);
    handler.startElement(name, attributes);
  });
  parser.on("text", (text) => {
    handler.text(text);
  });
  parser.on("cdata", (text) => {
    handler.text(text);
  });
  parser.on("closetag", ({ name }) => {
    open.pop();
    const record = handler.endElement(name);
    if (record !== null) ended.push(record);
  });
  for (const ancestor of ancestors) parser.write(startTag(ancestor));
  return {
    handler,
    open,
    get rootName() {
      return rootName;
    },
    get doctype() {
      return doctype;
    },
    write(xml) {
      ended = [];
      parser.write(xml);
      return ended;
    },
  };
}

function startTag({ name, attributes }: Ancestor): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  return `<${name}${written.join("")}>`;
}

/** For text and for attribute values in double quotes. */
export function escapeXml(text: string): string {
  if (!/[&<>"\r]/.test(text)) return text;
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\r", "&#13;");
}
