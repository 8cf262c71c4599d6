/** Runs the cases of one vector file; the form of a case says what it asks. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import {
  detectScheme,
  parseForCli,
  parseRange,
  rangeTest,
  shelfKeyForCli,
} from "../../src/domain/call-number/index.ts";
import type { Scheme } from "../../src/domain/call-number/index.ts";
import { declaredScheme } from "../../src/domain/extract.ts";
import { headingTagOf, headingsOf, matchSubject, toSubjectPattern } from "../../src/domain/subject/index.ts";
import type { SubjectMatch } from "../../src/domain/subject/index.ts";

export interface VectorResult {
  readonly file: string;
  /** From 0. */
  readonly case: number;
  readonly ok: boolean;
  readonly got: unknown;
}

const OrderCase = z.object({ order: z.array(z.string()) });
const SameCase = z.object({ same: z.array(z.string()) });
const DetectCase = z.object({
  tag: z.string(),
  ind1: z.string(),
  value: z.string(),
  $2: z.string().optional(),
  scheme: z.string(),
  how: z.string(),
});
const RangeErrorCase = z.object({ range: z.string(), error: z.string().nullable() });
const RangeCase = z
  .object({
    range: z.string(),
    callNumber: z.string().optional(),
    number: z.string().optional(),
    in: z.boolean(),
  })
  .transform(({ callNumber, number, ...rest }) => ({ ...rest, callNumber: callNumber ?? number ?? "" }));
const ParseCase = z.looseObject({ input: z.string(), valid: z.boolean() });
const SubjectCase = z.object({
  rule: z.object({ vocab: z.string(), heading: z.string().optional(), id: z.string().optional() }),
  field: z.object({
    tag: z.string(),
    ind2: z.string(),
    sub: z.array(z.tuple([z.string(), z.string()])),
  }),
  match: z.unknown(),
});
const VectorFile = z.object({ cases: z.array(z.unknown()) });

type Outcome = Pick<VectorResult, "ok" | "got">;

/** The scheme is the beginning of the file's name: `lcc-range.json`, `nlm.json`. A case of unknown form is not ok. */
export function runVectorFile(file: string, document: unknown): VectorResult[] {
  const scheme = z.enum(["lcc", "ddc", "nlm"]).catch("lcc").parse(file.slice(0, 3));
  return VectorFile.parse(document).cases.map((entry, index) => ({
    file,
    case: index,
    ...runCase(scheme, entry),
  }));
}

function runCase(scheme: Scheme, entry: unknown): Outcome {
  const order = OrderCase.safeParse(entry);
  if (order.success) return inOrder(scheme, order.data.order);
  const same = SameCase.safeParse(entry);
  if (same.success) return equalKeys(scheme, same.data.same);
  const detect = DetectCase.safeParse(entry);
  if (detect.success) return detected(detect.data);
  const error = RangeErrorCase.safeParse(entry);
  if (error.success) return rangeError(scheme, error.data.range, error.data.error);
  const range = RangeCase.safeParse(entry);
  if (range.success) return inRange(scheme, range.data);
  const subject = SubjectCase.safeParse(entry);
  if (subject.success) return matched(subject.data);
  const parse = ParseCase.safeParse(entry);
  return parse.success ? parsed(scheme, parse.data) : { ok: false, got: "a case of unknown form" };
}

function inOrder(scheme: Scheme, callNumbers: readonly string[]): Outcome {
  const keys = callNumbers.map((text) => shelfKeyForCli(text, scheme));
  const got = callNumbers
    .map((text, index) => ({ text, key: keys[index] ?? null }))
    .sort((a, b) => ((a.key ?? "") < (b.key ?? "") ? -1 : 1))
    .map(({ text }) => text);
  const ok =
    !keys.includes(null) && new Set(keys).size === keys.length && isDeepStrictEqual(got, callNumbers);
  return { ok, got };
}

function equalKeys(scheme: Scheme, callNumbers: readonly string[]): Outcome {
  const got = [...new Set(callNumbers.map((text) => shelfKeyForCli(text, scheme)))];
  return { ok: got.length === 1 && got[0] !== null, got };
}

function detected(entry: z.infer<typeof DetectCase>): Outcome {
  const declared = declaredScheme({ tag: entry.tag, ind1: entry.ind1, source: entry.$2 ?? null });
  const { scheme, how } = detectScheme(declared, entry.value);
  return { ok: scheme === entry.scheme && how === entry.how, got: { scheme, how } };
}

function rangeError(scheme: Scheme, range: string, expected: string | null): Outcome {
  const result = parseRange(scheme, range);
  const got = result.ok ? null : result.fault.code;
  return { ok: got === expected, got };
}

function inRange(scheme: Scheme, entry: z.infer<typeof RangeCase>): Outcome {
  const range = rangeTest(entry.range, scheme);
  const got = range.ok ? range.test(entry.callNumber) : range.fault.code;
  return { ok: entry.in === (got === "in") && range.ok, got };
}

function matched({ rule, field, match }: z.infer<typeof SubjectCase>): Outcome {
  const pattern = toSubjectPattern(rule.vocab, rule.id ?? rule.heading ?? "");
  const dataField = { tag: field.tag, ind1: " ", ind2: field.ind2, subfields: field.sub };
  const tag = headingTagOf(dataField);
  const matches = tag === null ? [] : headingsOf(dataField, tag);
  let best: SubjectMatch | null = null;
  for (const { vocabulary, key, authority } of matches) {
    best ??= pattern === null ? null : matchSubject(pattern, { kind: vocabulary, sortKey: key, authority });
  }
  const got = best === null ? null : { by: best.by, depth: best.depth };
  return { ok: isDeepStrictEqual(got, match), got };
}

/** Only what the case names is compared. */
function parsed(scheme: Scheme, entry: z.infer<typeof ParseCase>): Outcome {
  const got: Readonly<Record<string, unknown>> = { ...parseForCli(entry.input, scheme) };
  return { ok: Object.entries(entry).every(([name, value]) => isDeepStrictEqual(got[name], value)), got };
}
