/** What a rule sees of a title or a copy; made once for a decision. */
import { classOfKey, isClass, isInRange, tryParseCallNumber } from "../domain/call-number/index.ts";
import type { Evidence, FundChain, TargetItem, TargetRecord } from "../domain/evidence.ts";
import { callNumberGroup } from "../domain/extract.ts";
import { matchSubject, normalisePart } from "../domain/subject/index.ts";
import { foldPrefix, itemCodes } from "./condition.ts";
import type { Condition, FundPattern } from "./condition.ts";
import { matchesMarc } from "./marc-pattern.ts";
import { issnKey } from "./record-id.ts";

export interface Target {
  readonly record: TargetRecord;
  readonly item: TargetItem | null;
  /** All call numbers, the copy's own first. */
  readonly callNumbers: readonly Evidence[];
  /** The copy's own, or those of the record's best group; only numbers of a scheme, with a class that is one. */
  readonly numbers: readonly Evidence[];
  readonly headings: readonly Evidence[];
  /** What `marc` conditions look at. */
  readonly values: readonly Evidence[];
}

/** Makes targets; what the copies of a title share is made once for those that come one after the other. */
export function createTargets(
  localClasses: ReadonlySet<string>,
): (record: TargetRecord, item: TargetItem | null) => Target {
  let title: Target | null = null;
  return (record, item) => {
    if (title?.record !== record) title = titleTarget(record, localClasses);
    if (item === null) return title;
    if (item.callNumber === null) return { ...title, item };
    const own = withLocalClass(item.callNumber, localClasses);
    const numbers = isUsable(own, localClasses) ? [own] : title.numbers;
    return { ...title, item, callNumbers: [own, ...title.callNumbers], numbers };
  };
}

export function targetOf(
  record: TargetRecord,
  item: TargetItem | null,
  localClasses: ReadonlySet<string>,
): Target {
  return createTargets(localClasses)(record, item);
}

function titleTarget(record: TargetRecord, localClasses: ReadonlySet<string>): Target {
  const headings: Evidence[] = [];
  const values: Evidence[] = [];
  const callNumbers: Evidence[] = [];
  for (const evidence of record.evidence) {
    if (evidence.rank === "subject") headings.push(evidence);
    else if (evidence.rank === "marc") values.push(evidence);
    else callNumbers.push(withLocalClass(evidence, localClasses));
  }
  const numbers = bestGroup(callNumbers.filter((evidence) => isUsable(evidence, localClasses)));
  return { record, item: null, callNumbers, numbers, headings, values };
}

/** A mark such as `DVD 12` that no field declared, where the library says that DVD is a class of its shelves. */
function withLocalClass(evidence: Evidence, localClasses: ReadonlySet<string>): Evidence {
  if (localClasses.size === 0 || evidence.kind !== "other") return evidence;
  const cls = /^\s*([A-Za-z]{1,3})\s*\.?\d/.exec(evidence.text)?.[1]?.toUpperCase();
  if (cls === undefined || !localClasses.has(cls)) return evidence;
  const parsed = tryParseCallNumber("lcc", evidence.text);
  return parsed === null ? evidence : { ...evidence, kind: "lcc", sortKey: parsed.key };
}

/** A number of a class that is none can lie in no range, and must not hide the record's other numbers. */
function isUsable({ kind, sortKey }: Evidence, localClasses: ReadonlySet<string>): boolean {
  if (kind === "lcc") {
    const cls = classOfKey(sortKey);
    return isClass("lcc", cls) || localClasses.has(cls);
  }
  return kind !== "other";
}

function bestGroup(usable: readonly Evidence[]): readonly Evidence[] {
  if (usable.length < 2) return usable;
  let best = Number.POSITIVE_INFINITY;
  for (const { tag } of usable) best = Math.min(best, callNumberGroup(tag));
  return usable.filter(({ tag }) => callNumberGroup(tag) === best);
}

/**
 * Whether all keys of the condition hold. `everywhere`: call numbers are looked for in all groups, not only in the
 * one that decides, which is how `except` and `unless` are meant.
 */
export function holds(condition: Condition, target: Target, everywhere: boolean): boolean {
  const { record, item } = target;
  return (
    itemCodes.every((code) => isAmong(condition[code], item?.[code] ?? null)) &&
    isAmong(condition.language, record.language) &&
    isAmong(condition.materialType, record.materialType) &&
    holdsYear(condition, record.publicationYear) &&
    (condition.record === null || recordIds(record).some((id) => condition.record?.has(id) === true)) &&
    (condition.fund === null || record.funds.some((chain) => holdsFund(condition.fund ?? [], chain))) &&
    holdsNumber(condition, everywhere ? target.callNumbers : target.numbers) &&
    (condition.callNumberPrefix === null ||
      target.callNumbers.some(({ text }) => hasPrefix(condition.callNumberPrefix ?? [], foldPrefix(text)))) &&
    (condition.subject === null ||
      condition.subject.some((pattern) =>
        target.headings.some((heading) => matchSubject(pattern, heading) !== null),
      )) &&
    (condition.marc === null ||
      condition.marc.some((pattern) => target.values.some((value) => matchesMarc(pattern, value)))) &&
    (condition.package === null || hasName(condition.package, record.packages)) &&
    (condition.platform === null || hasName(condition.platform, record.platforms))
  );
}

function hasName(names: ReadonlySet<string>, own: readonly string[] = []): boolean {
  return own.some((name) => names.has(normalisePart(name)));
}

function isAmong(codes: ReadonlySet<string> | null, code: string | null): boolean {
  return codes === null || (code !== null && codes.has(code));
}

function holdsYear({ publicationYear }: Condition, year: number | null): boolean {
  if (publicationYear === null) return true;
  return year !== null && publicationYear.some(({ from, to }) => from <= year && year <= to);
}

function holdsNumber({ ranges }: Condition, numbers: readonly Evidence[]): boolean {
  return ranges.every(({ scheme, list }) =>
    numbers.some(({ kind, sortKey }) => kind === scheme && list.some((range) => isInRange(range, sortKey))),
  );
}

export function recordIds({ id, isbn, issn }: TargetRecord): string[] {
  return [
    `biblio:${id}`,
    ...isbn.map((number) => `isbn:${number}`),
    ...issn.map((number) => `issn:${issnKey(number)}`),
  ];
}

function holdsFund(patterns: readonly FundPattern[], chain: FundChain): boolean {
  return chain.some(({ id, code }) =>
    patterns.some(({ text, isPrefix }) =>
      isPrefix ? code.startsWith(text) || id.startsWith(text) : code === text || id === text,
    ),
  );
}

/** `A 1` is the beginning of `A 1.5` and of `A 1 B`, not of `A 13`. */
export function hasPrefix(prefixes: readonly string[], folded: string): boolean {
  return prefixes.some((prefix) => folded.startsWith(prefix) && endsNumber(prefix, folded));
}

export function endsNumber(prefix: string, folded: string): boolean {
  return !(isDigit(prefix.charCodeAt(prefix.length - 1)) && isDigit(folded.charCodeAt(prefix.length)));
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
