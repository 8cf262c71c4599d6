/** Every figure of the demo library, month by month, beside SQL over Koha's own tables: what `npm run oracle` prints. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { nameOf, oracleCases } from "../oracle/cases.ts";
import { hasMariaDb } from "../oracle/mariadb.ts";
import { makeWorld, wordsFor } from "../oracle/world.ts";
import type { World } from "../oracle/world.ts";

describe("all figures against SQL over Koha's tables", () => {
  if (!hasMariaDb()) {
    test.skip("all figures (skipped: the Debian package mariadb-server is not installed)", () => undefined);
    return;
  }
  let world: World;
  beforeAll(async () => {
    world = await makeWorld("demo", wordsFor("demo"));
  }, 300_000);
  afterAll(() => world.close());

  test.each(oracleCases.map((measureCase) => ({ name: nameOf(measureCase), measureCase })))(
    "$name is the same in every period, for the library, every department and every branch",
    async ({ measureCase }) => {
      expect((await world.compare(measureCase)).differences).toEqual([]);
    },
  );
});
