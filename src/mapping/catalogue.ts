/** The files against what was synced: codes that Koha has, reports that there are. */
import { suggestion } from "../domain/spelling.ts";
import { itemCodes } from "./condition.ts";
import type { Overlap } from "./overlaps.ts";
import type { Findings } from "./problem.ts";
import type { RulesFile } from "./read.ts";
import { writtenConditions, writtenTexts } from "./walk.ts";
import type { WrittenCondition } from "./walk.ts";

/** What costs a look at every record, and is asked only where the files give reason to. */
export interface Questions {
  /** Keys that two departments claim: how many titles have such a number? */
  readonly overlaps: readonly Overlap[];
  /** Codes that are not common: does any heading have them? */
  readonly vocabularies: readonly string[];
}

/** Codes by what they are of; null: none of the kind was synced, and nothing can be said. */
export interface Catalogue {
  readonly library: ReadonlySet<string> | null;
  readonly itemType: ReadonlySet<string> | null;
  readonly collection: ReadonlySet<string> | null;
  readonly location: ReadonlySet<string> | null;
  /** Codes and ids of funds. */
  readonly fund: ReadonlySet<string> | null;
  /** Those asked for that a heading of a record has. */
  readonly vocabularies: ReadonlySet<string> | null;
  /** Ids of reports; null where none can be told. */
  readonly reports: ReadonlySet<string> | null;
  /** How many titles each of the overlaps concerns, in their order. */
  readonly titlesOfOverlaps: readonly number[];
}

const names = {
  library: "library",
  itemType: "item type",
  collection: "collection",
  location: "location",
  fund: "fund",
} as const;

export function addUnknownCodes(files: readonly RulesFile[], catalogue: Catalogue, findings: Findings): void {
  for (const file of files) {
    for (const condition of writtenConditions(file)) {
      for (const key of itemCodes)
        addUnknown(condition, key, catalogue, (code, known) => known.has(code), findings);
      addUnknown(condition, "fund", catalogue, isFund, findings);
    }
    if (catalogue.reports !== null) addUnknownReports(file, catalogue.reports, findings);
  }
}

function isFund(written: string, known: ReadonlySet<string>): boolean {
  if (!written.endsWith("*")) return known.has(written);
  const start = written.slice(0, -1);
  return [...known].some((code) => code.startsWith(start));
}

function addUnknown(
  { raw, path, yaml }: WrittenCondition,
  key: keyof typeof names,
  catalogue: Catalogue,
  isKnown: (code: string, known: ReadonlySet<string>) => boolean,
  findings: Findings,
): void {
  const known = catalogue[key];
  if (known === null) return;
  for (const { text, path: at } of writtenTexts(raw[key], [...path, key])) {
    if (isKnown(text.trim(), known)) continue;
    const meant = suggestion(text, known);
    const what = text.endsWith("*")
      ? `Koha has no ${names[key]} that begins so: "${text}"`
      : `Koha has no ${names[key]} "${text}"`;
    const cure = meant === null ? "correct the code, or sync first if it is new" : `did you mean "${meant}"?`;
    findings.add(yaml.place(at), "unknown-code", what, cure);
  }
}

function addUnknownReports({ raw, yaml }: RulesFile, known: ReadonlySet<string>, findings: Findings): void {
  for (const [id, { reports = [] }] of Object.entries(raw.liaisons ?? {})) {
    for (const [index, report] of reports.entries()) {
      if (known.has(report)) continue;
      const meant = suggestion(report, known);
      const cure = meant === null ? `there are: ${[...known].join(", ")}` : `did you mean "${meant}"?`;
      const at = yaml.place(["liaisons", id, "reports", index]);
      findings.add(at, "unknown-report", `there is no report "${report}"`, cure);
    }
  }
}
