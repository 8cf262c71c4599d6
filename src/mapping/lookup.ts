/**
 * The rules of one priority, found by what the target has: deciding one title hardly grows with the number of rules.
 * Each rule stands under the key of its rank; its other keys are tested by the caller.
 */
import type { Evidence, FundChain } from "../domain/evidence.ts";
import {
  headingMatch,
  normalisePart,
  numberMatch,
  partSeparator,
  subdivisionMatch,
} from "../domain/subject/index.ts";
import type { SubjectPattern } from "../domain/subject/index.ts";
import { alike } from "./candidate.ts";
import type { Candidate } from "./candidate.ts";
import { foldPrefix, itemCodes } from "./condition.ts";
import { createIntervals } from "./intervals.ts";
import { matchesMarc } from "./marc-pattern.ts";
import type { Rank, Rule } from "./rule.ts";
import { endsNumber, recordIds } from "./target.ts";
import type { Target } from "./target.ts";

export type Lookup = (rank: Rank, target: Target) => Candidate[];

type Finder = (target: Target, found: Candidate[]) => void;

export function createLookup(rules: readonly Rule[]): Lookup {
  const of = (rank: Rank): Rule[] => rules.filter((rule) => rule.rank === rank);
  const finders: Readonly<Record<Rank, Finder>> = {
    record: recordFinder(of("record")),
    fund: fundFinder(of("fund")),
    collection: both(collectionFinder(of("collection")), providerFinder(of("collection"))),
    "call-number": callNumberFinder(of("call-number")),
    subject: both(subjectFinder(of("subject")), marcFinder(of("subject"))),
    any: anyFinder(of("any")),
  };
  return (rank, target) => {
    const found: Candidate[] = [];
    finders[rank](target, found);
    return found;
  };
}

const nothing: Finder = () => undefined;

function both(first: Finder, second: Finder): Finder {
  if (first === nothing) return second;
  if (second === nothing) return first;
  return (target, found) => {
    first(target, found);
    second(target, found);
  };
}

function multimap<T>(entries: Iterable<readonly [key: string, value: T]>): ReadonlyMap<string, readonly T[]> {
  const map = new Map<string, T[]>();
  for (const [key, value] of entries) {
    const values = map.get(key);
    if (values === undefined) map.set(key, [value]);
    else values.push(value);
  }
  return map;
}

function anyFinder(rules: readonly Rule[]): Finder {
  return (_, found) => {
    for (const rule of rules) found.push({ rule, evidence: null, group: "", closeness: alike });
  };
}

function recordFinder(rules: readonly Rule[]): Finder {
  if (rules.length === 0) return nothing;
  const byId = multimap(
    rules.flatMap((rule) => [...(rule.condition.record ?? [])].map((id) => [id, rule] as const)),
  );
  return ({ record }, found) => {
    for (const text of recordIds(record)) {
      for (const rule of byId.get(text) ?? [])
        found.push({ rule, evidence: { kind: "record", text }, group: "", closeness: alike });
    }
  };
}

/** A rule stands under the first of its codes; the others are tested like any other key. */
function collectionFinder(rules: readonly Rule[]): Finder {
  if (rules.length === 0) return nothing;
  const leading = (rule: Rule): (typeof itemCodes)[number] | undefined =>
    itemCodes.find((code) => rule.condition[code] !== null);
  const tables = itemCodes.map((code) => ({
    code,
    rules: multimap(
      rules
        .filter((rule) => leading(rule) === code)
        .flatMap((rule) => [...(rule.condition[code] ?? [])].map((value) => [value, rule] as const)),
    ),
  }));
  return ({ item }, found) => {
    if (item === null) return;
    for (const { code, rules: table } of tables) {
      const value = item[code];
      if (value === null) continue;
      for (const rule of table.get(value) ?? [])
        found.push({ rule, evidence: { kind: code, text: value }, group: "", closeness: alike });
    }
  };
}

