/** `doctor`: whether the key is good, each search is understood, and the catalogue's records are found. */
import { Cancelled, LiaisonError, problemText } from "../../src/domain/problem.ts";
import type { Problem } from "../../src/domain/problem.ts";
import type { Check } from "../../src/kit/contract.ts";
import { SearchRefused } from "./client.ts";
import type { Summon } from "./client.ts";
import type { Config } from "./config.ts";

export async function* checkSummon(
  config: Config,
  summon: Summon,
  signal: AbortSignal,
): AsyncGenerator<Check> {
  let isKnown = false;
  for (const [department, { query, filters }] of Object.entries(config.searches)) {
    const check = `search ${department}`;
    try {
      const { recordCount } = await summon.search(
        [
          ["s.q", query],
          ...filters.map((filter) => ["s.fvf", filter] as const),
          ["s.ho", "t"],
          ["s.ps", "1"],
        ],
        signal,
      );
      if (!isKnown) yield { check: "connection", state: "ok", message: "Summon answers and takes the key" };
      isKnown = true;
      yield recordCount === 0
        ? {
            check,
            state: "warning",
            message: "it finds nothing in the library's holdings",
            cure: "try the query in Summon's own search box",
          }
        : { check, state: "ok", message: `${String(recordCount)} in the library's holdings` };
    } catch (error) {
      if (error instanceof SearchRefused) {
        yield failed(check, error.problem);
        continue;
      }
      if (!(error instanceof LiaisonError) || error instanceof Cancelled) throw error;
      yield failed("connection", error.problem);
      return;
    }
  }
  const lost: string[] = [];
  for (const isbn of config.known) {
    const { recordCount } = await summon.search(
      [
        ["s.q", `ISBN:(${isbn})`],
        ["s.ho", "t"],
        ["s.ps", "1"],
      ],
      signal,
    );
    if (recordCount === 0) lost.push(isbn);
  }
  if (config.known.length === 0) return;
  yield lost.length === 0
    ? {
        check: "catalogue",
        state: "ok",
        message: `all ${String(config.known.length)} known titles are found`,
      }
    : {
        check: "catalogue",
        state: "warning",
        message: `Summon does not find ${lost.join(", ")} of the catalogue`,
        cure: "look when the catalogue was last sent to Summon, and whether that upload failed",
      };
}

function failed(check: string, { cure, ...problem }: Problem): Check {
  return { check, state: "failure", message: problemText(problem), ...(cure !== undefined && { cure }) };
}
