/** A condition of a rule, compiled: every value in the form in which it is compared. */
import { foldText, parseRange } from "../domain/call-number/index.ts";
import type { Range } from "../domain/call-number/index.ts";
import { tryMarcSelector } from "../domain/marc-evidence.ts";
import { normalisePart, toSubjectPattern } from "../domain/subject/index.ts";
import type { SubjectPattern } from "../domain/subject/index.ts";
import { tryMarcPattern } from "./marc-pattern.ts";
import type { MarcPattern } from "./marc-pattern.ts";
import type { Lists } from "./lists.ts";
import type { Findings } from "./problem.ts";
import { recordIdAt } from "./record-id.ts";
import type { RawCondition } from "./schema.ts";
import type { Path, YamlFile } from "./yaml-file.ts";

export const itemCodes = ["collection", "location", "library", "itemType"] as const;
type RangeKey = Range["scheme"];

export interface FundPattern {
  readonly text: string;
  /** Written with `*` at its end. */
  readonly isPrefix: boolean;
}

/** Null: the condition does not speak of it. All that it speaks of must hold, any value of each is enough. */
export interface Condition {
  readonly record: ReadonlySet<string> | null;
  readonly fund: readonly FundPattern[] | null;
  readonly collection: ReadonlySet<string> | null;
  readonly location: ReadonlySet<string> | null;
  readonly library: ReadonlySet<string> | null;
  readonly itemType: ReadonlySet<string> | null;
  /** Normalised names. */
  readonly package: ReadonlySet<string> | null;
  readonly platform: ReadonlySet<string> | null;
  /** A list for each scheme that it speaks of. */
  readonly ranges: readonly { readonly scheme: RangeKey; readonly list: readonly Range[] }[];
  /** Folded. */
  readonly callNumberPrefix: readonly string[] | null;
  readonly subject: readonly SubjectPattern[] | null;
  readonly marc: readonly MarcPattern[] | null;
  readonly language: ReadonlySet<string> | null;
  readonly materialType: ReadonlySet<string> | null;
  readonly publicationYear: readonly { readonly from: number; readonly to: number }[] | null;
  readonly any: boolean;
  /** How many keys it has: of rules as close as each other, the one with more wins. */
  readonly keys: number;
}

export interface Compiling {
  readonly yaml: YamlFile;
  readonly findings: Findings;
  readonly localClasses: ReadonlySet<string>;
  readonly lists: Lists;
}

type Texts = string | readonly string[];

/** Faulty values are left out, with findings. */
export function compileCondition(raw: RawCondition, path: Path, context: Compiling): Condition {
  const each = <T>(
    key: keyof RawCondition,
    value: Texts | undefined,
    read: (text: string, at: Path) => T | null,
  ): T[] | null => {
    if (value === undefined) return null;
    const isList = typeof value !== "string";
    return (isList ? value : [value]).flatMap((text, index) => {
      const found = read(text, isList ? [...path, key, index] : [...path, key]);
      return found === null ? [] : [found];
    });
  };
  const codes = (key: keyof RawCondition, value: Texts | undefined): ReadonlySet<string> | null => {
    const found = each(key, value, (text) => text.trim());
    return found === null ? null : new Set(found);
  };
  const names = (key: keyof RawCondition, value: Texts | undefined): ReadonlySet<string> | null => {
    const found = each(key, value, normalisePart);
    return found === null ? null : new Set(found);
  };
  const ranges = (["lcc", "ddc", "nlm", "udc"] as const).flatMap((scheme) => {
    const list = each(scheme, raw[scheme], (text, at) => rangeAt(scheme, text, at, context));
    return list === null ? [] : [{ scheme, list }];
  });
  return {
    record: raw.record === undefined ? null : new Set(recordIds(raw.record, [...path, "record"], context)),
    fund: each("fund", raw.fund, (text, at) => fundAt(text, at, context)),
    collection: codes("collection", raw.collection),
    location: codes("location", raw.location),
    library: codes("library", raw.library),
    itemType: codes("itemType", raw.itemType),
    package: names("package", raw.package),
    platform: names("platform", raw.platform),
    ranges,
    callNumberPrefix: each("callNumberPrefix", raw.callNumberPrefix, foldPrefix),
    subject: raw.subject === undefined ? null : subjects(raw.subject, [...path, "subject"], context),
    marc: raw.marc === undefined ? null : marcPatterns(raw.marc, [...path, "marc"], context),
    language: codes("language", raw.language),
    materialType: codes("materialType", raw.materialType),
    publicationYear: years(raw.publicationYear, [...path, "publicationYear"], context),
    any: raw.any === true,
    keys: Object.values(raw).filter((value) => value !== undefined).length,
  };
}

