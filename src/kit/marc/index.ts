/** The door of MARC reading and writing. */
export type { Decoded, DecodedText } from "./decoded.ts";
export { formatMarcInJson, marcInJson } from "./json.ts";
export { externalIdOf, itemsOf952, withoutItems } from "./koha-items.ts";
export { biblionumberOf } from "./notes.ts";
export { readMarc, readMarcBatches } from "./read.ts";
export type { MarcFormat } from "./read.ts";
export { createSeen } from "./seen.ts";
export { formatIso2709, formatMarcXml } from "./write.ts";
export { createMarcXmlHandler } from "./xml-handler.ts";
export { marcXmlRecords } from "./xml-records.ts";
