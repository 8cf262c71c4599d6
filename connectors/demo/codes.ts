/** Libraries, item types and authorised values of the demo library. */
import type { Code } from "./model.ts";

const codes = (pairs: Readonly<Record<string, string>>): Code[] =>
  Object.entries(pairs).map(([code, label]) => ({ code, label }));

export const libraries = codes({
  LAW: "Law Library",
  MAIN: "Main Library",
  MED: "Medical Library",
  SCI: "Science and Engineering Library",
});

export const itemTypes = codes({
  BK: "Book",
  CF: "Computer file",
  EB: "Electronic book",
  EJ: "Electronic journal",
  MAP: "Map",
  MIX: "Mixed material",
  REC: "Sound recording",
  REF: "Reference book",
  SCO: "Score",
  SER: "Serial",
  THE: "Thesis",
  VID: "Video",
});

export const authorisedValues: ReadonlyMap<string, readonly Code[]> = new Map([
  [
    "LOC",
    codes({
      AV: "Audiovisual",
      MAPS: "Map room",
      PERBIND: "Bound periodicals",
      REF: "Reference room",
      RES: "Course reserves",
      SPEC: "Special collections",
      STACKS: "Stacks",
    }),
  ],
  [
    "CCODE",
    codes({
      GEN: "General",
      MAPS: "Maps",
      MEDIA: "Media",
      RARE: "Rare books",
      REF: "Reference",
      SER: "Serials",
    }),
  ],
  ["LOST", codes({ 1: "Lost", 2: "Long overdue (lost)", 4: "Missing" })],
  ["NOT_LOAN", codes({ "-1": "Ordered", 1: "Not for loan", 2: "Staff collection" })],
  ["DAMAGED", codes({ 1: "Damaged" })],
  ["WITHDRAWN", codes({ 1: "Withdrawn" })],
  ["RESTRICTED", codes({ 1: "Restricted access" })],
]);

/** Koha's item type of a kind of material. */
export const itemTypeOf: Readonly<Record<string, string>> = {
  book: "BK",
  serial: "SER",
  recording: "REC",
  score: "SCO",
  video: "VID",
  "e-book": "EB",
  map: "MAP",
  "e-journal": "EJ",
  "computer-file": "CF",
  mixed: "MIX",
  thesis: "THE",
};