/** As call numbers are compared with prefixes: capitals, single blanks; one at the end ends the word: `E ` is not E184. */
export function foldPrefix(text: string): string {
  return foldText(text).replace(/\s+/g, " ").trimStart();
}

function rangeAt(
  scheme: RangeKey,
  text: string,
  at: Path,
  { yaml, findings, localClasses }: Compiling,
): Range | null {
  const parsed = parseRange(scheme, text, localClasses);
  if (parsed.ok) return parsed.range;
  const { code, what, cure } = parsed.fault;
  findings.add(yaml.place(at), code, what, cure);
  return null;
}

function recordIds(raw: NonNullable<RawCondition["record"]>, path: Path, context: Compiling): string[] {
  const { yaml, findings, lists } = context;
  const isList = Array.isArray(raw);
  return (isList ? raw : [raw]).flatMap((entry, index) => {
    const at = isList ? [...path, index] : path;
    if (typeof entry !== "string") return lists(entry.file, yaml.place([...at, "file"]), findings);
    return recordIdAt(entry, yaml.place(at), findings) ?? [];
  });
}

function fundAt(text: string, at: Path, { yaml, findings }: Compiling): FundPattern | null {
  const star = text.indexOf("*");
  if (star === -1) return { text: text.trim(), isPrefix: false };
  if (star === text.length - 1 && star > 0) return { text: text.slice(0, -1).trimStart(), isPrefix: true };
  findings.add(
    yaml.place(at),
    "bad-wildcard",
    `"${text}": * can only stand at the end`,
    "write the beginning of the code, then *: PHYS-*",
  );
  return null;
}

function subjects(
  raw: NonNullable<RawCondition["subject"]>,
  path: Path,
  { yaml, findings }: Compiling,
): SubjectPattern[] {
  return Object.entries(raw).flatMap(([vocabulary, value]) => {
    const isList = typeof value !== "string";
    return (isList ? value : [value]).flatMap((entry, index) => {
      const pattern = toSubjectPattern(vocabulary.toLowerCase(), entry);
      if (pattern !== null) return [pattern];
      findings.add(
        yaml.place(isList ? [...path, vocabulary, index] : [...path, vocabulary]),
        "bad-heading",
        `"${entry}" is no heading`,
        "write a heading, *--subdivision or an authority number",
      );
      return [];
    });
  });
}

function marcPatterns(
  raw: NonNullable<RawCondition["marc"]>,
  path: Path,
  { yaml, findings }: Compiling,
): MarcPattern[] {
  return Object.entries(raw).flatMap(([field, value]) => {
    const selector = tryMarcSelector(field);
    if (selector === null) {
      findings.add(
        yaml.place(path, field),
        "bad-field",
        `"${field}" is no MARC field with its subfield`,
        'write "502$a": three digits, $, one letter or digit; or a control field alone, "001"',
      );
      return [];
    }
    const isList = typeof value !== "string";
    return (isList ? value : [value]).flatMap((text, index) => {
      const pattern = tryMarcPattern(selector, text);
      if (pattern !== null) return [pattern];
      findings.add(
        yaml.place(isList ? [...path, field, index] : [...path, field]),
        "bad-text",
        `"${text}" has no letter or digit to look for`,
        "write words of the field, with * for the rest: Thesis*Physics*",
      );
      return [];
    });
  });
}

function years(
  raw: RawCondition["publicationYear"],
  path: Path,
  { yaml, findings }: Compiling,
): Condition["publicationYear"] {
  if (raw === undefined) return null;
  return (Array.isArray(raw) ? raw : [raw]).flatMap((value) => {
    const match = /^(\d{4})?\s*(-)?\s*(\d{4})?$/.exec(String(value).trim());
    const [, from, hyphen, to] = match ?? [];
    const known = from ?? to;
    const first = from === undefined ? Number.NEGATIVE_INFINITY : Number(from);
    const last = to !== undefined ? Number(to) : hyphen === undefined ? first : Number.POSITIVE_INFINITY;
    if (known !== undefined && (hyphen !== undefined || to === undefined) && first <= last)
      return [{ from: first, to: last }];
    findings.add(
      yaml.place(path),
      known !== undefined && first > last ? "reversed" : "bad-year",
      `"${String(value)}" names no years`,
      'write 2015, "2015-", "-1900" or "1990-1999"',
    );
    return [];
  });
}
