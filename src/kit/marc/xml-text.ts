/** Repairs of MARCXML text before an XML parser sees it, so that every error of the parser is a real one. */
import type { Problem } from "../../domain/problem.ts";
import { controlWarning, hasControls, withoutControls } from "./text.ts";

// What XML declares by itself, and character references.
const loneAmpersand = /&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)/g;
const reference = /&#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));/g;

/**
 * Control characters become U+FFFD; `&` that begins no entity of XML itself (`&nbsp;`, `AT&T`) stands for itself:
 * nothing is expanded that the document declares.
 */
export function repairXml(xml: string): { readonly xml: string; readonly warnings: readonly Problem[] } {
  const warnings: Problem[] = [];
  let repaired = xml;
  if (hasControls(repaired)) {
    warnings.push(controlWarning);
    repaired = withoutControls(repaired);
  }
  if (!repaired.includes("&") || repaired.includes("<![CDATA[")) return { xml: repaired, warnings };
  const escaped = repaired.replace(loneAmpersand, "&amp;");
  if (escaped !== repaired)
    warnings.push({ code: "xml-entity", what: "entities that XML does not declare were kept as text" });
  const legal = escaped.replace(reference, (text, hex: string | undefined, decimal: string | undefined) =>
    isXmlCharacter(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)) ? text : "\ufffd",
  );
  if (legal !== escaped) warnings.push(controlWarning);
  return { xml: legal, warnings };
}

/** XML 1.0, production 2. */
function isXmlCharacter(point: number): boolean {
  return (
    point === 0x09 ||
    point === 0x0a ||
    point === 0x0d ||
    (point >= 0x20 && point <= 0xd7ff) ||
    (point >= 0xe000 && point <= 0xfffd) ||
    (point >= 0x10000 && point <= 0x10ffff)
  );
}
