/** The door of COUNTER reports (Code of Practice 5 and 5.1), whatever brings them: a file, or the COUNTER API. */
export { exceptionsIn } from "./exceptions.ts";
export type { CounterException } from "./exceptions.ts";
export { usageFacts } from "./facts.ts";
export { readJsonReport, readReport } from "./json.ts";
export { knownReports } from "./report.ts";
export type { Report } from "./report.ts";
export { readTabularReport } from "./tabular.ts";
