/** What is no error, but most likely not meant: told from the files alone. */
import { suggestion } from "../domain/spelling.ts";
import type { CompiledFiles } from "./compiled.ts";
import { addCovered } from "./covered.ts";
import { addNotices } from "./notices.ts";
import { placeText } from "./problem.ts";
import type { Findings, Place } from "./problem.ts";
import type { RulesFile } from "./read.ts";
import type { RawCondition } from "./schema.ts";
import { addTakenAway, addTotals, addUnreachable } from "./unreachable.ts";
import { claimText } from "./version.ts";
import { commonVocabularies } from "./vocabularies.ts";
import { writtenConditions, writtenTexts } from "./walk.ts";
import type { WrittenCondition } from "./walk.ts";

/** `vocabularies`: those of the synced records; null where nothing is known of them. */
export function lintFiles(
  compiled: CompiledFiles,
  files: readonly RulesFile[],
  vocabularies: ReadonlySet<string> | null,
  findings: Findings,
): void {
  addNotices(compiled, files, findings);
  addUnreachable(compiled, findings);
  addTotals(compiled, findings);
  addTakenAway(compiled, findings);
  addCovered(compiled, files, findings);
  addDuplicateRules(compiled, findings);
  for (const condition of files.flatMap(writtenConditions)) {
    addDuplicateValues(condition, findings);
    addLanguages(condition, findings);
    addVocabularies(condition, vocabularies, findings);
    addAnyWithEvidence(condition, findings);
  }
  for (const { ageYears, unusedYears, factors, at } of compiled.weeding) {
    if (ageYears !== null || unusedYears !== null || factors.length > 0) continue;
    findings.add(at, "idle-weeding", "this rule proposes nothing", "add ageYears, unusedYears or factors");
  }
}

/** A rule of a department with the same conditions as one before it. */
function addDuplicateRules({ rules }: CompiledFiles, findings: Findings): void {
  for (const { rules: own } of rules) {
    const first = new Map<string, Place>();
    for (const rule of own) {
      const text = claimText(rule);
      const before = first.get(text);
      if (before === undefined) first.set(text, rule.at);
      else
        findings.add(
          rule.at,
          "duplicate-rule",
          `the same rule stands at ${placeText(before)}`,
          "take one out",
        );
    }
  }
}

const lists = [
  ...(["fund", "collection", "location", "library", "itemType", "package", "platform"] as const),
  ...(["lcc", "ddc", "nlm", "udc", "callNumberPrefix", "language", "materialType"] as const),
] satisfies readonly (keyof RawCondition)[];

function addDuplicateValues({ raw, path, yaml }: WrittenCondition, findings: Findings): void {
  const texts = lists.map((key) => writtenTexts(raw[key], [...path, key]));
  for (const [vocabulary, value] of Object.entries(raw.subject ?? {}))
    texts.push(writtenTexts(value, [...path, "subject", vocabulary]));
  for (const list of texts) {
    const seen = new Set<string>();
    for (const { text, path: at } of list) {
      if (seen.has(text))
        findings.add(yaml.place(at), "duplicate-value", `"${text}" is named twice`, "take one out");
      seen.add(text);
    }
  }
}

/** ISO 639-1 and terminological codes that people write, and MARC's own. */
const languages: Readonly<Record<string, string>> = {
  en: "eng",
  de: "ger",
  deu: "ger",
  fr: "fre",
  fra: "fre",
  es: "spa",
  it: "ita",
  la: "lat",
  ru: "rus",
  zh: "chi",
  zho: "chi",
  ja: "jpn",
  nl: "dut",
  nld: "dut",
  el: "gre",
  ell: "gre",
  cs: "cze",
  ces: "cze",
  pt: "por",
  ar: "ara",
  he: "heb",
  pl: "pol",
  fi: "fin",
  sv: "swe",
};

function addLanguages({ raw, path, yaml }: WrittenCondition, findings: Findings): void {
  for (const { text, path: at } of writtenTexts(raw.language, [...path, "language"])) {
    const meant = languages[text.toLowerCase()];
    if (meant === undefined && /^[a-z]{3}$/.test(text)) continue;
    const cure = `write ${meant ?? "three small letters: eng, ger, fre"}`;
    findings.add(yaml.place(at), "bad-language", `"${text}" is no language code of MARC`, cure);
  }
}

/** Those that the rules name, and that may be slips of the pen. */
export function uncommonVocabularies(files: readonly RulesFile[]): string[] {
  const named = files.flatMap(writtenConditions).flatMap(({ raw }) => Object.keys(raw.subject ?? {}));
  return [...new Set(named.map((code) => code.toLowerCase()))].filter((code) => !isCommon(code));
}

function isCommon(code: string): boolean {
  return code === "any" || commonVocabularies.has(code);
}

function addVocabularies(
  { raw, path, yaml }: WrittenCondition,
  synced: ReadonlySet<string> | null,
  findings: Findings,
): void {
  for (const written of Object.keys(raw.subject ?? {})) {
    const code = written.toLowerCase();
    if (isCommon(code) || synced?.has(code) === true) continue;
    const meant = suggestion(code, ["lcsh", "mesh", "fast", "local", "any", ...commonVocabularies]);
    findings.add(
      yaml.place([...path, "subject"], written),
      "unknown-vocabulary",
      `"${written}" is no common vocabulary${synced === null ? "" : ", and no synced record has it"}`,
      meant === null ? "correct the code, or write any" : `did you mean "${meant}"?`,
    );
  }
}

const evidenceKeys = [
  ...(["record", "fund", "collection", "location", "library", "itemType", "package", "platform"] as const),
  ...(["lcc", "ddc", "nlm", "udc", "callNumberPrefix", "subject", "marc"] as const),
];

function addAnyWithEvidence({ raw, path, yaml, kind }: WrittenCondition, findings: Findings): void {
  const beside =
    raw.any === true && kind === "rule" ? evidenceKeys.find((key) => raw[key] !== undefined) : undefined;
  if (beside === undefined) return;
  findings.add(
    yaml.place(path, "any"),
    "any-with-evidence",
    `with any, this rule decides after every rule, whatever ${beside} says`,
    "take any: true out",
  );
}
