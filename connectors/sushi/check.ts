/** `doctor`: whether the service runs, knows us, and has the reports that are configured. */
import { Cancelled, LiaisonError, problemText } from "../../src/domain/problem.ts";
import { monthText } from "../../src/domain/time.ts";
import type { Check } from "../../src/kit/contract.ts";
import type { Sushi, SushiAnswer } from "./client.ts";
import type { Config } from "./config.ts";
import { cureOf, decisive } from "./exceptions.ts";
import { reportsIn, statusIn } from "./list.ts";
import type { ListedReport } from "./list.ts";
import { textOf } from "./outcome.ts";

export async function* checkSushi(config: Config, sushi: Sushi, signal: AbortSignal): AsyncGenerator<Check> {
  const { protocol, hostname } = new URL(config.url);
  if (protocol === "http:" && !["localhost", "127.0.0.1", "[::1]"].includes(hostname))
    yield {
      check: "address",
      state: "warning",
      message: "the credentials travel in the address, unencrypted",
      cure: "write https:// in url",
    };
  try {
    yield statusCheck(await sushi.get("status", {}, signal));
    const answer = await sushi.get("reports", {}, signal);
    const listed = reportsIn(answer);
    if (listed === null) {
      yield refusedList(answer);
      return;
    }
    yield { check: "credentials", state: "ok", message: "the provider knows this customer" };
    for (const id of config.reports) yield reportCheck(id, listed);
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

function statusCheck(answer: SushiAnswer): Check {
  const status = statusIn(answer);
  if (status === null) {
    const said = answer.exceptions[0];
    const why = said === undefined ? `it answers ${String(answer.status)}` : textOf(said);
    return {
      check: "status",
      state: "warning",
      message: `the service does not tell whether it runs: ${why}`,
      cure: "nothing to do if the next line is ok; else check url and release",
    };
  }
  const alerts = status.alerts.length === 0 ? "" : `; it says: ${status.alerts.join("; ")}`;
  return status.active
    ? { check: "status", state: "ok", message: `the service runs${alerts}` }
    : {
        check: "status",
        state: "warning",
        message: `the service says that it cannot deliver reports now${alerts}`,
        cure: "nothing to do: it is asked again by itself",
      };
}

function refusedList({ exceptions, status, where }: SushiAnswer): Check {
  const said = decisive(exceptions)?.exception ?? exceptions[0] ?? { code: status, message: "", data: "" };
  return {
    check: "credentials",
    state: "failure",
    message: `${where}: the provider gives no list of its reports: ${textOf(said)}`,
    cure: cureOf(said),
  };
}

function reportCheck(id: string, listed: readonly ListedReport[]): Check {
  const found = listed.find((report) => report.id === id);
  if (found === undefined)
    return {
      check: `report ${id}`,
      state: "warning",
      message: `the provider does not list ${id}`,
      cure: `leave it out of \`reports\`; it has ${listed.map((report) => report.id).join(", ")}`,
    };
  const { available } = found;
  const reach = available === null ? "" : `, ${monthText(available.from)} to ${monthText(available.to)}`;
  return { check: `report ${id}`, state: "ok", message: `the provider has ${id}${reach}` };
}
