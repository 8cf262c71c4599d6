/** One pass over an XML answer of another system: bounded, without document type, elements by local name. */
import { SaxesParser } from "saxes";
import { DataError } from "../../domain/problem.ts";

/** Deeper than any envelope with a record in it. */
const deepest = 64;
/** Characters; the longest page of records is far below. */
const longest = 256 * 1024 * 1024;

export type Attributes = Readonly<Record<string, string>>;

export interface XmlEvents {
  /** `name` with its prefix, `local` without; `depth` is 1 for the root. */
  open(local: string, attributes: Attributes, depth: number, name: string): void;
  /** Text and CDATA, in pieces. */
  text(text: string, depth: number): void;
  close(local: string, depth: number, name: string): void;
}

/**
 * Throws DataError: `XML_EMPTY`, `XML_IS_HTML` (a page for people came instead), `XML_TOO_LONG`, `XML_DTD` (nothing that
 * a document declares is ever expanded), `XML_TOO_DEEP`, `XML_NOT_WELL_FORMED`; the place is `where:line:column`.
 */
export function walkXml(xml: string, where: string, events: XmlEvents): void {
  refuseUnread(xml, where);
  const parser = new SaxesParser({ xmlns: false, position: true });
  let depth = 0;
  const fail = (code: string, what: string, why?: string): never => {
    const place = `${where}:${String(parser.line)}:${String(parser.column)}`;
    throw new DataError({ code, what, where: place, ...(why !== undefined && { why }) });
  };
  parser.on("error", ({ message }) =>
    fail("XML_NOT_WELL_FORMED", "the answer is not well-formed XML", message.replace(/^\d+:\d+: /, "")),
  );
  parser.on("doctype", () => fail("XML_DTD", "the answer has a document type declaration"));
  parser.on("opentag", ({ name, attributes }) => {
    depth += 1;
    if (depth > deepest) fail("XML_TOO_DEEP", `elements are nested deeper than ${String(deepest)}`);
    events.open(localName(name), attributes, depth, name);
  });
  const text = (piece: string): void => events.text(piece, depth);
  parser.on("text", text);
  parser.on("cdata", text);
  parser.on("closetag", ({ name }) => {
    events.close(localName(name), depth, name);
    depth -= 1;
  });
  parser.write(xml).close();
}

export function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function refuseUnread(xml: string, where: string): void {
  const head = xml.slice(0, 4096).trimStart();
  if (head === "") throw new DataError({ code: "XML_EMPTY", what: "the answer is empty", where });
  if (xml.length > longest) {
    const what = `the answer is longer than ${String(longest)} characters`;
    throw new DataError({ code: "XML_TOO_LONG", what, where, cure: "ask for fewer records at once" });
  }
  if (!/^(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)*<(?:!doctype\s+html|html)\b/i.test(head)) return;
  const title = /<title[^>]*>([^<]{1,200})/i.exec(xml)?.[1]?.replaceAll(/\s+/g, " ").trim();
  throw new DataError({
    code: "XML_IS_HTML",
    what: `a web page came instead of XML${title === undefined || title === "" ? "" : `: "${title}"`}`,
    where,
    cure: "check the address; a login page, a proxy or a server fault may answer in its place",
  });
}
