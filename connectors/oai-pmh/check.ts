/** `doctor`: whether the repository answers, and whether prefix and set are among what it has. */
import { Cancelled, LiaisonError, problemText } from "../../src/domain/problem.ts";
import type { Check, Kit } from "../../src/kit/contract.ts";
import { identify, listMetadataFormats, listSets } from "../../src/kit/oai/index.ts";
import type { Config } from "./config.ts";

export async function* checkOai(
  { url, prefix, set, timeoutMs }: Config,
  kit: Kit,
  signal: AbortSignal,
): AsyncGenerator<Check> {
  const target = { url, timeoutMs, signal };
  try {
    const { name, granularity, deletedRecord } = await identify(kit.http, target);
    yield {
      check: "connection",
      state: "ok",
      message: `OAI-PMH of "${name}" answers; changes are told to the ${granularity}`,
    };
    if (deletedRecord === "no")
      yield {
        check: "deletions",
        state: "warning",
        message: "the repository does not tell deletions",
        cure: 'run "liaison sync --full" on this source from time to time, e.g. weekly',
      };
    const formats = await listMetadataFormats(kit.http, target);
    yield formats.includes(prefix)
      ? { check: "format", state: "ok", message: `it has the format ${prefix}` }
      : {
          check: "format",
          state: "failure",
          message: `it has no format "${prefix}"`,
          cure: `set \`prefix\` to the one of ${formats.join(", ")} that is MARCXML`,
        };
    if (set === undefined) return;
    const sets = await listSets(kit.http, target);
    yield sets.some(({ spec }) => spec === set)
      ? { check: "set", state: "ok", message: `it has the set ${set}` }
      : {
          check: "set",
          state: "failure",
          message: `it has no set "${set}"`,
          cure:
            sets.length === 0
              ? "leave `set` out: it has no sets"
              : `set it to one of ${sets
                  .slice(0, 20)
                  .map(({ spec }) => spec)
                  .join(", ")}`,
        };
  } catch (error) {
    if (!(error instanceof LiaisonError) || error instanceof Cancelled) throw error;
    const { cure, ...problem } = error.problem;
    yield {
      check: "connection",
      state: "failure",
      message: problemText(problem),
      ...(cure !== undefined && { cure }),
    };
  }
}
