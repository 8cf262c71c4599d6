/** The MARC records of a whole XML text: a collection, one record, or an envelope around them. */
import type { DecodedText } from "./decoded.ts";
import { createMarcXmlSplitter } from "./xml-split.ts";

/** In document order; a record that is not well-formed comes as `ok: false` and the next ones are tried. */
export function marcXmlRecords(xml: string): DecodedText[] {
  const splitter = createMarcXmlSplitter();
  const undeclared = xml.replace(/^\s*<\?xml[^>]*\?>/, ""); // it is text by now, whatever its bytes were
  return [...splitter.push(Buffer.from(undeclared)), ...splitter.end()];
}