/** Texts to be found as the beginning of another. */
function prefixTable<T>(
  entries: readonly (readonly [prefix: string, value: T])[],
): (text: string, visit: (value: T, prefix: string) => void) => void {
  const table = multimap(entries);
  const lengths = [...new Set(entries.map(([prefix]) => prefix.length))].sort((a, b) => a - b);
  return (text, visit) => {
    for (const length of lengths) {
      if (length > text.length) return;
      const prefix = text.slice(0, length);
      for (const value of table.get(prefix) ?? []) visit(value, prefix);
    }
  };
}

function fundFinder(rules: readonly Rule[]): Finder {
  if (rules.length === 0) return nothing;
  const patterns = rules.flatMap((rule) =>
    (rule.condition.fund ?? []).map((pattern) => ({ ...pattern, rule })),
  );
  const whole = multimap(
    patterns.filter(({ isPrefix }) => !isPrefix).map(({ text, rule }) => [text, rule] as const),
  );
  const beginnings = prefixTable(
    patterns.filter(({ isPrefix }) => isPrefix).map(({ text, rule }) => [text, rule] as const),
  );
  const inChain = (chain: FundChain, group: string, found: Candidate[]): void => {
    for (const [position, { id, code }] of chain.entries()) {
      const evidence = { kind: "fund", text: code === "" ? id : code };
      const add = (rule: Rule, isPrefix: boolean, length: number): void => {
        found.push({ rule, evidence, group, closeness: { of: "fund", position, isPrefix, length } });
      };
      for (const name of code === id ? [id] : [code, id]) {
        for (const rule of whole.get(name) ?? []) add(rule, false, name.length);
        beginnings(name, (rule, prefix) => {
          add(rule, true, prefix.length);
        });
      }
    }
  };
  return ({ record }, found) => {
    for (const [index, chain] of record.funds.entries()) inChain(chain, String(index), found);
  };
}

function callNumberFinder(rules: readonly Rule[]): Finder {
  if (rules.length === 0) return nothing;
  const schemes = (["lcc", "ddc", "nlm", "udc"] as const).map((scheme) => {
    const entries = rules.flatMap((rule) =>
      rule.condition.ranges
        .filter((ranges) => ranges.scheme === scheme)
        .flatMap(({ list }) => list.map((range) => ({ low: range.low, high: range.high, range, rule }))),
    );
    return [scheme, createIntervals(entries)] as const;
  });
  const byScheme = new Map<string, (typeof schemes)[number][1]>(schemes);
  const prefixes = rules
    .filter(({ condition }) => condition.ranges.length === 0)
    .flatMap((rule) => (rule.condition.callNumberPrefix ?? []).map((prefix) => [prefix, rule] as const));
  const beginnings = prefixTable(prefixes);
  return ({ numbers, callNumbers }, found) => {
    for (const number of numbers) {
      byScheme.get(number.kind)?.(number.sortKey, ({ range, rule }) => {
        found.push({
          rule,
          evidence: shown(number),
          group: groupOf(number),
          closeness: { of: "range", range },
        });
      });
    }
    if (prefixes.length === 0) return;
    for (const number of callNumbers) {
      const folded = foldPrefix(number.text);
      beginnings(folded, (rule, prefix) => {
        if (!endsNumber(prefix, folded)) return;
        const closeness = { of: "prefix", length: prefix.length } as const;
        found.push({ rule, evidence: shown(number), group: groupOf(number), closeness });
      });
    }
  };
}

