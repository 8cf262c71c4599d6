import { fraction } from "../../../domain/weight.ts";
import type { Fraction } from "../../../domain/weight.ts";
import type { Reader } from "../../port.ts";
import { once } from "../once.ts";

export interface WeightVector {
  readonly excluded: boolean;
  readonly members: ReadonlyMap<string, Fraction>;
}

/** Every assignment set of the store by its id: some hundred, whatever the size of the library. */
export const readSets = once(async ({ db }: Reader): Promise<ReadonlyMap<number, WeightVector>> => {
  const sets = await db.selectFrom("assignment_set").select(["id", "excluded"]).execute();
  const members = await db.selectFrom("assignment").selectAll().execute();
  const vectors = new Map(
    sets.map(({ id, excluded }) => [id, { excluded: excluded === 1, members: new Map<string, Fraction>() }]),
  );
  for (const { set_id, department, num, den } of members) {
    vectors.get(set_id)?.members.set(department, fraction(num, den));
  }
  return vectors;
});

/** The mapping in force; null before the first one was applied. */
export const readMapping = once(
  async ({ db }: Reader): Promise<{ readonly version: string; readonly policy: string } | null> => {
    const row = await db
      .selectFrom("mapping_version")
      .select(["version", "policy"])
      .where("active", "=", 1)
      .executeTakeFirst();
    return row ?? null;
  },
);
