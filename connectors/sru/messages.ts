/** Records of an answer as messages. */
import { createHash } from "node:crypto";
import type { Kit, Message } from "../../src/kit/contract.ts";
import { externalIdOf, itemsOf952, withoutItems } from "../../src/kit/marc/index.ts";
import type { SruRecord } from "../../src/kit/sru/index.ts";

/** The record's id, Koha's biblionumber where there is one; null when it could not be read. */
export function idOf(record: SruRecord): string | null {
  if (record.type === "record") return externalIdOf(record.marc);
  return biblionumberIn(new TextDecoder().decode(record.raw));
}

/** The same record twice has the same mark, readable or not. */
export function markOf(record: SruRecord): string {
  return idOf(record) ?? (record.type === "bad" ? createHash("sha256").update(record.raw).digest("hex") : "");
}

/** The record without its items, then the items; or what could not be read. */
export function messagesOf(
  record: SruRecord,
  at: string,
  number: number,
  kit: Pick<Kit, "currency">,
): Message[] {
  const origin = { at, record: number };
  if (record.type === "bad") {
    const id = idOf(record);
    const { raw, problem } = record;
    return [{ type: "bad", kind: "record", ...(id !== null && { id }), raw, problem, origin }];
  }
  const { marc, warnings } = record;
  const id = externalIdOf(marc);
  const items = itemsOf952(marc, id, kit).map((fact): Message => ({ type: "fact", fact, origin }));
  const fact = { kind: "record", id, marc: withoutItems(marc) } as const;
  return [{ type: "fact", fact, origin, ...(warnings.length > 0 && { warnings }) }, ...items];
}

/** 999 $c of MARCXML that could not be read as a whole. */
function biblionumberIn(xml: string): string | null {
  const field = /\btag\s*=\s*["']999["'][^]*?<\/(?:[\w.-]+:)?datafield/.exec(xml)?.[0] ?? "";
  return /\bcode\s*=\s*["']c["'][^>]*>\s*(\d{1,15})\s*</.exec(field)?.[1] ?? null;
}
