/** `doctor`: whether the key is accepted, what the account holds, and how its last snapshot stands. */
import { Cancelled, LiaisonError, problemText } from "../../src/domain/problem.ts";
import type { Check } from "../../src/kit/contract.ts";
import type { HoldingsIq } from "./client.ts";
import { Total } from "./schema.ts";

export async function* checkHoldingsIq(api: HoldingsIq, signal: AbortSignal): AsyncGenerator<Check> {
  try {
    const query = { selection: "selected", count: "1", offset: "1", search: "", orderby: "packagename" };
    const packages = await api.get({ path: "/packages", query, shape: Total }, signal);
    if (packages === null) {
      yield {
        check: "account",
        state: "failure",
        message: "there is no account of this customer id",
        cure: "check customerId: it is the library's own, not a consortium's",
      };
      return;
    }
    const message = `HoldingsIQ accepts the key; ${String(packages.totalResults)} packages are selected`;
    yield packages.totalResults > 0
      ? { check: "account", state: "ok", message }
      : {
          check: "account",
          state: "warning",
          message,
          cure: "select the library's packages in EBSCOadmin, Holdings Management",
        };
  } catch (error) {
    if (!(error instanceof LiaisonError) || error instanceof Cancelled) throw error;
    const { cure, ...problem } = error.problem;
    yield {
      check: "account",
      state: "failure",
      message: problemText(problem),
      ...(cure !== undefined && { cure }),
    };
  }
}
