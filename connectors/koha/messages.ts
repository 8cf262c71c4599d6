/** Rows as messages. */
import type { z } from "zod";
import type { Fact, FactKind } from "../../src/domain/fact.ts";
import type { Message } from "../../src/kit/contract.ts";
import type { Entry } from "./halving.ts";
import { rawOf } from "./schema.ts";

/** How the rows of one list become facts of one kind. */
export interface Decoder<S extends z.ZodObject> {
  readonly kind: FactKind;
  readonly schema: S;
  /** Null when a value that the fact cannot do without cannot be read: `missing` names it. */
  readonly toFact: (row: z.infer<S>) => Fact | null;
  readonly missing?: string;
}

export function messageOf<S extends z.ZodObject>(entry: Entry, decoder: Decoder<S>): Message {
  if (entry.type === "bad") return quarantined(entry, decoder.kind);
  const origin = { at: entry.at, record: entry.number };
  const bad = (why: string): Message => ({
    type: "bad",
    kind: decoder.kind,
    id: String(entry.id),
    raw: rawOf(entry.row, decoder.schema),
    problem: {
      code: "KOHA_ROW",
      what: `${decoder.kind} ${entry.id} does not look as expected`,
      where: entry.at,
      why,
      cure: "mend it in Koha; if it is right there, report it with your Koha's version",
    },
    origin,
  });
  const parsed = decoder.schema.safeParse(entry.row);
  if (!parsed.success) return bad(issuesText(parsed.error));
  const fact = decoder.toFact(parsed.data);
  if (fact === null) return bad(`${decoder.missing ?? "a value"} cannot be read`);
  return { type: "fact", fact, origin };
}

/** Names and expectations only: never a value, which could be a person's. */
function issuesText(error: z.ZodError): string {
  return error.issues.map(({ path, code }) => `${path.join(".") || "row"}: ${code}`).join("; ");
}

/** What Koha itself cannot give. */
export function quarantined(entry: Extract<Entry, { type: "bad" }>, kind: FactKind): Message {
  return {
    type: "bad",
    kind,
    id: String(entry.id),
    raw: new TextEncoder().encode(
      JSON.stringify({ id: entry.id, answer: new TextDecoder().decode(entry.body.subarray(0, 2000)) }),
    ),
    problem: {
      code: "KOHA_UNREADABLE",
      what: `Koha cannot give ${kind} ${entry.id}`,
      where: entry.at,
      why: "asked for it alone, it answers 500: the stored row is damaged",
      cure:
        kind === "record"
          ? `open the record in Koha's staff interface and save it again, or see its log; the rest was loaded`
          : "see Koha's log plack-error.log; the rest was loaded",
    },
    origin: { at: entry.at },
  };
}
