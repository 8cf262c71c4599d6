/** Expectations kept beside the rules: `map test`. */
import { detectScheme, tryParseCallNumber } from "../domain/call-number/index.ts";
import type { Decision, Evidence, TargetItem, TargetRecord } from "../domain/evidence.ts";
import { tryMarcSelector } from "../domain/marc-evidence.ts";
import { normalisePart, toSubjectPattern } from "../domain/subject/index.ts";
import { add, compare, fractionText, one, tryFraction, zero } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import type { Engine } from "./engine.ts";
import type { ExpectationAt } from "./read.ts";
import type { RawExpectation } from "./schema.ts";

export interface ExpectationCase {
  readonly file: string;
  readonly line: number;
  readonly given: Readonly<Record<string, unknown>>;
  /** `physics`, or `chemistry 1/2, physics 1/2`. */
  readonly expected: string;
  readonly got: string;
  readonly ok: boolean;
}

export interface ExpectationRun {
  readonly passed: number;
  readonly failed: number;
  readonly cases: readonly ExpectationCase[];
}

type Texts = string | readonly string[] | undefined;

export function runExpectations(expectations: readonly ExpectationAt[], engine: Engine): ExpectationRun {
  const cases = expectations.map(({ raw, at }): ExpectationCase => {
    const { department, departments, ...given } = raw;
    const { record, item } = targetOfExpectation(raw);
    const expected = department === undefined ? weightsText(expectedWeights(departments)) : department;
    const got = decisionText(engine.assign(record, item));
    return { file: at.file, line: at.line, given, expected, got, ok: expected === got };
  });
  const passed = cases.filter(({ ok }) => ok).length;
  return { passed, failed: cases.length - passed, cases };
}

/** A title with this call number and nothing else, for `map explain`. */
export function targetOfCallNumber(callNumber: string): TargetRecord {
  return targetOfExpectation({ callNumber }).record;
}

/** A title with this heading (LCSH, `--` before a subdivision) and nothing else. */
export function targetOfHeading(heading: string): TargetRecord {
  return targetOfExpectation({ subject: { lcsh: [heading.replaceAll("*", "")] } }).record;
}

function expectedWeights(raw: RawExpectation["departments"]): ReadonlyMap<string, Fraction> {
  return new Map(
    Object.entries(raw ?? {}).map(([id, weight]) => [id, tryFraction(String(weight)) ?? zero] as const),
  );
}

function decisionText({ excluded, assignments }: Decision): string {
  if (excluded) return "excluded";
  const weights = new Map<string, Fraction>();
  for (const { department, weight } of assignments)
    weights.set(department, add(weights.get(department) ?? zero, weight));
  return weightsText(weights);
}

function weightsText(weights: ReadonlyMap<string, Fraction>): string {
  const [only] = weights;
  if (only !== undefined && weights.size === 1 && compare(only[1], one) === 0) return only[0];
  return [...weights]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, weight]) => `${id} ${fractionText(weight)}`)
    .join(", ");
}

function texts(value: Texts): readonly string[] {
  return value === undefined ? [] : typeof value === "string" ? [value] : value;
}

function targetOfExpectation(raw: Partial<RawExpectation>): {
  readonly record: TargetRecord;
  readonly item: TargetItem | null;
} {
  const { collection, location, library, itemType } = raw;
  const callNumbers = texts(raw.callNumber).map(callNumberEvidence);
  const isItem = [collection, location, library, itemType].some((code) => code !== undefined);
  const first = (value: Texts): string | null => texts(value)[0] ?? null;
  const ids = texts(raw.record).map((id) => id.split(":"));
  const numbers = (kind: string): string[] =>
    ids.flatMap(([name, number]) => (name === kind && number !== undefined ? [number] : []));
  const [year] = Array.isArray(raw.publicationYear) ? raw.publicationYear : [raw.publicationYear];
  const [materialType] = Array.isArray(raw.materialType) ? raw.materialType : [raw.materialType];
  return {
    record: {
      id: numbers("biblio")[0] ?? "",
      evidence: [...(isItem ? [] : callNumbers), ...headingEvidence(raw.subject), ...valueEvidence(raw.marc)],
      funds: texts(raw.fund).map((code) => [{ id: code, code }]),
      language: first(raw.language),
      materialType: materialType ?? "book",
      publicationYear: year === undefined ? null : Number(year),
      isbn: numbers("isbn"),
      issn: numbers("issn"),
      packages: texts(raw.package),
      platforms: texts(raw.platform),
    },
    item: isItem
      ? {
          id: "",
          callNumber: callNumbers[0] ?? null,
          library: first(library),
          location: first(location),
          collection: first(collection),
          itemType: first(itemType),
        }
      : null,
  };
}

/** Written by a person: a number that has the form of one is meant as one, even without a cutter. */
function callNumberEvidence(text: string): Evidence {
  const sniffed = detectScheme(null, text);
  let { scheme } = sniffed;
  let key = sniffed.callNumber?.key ?? "";
  if (sniffed.how === "none") {
    for (const candidate of ["lcc", "nlm", "ddc"] as const) {
      const parsed = tryParseCallNumber(candidate, text);
      if (parsed === null || (parsed.scheme === "lcc" && !parsed.knownClass)) continue;
      ({ scheme, key } = parsed);
      break;
    }
  }
  return { kind: scheme, rank: "call-number", sortKey: key, text, authority: null, tag: "050" };
}

function headingEvidence(subject: RawExpectation["subject"]): Evidence[] {
  return Object.entries(subject ?? {}).flatMap(([vocabulary, value]) =>
    texts(value).map((text): Evidence => {
      const pattern = toSubjectPattern(vocabulary, text);
      const isNumber = pattern?.by === "authority";
      return {
        kind: vocabulary.toLowerCase(),
        rank: "subject",
        sortKey: isNumber ? "" : (pattern?.value ?? ""),
        text,
        authority: isNumber ? pattern.value : null,
        tag: "650",
      };
    }),
  );
}

function valueEvidence(marc: RawExpectation["marc"]): Evidence[] {
  return Object.entries(marc ?? {}).flatMap(([field, value]) =>
    texts(value).map((text): Evidence => ({
      kind: "marc",
      rank: "marc",
      sortKey: normalisePart(text),
      text,
      authority: null,
      tag: tryMarcSelector(field) ?? field,
    })),
  );
}
