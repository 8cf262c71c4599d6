import { expect, test } from "@jest/globals";
import type { CalendarDay } from "../domain/time.ts";
import { planIssues } from "./plan.ts";
import type { Audience, PlannedReport } from "./plan.ts";

const liaison = (
  id: string,
  changed: object = {},
): Audience["liaisons"] extends ReadonlyMap<string, infer L> ? L : never => ({
  id,
  name: id,
  email: `${id}@example.edu`,
  language: "en",
  reports: null,
  substitute: null,
  contact: { email: "", phone: null, url: null, office: null },
  until: null,
  ...changed,
});
const department = (
  id: string,
  ...liaisons: readonly string[]
): { id: string; name: string; liaisons: readonly string[] } => ({
  id,
  name: id,
  liaisons,
});
const mapped = <T extends { readonly id: string }>(...values: readonly T[]): ReadonlyMap<string, T> =>
  new Map(values.map((value) => [value.id, value]));

const audience: Audience = {
  departments: mapped(
    department("physics", "ada"),
    department("chemistry", "ada", "bob"),
    department("music"),
  ),
  liaisons: mapped(
    liaison("ada"),
    liaison("bob", { reports: ["annual"], language: "de" }),
    liaison("cyd", { reports: ["overview"] }),
  ),
};

function plan(changed: Partial<PlannedReport>, given = audience, today = "2026-11-02"): string[] {
  const report = { id: "monthly", audience: "each-liaison", deliveries: ["mail"], ...changed } as const;
  return planIssues(report, given, (delivery) => delivery === "mail", today as CalendarDay).map(
    ({ delivery, subject, departments, recipient, language }) =>
      `${delivery} ${subject} [${departments.join()}] ${recipient} ${language ?? "-"}`,
  );
}

test("one mail a liaison with all their departments, if they want this report", () => {
  expect(plan({})).toEqual(["mail liaison:ada [physics,chemistry] ada@example.edu en"]);
  expect(plan({ id: "annual" })).toEqual([
    "mail liaison:ada [physics,chemistry] ada@example.edu en",
    "mail liaison:bob [chemistry] bob@example.edu de",
  ]);
});

test("one mail a department to each of its liaisons", () => {
  expect(plan({ id: "annual", audience: "each-department" })).toEqual([
    "mail physics [physics] ada@example.edu en",
    "mail chemistry [chemistry] ada@example.edu en",
    "mail chemistry [chemistry] bob@example.edu de",
  ]);
});

test("files are a department's, whoever reads them", () => {
  expect(plan({ deliveries: ["mail", "files"], language: "fr" })).toEqual([
    "mail liaison:ada [physics,chemistry] ada@example.edu fr",
    "files physics [physics]  fr",
    "files chemistry [chemistry]  fr",
    "files music [music]  fr",
  ]);
});

test("the library's report goes to those who asked for it by name", () => {
  expect(plan({ id: "overview", audience: "library", deliveries: ["mail", "files"] })).toEqual([
    "mail library [] cyd@example.edu en",
    "files library []  -",
  ]);
});

test("a list names liaisons and departments, each once", () => {
  expect(plan({ id: "annual", audience: ["bob", "physics", "bob"], deliveries: ["mail", "files"] })).toEqual([
    "mail liaison:bob [chemistry] bob@example.edu de",
    "mail physics [physics] ada@example.edu en",
    "files chemistry [chemistry]  -",
    "files physics [physics]  -",
  ]);
});

test("the substitute reads until the last day of the absence", () => {
  const away = {
    ...audience,
    liaisons: mapped(
      liaison("ada", { substitute: "bob", until: "2026-11-02" }),
      liaison("bob", { language: "de" }),
    ),
  };
  expect(plan({ audience: ["ada"] }, away, "2026-11-02")).toEqual([
    "mail liaison:ada [physics,chemistry] bob@example.edu de",
  ]);
  expect(plan({ audience: ["ada"] }, away, "2026-11-03")).toEqual([
    "mail liaison:ada [physics,chemistry] ada@example.edu en",
  ]);
});

test("a list may name each department and the library beside each other", () => {
  const given = { id: "annual", audience: ["each-department", "library"], deliveries: ["files", "mail"] };

  expect(plan(given)).toEqual([
    "files library []  -",
    "files physics [physics]  -",
    "files chemistry [chemistry]  -",
    "files music [music]  -",
    "mail physics [physics] ada@example.edu en",
    "mail chemistry [chemistry] ada@example.edu en",
    "mail chemistry [chemistry] bob@example.edu de",
    "mail library [] bob@example.edu de",
  ]);
});
