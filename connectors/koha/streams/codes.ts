/** Libraries, item types and authorised values: what Koha's codes are called. */
import { z } from "zod";
import { OffError } from "../../../src/domain/problem.ts";
import { dayIn } from "../../../src/domain/time.ts";
import type { Kit, Message, Stream } from "../../../src/kit/contract.ts";
import type { Koha } from "../client.ts";
import type { Config } from "../config.ts";
import { KohaFault } from "../errors.ts";
import { AuthorisedValue, ItemType, Library } from "../schema.ts";
import { codes, codesStream } from "../whole.ts";

export function librariesStream(config: Config, koha: Koha): Stream {
  return codesStream(config, koha, {
    name: "libraries",
    path: "/libraries",
    order: "library_id",
    decoder: {
      kind: "library",
      schema: Library,
      toFact: ({ library_id: id, name }) => ({ kind: "library", id, name: name ?? id }),
    },
  });
}

export function itemTypesStream(config: Config, koha: Koha): Stream {
  return codesStream(config, koha, {
    name: "item-types",
    path: "/item_types",
    order: "item_type",
    since: "23.05",
    decoder: {
      kind: "item-type",
      schema: ItemType,
      toFact: ({ item_type: id, description, notforloan }) => ({
        kind: "item-type",
        id,
        name: description ?? id,
        notForLoan: notforloan,
      }),
    },
  });
}

/** Those whose codes stand in items, suggestions and interlibrary loans. */
const categories = [
  ..."LOC CCODE LOST WITHDRAWN DAMAGED NOT_LOAN SUGGEST_STATUS ILL_STATUS_ALIAS".split(" "),
] as const;

const Cursor = z.object({ readOn: z.string() });

/**
 * One request a category, and labels change once in a while: read once a day, and at every sweep. Between sweeps
 * nothing is taken for gone.
 */
export function authorisedValuesStream(config: Config, kit: Kit, koha: Koha): Stream {
  async function* pull(sweeping: boolean, today: string, signal: AbortSignal): AsyncGenerator<Message> {
    let found = 0;
    for (const category of categories) {
      const spec = {
        path: `/authorised_value_categories/${category}/authorised_values`,
        order: "value",
        decoder: {
          kind: "authorised-value",
          schema: AuthorisedValue,
          toFact: ({ value, description }: z.infer<typeof AuthorisedValue>) =>
            ({
              kind: "authorised-value",
              id: `${category}:${value}`,
              category,
              value,
              label: description ?? value,
            }) as const,
        } as const,
      };
      try {
        yield* codes(config, koha, spec, signal);
        found += 1;
      } catch (error) {
        // Not every site has every category.
        if (!(error instanceof KohaFault) || error.status !== 404) throw error;
      }
    }
    if (found === 0) {
      throw new OffError({
        code: "KOHA_TOO_OLD",
        what: "off, needs Koha 22.11.06 or later",
        cure: "update Koha; until then codes are shown as they are",
      });
    }
    if (sweeping) yield { type: "swept", kind: "authorised-value" };
    yield { type: "page", cursor: { readOn: today } };
  }

  return {
    name: "authorised-values",
    facts: ["authorised-value"],
    cursorVersion: 1,
    sweeps: true,
    async *pull({ cursor, full, signal }) {
      const today = dayIn(kit.now(), kit.timeZone);
      const known = cursor === null ? null : Cursor.parse(cursor);
      if (!full && known?.readOn === today) yield { type: "page" };
      else yield* pull(full || known === null, today, signal);
    },
  };
}
