import { formatIso2709 } from "../../src/kit/marc/index.ts";

/** The smallest record with a call number, as ISO 2709. */
export function marcRecord(id: string, callNumber: string): Uint8Array {
  const [, cls = callNumber, item = ""] = /^(\S+) (.+)$/.exec(callNumber) ?? [];
  return formatIso2709({
    leader: "00000nam a2200000 a 4500",
    fields: [
      { tag: "001", value: id },
      { tag: "050", ind1: " ", ind2: "4", subfields: [["a", cls], ["b", item]] }, // prettier-ignore
      { tag: "245", ind1: "0", ind2: "0", subfields: [["a", `Title ${id}`]] },
    ],
  });
}
