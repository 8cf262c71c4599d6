/** The door of OAI-PMH 2.0 (https://www.openarchives.org/OAI/openarchivesprotocol.html). */
export type { OaiTarget } from "./ask.ts";
export { fromBefore, identify, listMetadataFormats, listSets, utcOf } from "./describe.ts";
export type { OaiIdentity } from "./describe.ts";
export { listIdentifiers, listPages, listRecords } from "./list.ts";
export type { OaiListPage } from "./list.ts";
export type { OaiRecord } from "./page.ts";