/** Rules that name a package or a platform, and no code of a copy. */
function providerFinder(rules: readonly Rule[]): Finder {
  const own = rules.filter(({ condition }) => itemCodes.every((code) => condition[code] === null));
  if (own.length === 0) return nothing;
  const table = (key: "package" | "platform", among: readonly Rule[]): ReadonlyMap<string, readonly Rule[]> =>
    multimap(among.flatMap((rule) => [...(rule.condition[key] ?? [])].map((name) => [name, rule] as const)));
  const packages = table("package", own);
  const platforms = table(
    "platform",
    own.filter(({ condition }) => condition.package === null),
  );
  return ({ record }, found) => {
    const look = (kind: string, names: readonly string[], rulesOf: typeof packages): void => {
      for (const name of names) {
        const evidence = { kind, text: name };
        for (const rule of rulesOf.get(normalisePart(name)) ?? [])
          found.push({ rule, evidence, group: "", closeness: alike });
      }
    };
    look("package", record.packages ?? [], packages);
    look("platform", record.platforms ?? [], platforms);
  };
}

/** Rules that name values of MARC fields, and no heading. */
function marcFinder(rules: readonly Rule[]): Finder {
  const bySelector = multimap(
    rules
      .filter(({ condition }) => condition.subject === null)
      .flatMap((rule) =>
        (rule.condition.marc ?? []).map((pattern) => [pattern.selector, { pattern, rule }] as const),
      ),
  );
  if (bySelector.size === 0) return nothing;
  return ({ values }, found) => {
    for (const value of values) {
      for (const { pattern, rule } of bySelector.get(value.tag) ?? []) {
        if (!matchesMarc(pattern, value)) continue;
        const closeness = { of: "marc", length: pattern.length } as const;
        found.push({ rule, evidence: shown(value), group: "", closeness });
      }
    }
  };
}

function groupOf({ kind, sortKey }: Evidence): string {
  return `${kind} ${sortKey}`;
}

function shown({ kind, tag, text }: Evidence): NonNullable<Candidate["evidence"]> {
  return { kind, tag, text };
}

function subjectFinder(rules: readonly Rule[]): Finder {
  if (rules.length === 0) return nothing;
  const table = (by: SubjectPattern["by"]): ReadonlyMap<string, readonly Rule[]> =>
    multimap(
      rules.flatMap((rule) =>
        (rule.condition.subject ?? [])
          .filter((pattern) => pattern.by === by)
          .map(({ vocabulary, value }) => [`${vocabulary}\n${value}`, rule] as const),
      ),
    );
  const headings = table("heading");
  const subdivisions = table("subdivision");
  const numbers = table("authority");
  return (target, found) => {
    for (const heading of target.headings) {
      const { kind, sortKey, authority } = heading;
      const add = (
        rulesOf: ReadonlyMap<string, readonly Rule[]>,
        value: string,
        match: typeof headingMatch,
      ): void => {
        for (const vocabulary of [kind, "any"]) {
          for (const rule of rulesOf.get(`${vocabulary}\n${value}`) ?? []) {
            const closeness = { of: "subject", match: match(value) } as const;
            found.push({ rule, evidence: shown(heading), group: "", closeness });
          }
        }
      };
      if (headings.size > 0) {
        for (const beginning of beginningsOf(sortKey)) add(headings, beginning, headingMatch);
      }
      if (subdivisions.size > 0) {
        for (const below of runsBelowFirst(sortKey)) add(subdivisions, below, subdivisionMatch);
      }
      if (numbers.size > 0 && authority !== null) {
        for (const number of authority.split(" ")) add(numbers, number, () => numberMatch(sortKey));
      }
    }
  };
}

/** `a--b--c`: `a`, `a--b`, `a--b--c`. */
function beginningsOf(key: string): string[] {
  const beginnings: string[] = [];
  for (let at = key.indexOf(partSeparator); at !== -1; at = key.indexOf(partSeparator, at + 1)) {
    beginnings.push(key.slice(0, at));
  }
  return [...beginnings, key];
}

/** `a--b--c`: `b`, `b--c`, `c`. */
function runsBelowFirst(key: string): string[] {
  const parts = key.split(partSeparator);
  const runs = new Set<string>();
  for (let from = 1; from < parts.length; from++) {
    for (let to = from + 1; to <= parts.length; to++) runs.add(parts.slice(from, to).join(partSeparator));
  }
  return [...runs];
}
