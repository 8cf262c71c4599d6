/** Liaisons, and who is whose. */
import { suggestion } from "../domain/spelling.ts";
import type { CompiledFiles, Liaison } from "./compiled.ts";
import type { Findings, Place } from "./problem.ts";
import type { RulesFile } from "./read.ts";
import { reportTwice } from "./yaml-file.ts";

export function liaisonsOf(files: readonly RulesFile[], findings: Findings): ReadonlyMap<string, Liaison> {
  const liaisons = new Map<string, Liaison>();
  const places = new Map<string, Place>();
  for (const { raw, yaml } of files) {
    for (const [id, liaison] of Object.entries(raw.liaisons ?? {})) {
      const at = yaml.place(["liaisons"], id);
      const before = places.get(id);
      if (before !== undefined) {
        reportTwice(findings, id, before, at);
        continue;
      }
      places.set(id, at);
      const { name, email, language = "en", reports = null, substitute = null, until = null } = liaison;
      const { email: publicEmail = email, phone = null, url = null, office = null } = liaison.contact ?? {};
      const contact = { email: publicEmail, phone, url, office };
      liaisons.set(id, { id, name, email, language, reports, substitute, until, contact });
    }
  }
  return liaisons;
}

export function checkLiaisons(
  files: readonly RulesFile[],
  { departments, liaisons }: Pick<CompiledFiles, "departments" | "liaisons">,
  findings: Findings,
): void {
  const busy = new Set([...departments.values()].flatMap((department) => department.liaisons));
  for (const { substitute } of liaisons.values()) if (substitute !== null) busy.add(substitute);
  for (const file of files) {
    checkDepartments(file, liaisons, findings);
    checkSubstitutes(file, liaisons, findings);
    for (const id of Object.keys(file.raw.liaisons ?? {})) {
      if (busy.has(id)) continue;
      const at = file.yaml.place(["liaisons"], id);
      findings.add(
        at,
        "idle-liaison",
        `"${id}" is the liaison of no department`,
        "name it at one, or remove it",
      );
    }
  }
}

function checkDepartments(
  { raw, yaml }: RulesFile,
  liaisons: ReadonlyMap<string, Liaison>,
  findings: Findings,
): void {
  for (const [id, department] of Object.entries(raw.departments ?? {})) {
    const named = department.liaisons ?? [];
    for (const [index, liaison] of named.entries()) {
      const at = yaml.place(["departments", id, "liaisons", index]);
      const before = named.indexOf(liaison);
      if (before < index) findings.add(at, "duplicate-value", `"${liaison}" is named twice`, "take one out");
      else reportUnknown(liaison, at, liaisons, findings);
    }
    if (named.length > 0) continue;
    const at = yaml.place(["departments"], id);
    findings.add(at, "no-liaison", `"${id}" has no liaison: nobody gets its reports`, "add liaisons: [id]");
  }
}

function checkSubstitutes(
  { raw, yaml }: RulesFile,
  liaisons: ReadonlyMap<string, Liaison>,
  findings: Findings,
): void {
  for (const [id, { substitute, until }] of Object.entries(raw.liaisons ?? {})) {
    if (substitute === undefined) {
      if (until === undefined) continue;
      const at = yaml.place(["liaisons", id, "until"]);
      findings.add(
        at,
        "idle-until",
        `nobody stands in for "${id}" until then`,
        "name the substitute, or remove the day",
      );
      continue;
    }
    const at = yaml.place(["liaisons", id, "substitute"]);
    reportUnknown(substitute, at, liaisons, findings);
    const chain = chainFrom(id, liaisons);
    if (chain.at(-1) !== id) continue;
    findings.add(
      at,
      "substitute-cycle",
      chain.length === 2
        ? `"${id}" stands in for itself`
        : `${chain.join(" → ")}: they stand in for each other`,
      "name somebody who is there",
    );
  }
}

/** A liaison, the substitute, the substitute's own … to the end, or to the first who comes again. */
function chainFrom(id: string, liaisons: ReadonlyMap<string, Liaison>): string[] {
  const chain = [id];
  for (
    let next = liaisons.get(id)?.substitute ?? null;
    next !== null;
    next = liaisons.get(next)?.substitute ?? null
  ) {
    const isKnown = chain.includes(next);
    chain.push(next);
    if (isKnown) break;
  }
  return chain;
}

function reportUnknown(
  id: string,
  at: Place,
  liaisons: ReadonlyMap<string, Liaison>,
  findings: Findings,
): void {
  if (liaisons.has(id)) return;
  const meant = suggestion(id, liaisons.keys());
  const cure = meant === null ? `add ${id} under liaisons:` : `did you mean "${meant}"?`;
  findings.add(at, "unknown-liaison", `there is no liaison "${id}"`, cure);
}
