/** The door of XML reading: answers of other systems, nothing of which is trusted. */
export { askXml, asStop } from "./ask.ts";
export type { XmlAnswer, XmlTarget } from "./ask.ts";
export { decodeXml } from "./decode.ts";
export { cutRecords, rawWithoutItems, readLenient } from "./pieces.ts";
export { parseXml, xmlText } from "./tree.ts";
export { walkXml } from "./walk.ts";
