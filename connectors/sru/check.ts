/** `doctor`: whether the server answers, what it counts, and whether its records are the catalogue's. */
import { Cancelled, LiaisonError } from "../../src/domain/problem.ts";
import { problemText } from "../../src/domain/problem.ts";
import type { Check } from "../../src/kit/contract.ts";
import { biblionumberOf } from "../../src/kit/marc/index.ts";
import type { Catalogue } from "./client.ts";
import type { Config } from "./config.ts";
import { everything, findRoute } from "./route.ts";

export async function* checkSru(
  catalogue: Catalogue,
  config: Config,
  signal: AbortSignal,
): AsyncGenerator<Check> {
  try {
    const { title, schemas } = await catalogue.explain(signal);
    const named = title === "" ? "" : `: ${title}`;
    yield { check: "connection", state: "ok", message: `the SRU server answers${named}` };
    if (schemas.length > 0 && !schemas.includes(config.recordSchema))
      yield {
        check: "schema",
        state: "warning",
        message: `explain does not list the schema "${config.recordSchema}", but ${schemas.join(", ")}`,
        cure: "set `recordSchema` to the one that is MARCXML, if the next check fails",
      };
  } catch (error) {
    yield failed("connection", error);
    return;
  }
  try {
    const route = await findRoute(catalogue, config, signal);
    const page = await catalogue.page(everything(route, config), 1, 1, signal);
    const way = route === "number" ? "by record number" : "by position";
    yield {
      check: "sweep",
      state: "ok",
      message: `${String(page.numberOfRecords)} records in the search index, read ${way}; the index may lag behind the catalogue`,
    };
    const [record] = page.records;
    if (record?.type === "bad") {
      const { cure, ...problem } = record.problem;
      const message = problemText(problem);
      yield { check: "marc", state: "failure", message, ...(cure !== undefined && { cure }) };
    } else if (record !== undefined && biblionumberOf(record.marc) === null)
      yield {
        check: "marc",
        state: "warning",
        message: "records come as MARCXML, but without biblionumber (999 $c)",
        cure: "nothing to do for another system than Koha; their control numbers are the ids",
      };
    else if (record !== undefined) yield { check: "marc", state: "ok", message: "records come as MARCXML" };
  } catch (error) {
    yield failed("sweep", error);
  }
}

function failed(check: string, error: unknown): Check {
  if (!(error instanceof LiaisonError) || error instanceof Cancelled) throw error;
  const { cure, ...problem } = error.problem;
  return { check, state: "failure", message: problemText(problem), ...(cure !== undefined && { cure }) };
}
