/** Random mappings over random titles: the index against reading every rule, and the laws that no mapping may break. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { isInRange, parseRange, tryParseCallNumber } from "../domain/call-number/index.ts";
import type { Evidence, TargetItem, TargetRecord } from "../domain/evidence.ts";
import { add, compare, one, zero } from "../domain/weight.ts";
import { closest } from "./candidate.ts";
import { compileFiles } from "./compile.ts";
import { compileMapping } from "./index.ts";
import type { Mapping } from "./index.ts";
import { createLists } from "./lists.ts";
import { createLookup } from "./lookup.ts";
import { createFindings } from "./problem.ts";
import { readFiles } from "./read.ts";
import type { Rule } from "./rule.ts";
import { holds, targetOf } from "./target.ts";

const some = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const key = fc.oneof(
  some(["QC", "QC1-QC50", "QC10-QC20", "QC10.5-QC10.8", "QC15", "QC15.5", "Q*", "QA", "QC20.A-Z"]).map(
    (range) => ({ lcc: range }),
  ),
  some(["530", "530-539", "530.1", "500-599"]).map((range) => ({ ddc: range })),
  some(["QC 1", "X", "QC 15.5"]).map((callNumberPrefix) => ({ callNumberPrefix })),
  some(["Physics", "Physics--History", "*--History", "Optics", "fst01063025"]).chain((heading) =>
    some(["lcsh", "fast", "any"]).map((vocabulary) => ({ subject: { [vocabulary]: heading } })),
  ),
  some(["SCI", "PHYS", "PH*", "P*"]).map((fund) => ({ fund })),
  some(["Thesis*", "Thesis*Physics", "*"]).map((words) => ({ marc: { "502$a": words } })),
  some(["Big Deal", "Small Deal"]).map((name) => ({ package: name })),
  some(["Link"]).map((platform) => ({ platform })),
  some(["REF", "JUV"]).map((collection) => ({ collection })),
  some(["MAIN", "SCI"]).map((library) => ({ library })),
  some(["biblio:1", "biblio:2"]).map((record) => ({ record })),
  fc.constant({ any: true }),
);
const conditionKeys = fc
  .array(key, { minLength: 1, maxLength: 2 })
  .map((keys): object => Object.assign({}, ...keys));
const rule = fc
  .record(
    {
      keys: conditionKeys,
      share: some([0.6, 2, "1/3"]),
      priority: some([1, 2]),
      unless: conditionKeys,
    },
    { requiredKeys: ["keys"] },
  )
  .map(({ keys, ...rest }): object => ({ ...keys, ...rest }));
const department = fc.record(
  {
    rules: fc.array(rule, { minLength: 1, maxLength: 5 }),
    except: fc.array(conditionKeys, { minLength: 1, maxLength: 1 }),
  },
  { requiredKeys: ["rules"] },
);
const departments = fc.array(department, { minLength: 1, maxLength: 5 });

function evidence(
  kind: string,
  sortKey: string,
  text: string,
  tag: string,
  authority: string | null = null,
): Evidence {
  const isNumber = ["lcc", "ddc", "other"].includes(kind);
  const rank = isNumber ? "call-number" : kind === "marc" ? "marc" : "subject";
  return { kind, rank, sortKey, text, authority, tag };
}

const found = some([
  evidence("lcc", "QC 0015.5", "QC15.5", "050"),
  evidence("lcc", "QC 0010.6-B2", "QC10.6 .B2", "050"),
  evidence("lcc", "QC 0020-M3", "QC 20 .M3", "090"),
  evidence("lcc", "QA 0001", "QA1", "852"),
  evidence("ddc", "530.12", "530.12", "082"),
  evidence("other", "X 000001", "X 1", "099"),
  evidence("lcsh", "physics--history--france", "Physics--History--France", "650"),
  evidence("fast", "physics", "Physics", "650", "fast:1063025"),
  evidence("lcsh", "optics", "Optics", "650"),
  evidence("marc", "thesis in physics", "Thesis in Physics", "502$a"),
]);
const target = fc.record({
  id: some(["1", "2", "3"]),
  evidence: fc.uniqueArray(found, { maxLength: 4 }),
  funds: fc.uniqueArray(some(["PHYS", "CHEM"]), { maxLength: 2 }).map((codes) =>
    codes.map((code) => [
      { id: code, code },
      { id: "SCI", code: "SCI" },
    ]),
  ),
  language: fc.constant(null),
  materialType: fc.constant("book"),
  publicationYear: fc.constant(null),
  isbn: fc.constant([]),
  issn: fc.constant([]),
  packages: fc.uniqueArray(some(["Big deal", "Small deal"]), { maxLength: 1 }),
  platforms: fc.uniqueArray(some(["LINK"]), { maxLength: 1 }),
}) satisfies fc.Arbitrary<TargetRecord>;
const empty: TargetRecord = {
  id: "1",
  evidence: [],
  funds: [],
  language: null,
  materialType: "book",
  publicationYear: null,
  isbn: [],
  issn: [],
  packages: [],
  platforms: [],
};
const copy: fc.Arbitrary<TargetItem | null> = fc.option(
  fc.record({
    id: fc.constant("1"),
    callNumber: fc.option(
      some([evidence("lcc", "QC 0015", "QC 15", "952"), evidence("other", "X", "X", "952")]),
    ),
    library: fc.option(some(["MAIN", "SCI"])),
    location: fc.constant(null),
    collection: fc.option(some(["REF", "JUV"])),
    itemType: fc.constant(null),
  }),
);

/** JSON is YAML. */
function text(entries: readonly (readonly [string, object])[], more: object = {}): string {
  return JSON.stringify({
    departments: Object.fromEntries(entries.map(([id, own]) => [id, { name: id, ...own }])),
    ...more,
  });
}

function named(list: readonly object[]): (readonly [string, object])[] {
  return list.map((own, index) => [`d${String(index)}`, own] as const);
}

function withRulesTurned(own: object): object {
  return "rules" in own && Array.isArray(own.rules) ? { ...own, rules: own.rules.toReversed() } : own;
}

function compiled(...texts: readonly string[]): Mapping {
  const files = texts.map((file, index) => ({ path: `m${String(index)}.yaml`, text: file }));
  const result = compileMapping(files);
  if (!result.ok) throw new Error(result.problems[0]?.what);
  return result.mapping;
}

function weights(mapping: Mapping, record: TargetRecord, item: TargetItem | null): string[] {
  return mapping
    .assign(record, item)
    .assignments.map(({ department: id, weight: { num, den } }) => `${id} ${String(num)}/${String(den)}`)
    .sort();
}

describe("any mapping", () => {
  test("finds by its index the rules that hold, and no other", () => {
    fc.assert(
      fc.property(departments, target, copy, (list, record, item) => {
        const findings = createFindings();
        const { rules } = readFiles([{ path: "m.yaml", text: text(named(list)) }], findings);
        const all = compileFiles(rules, createLists([]), findings).rules.flatMap((own) => own.rules);
        const seen = targetOf(record, item, new Set());
        const lookup = createLookup(all);
        const ranks = ["record", "fund", "collection", "call-number", "subject", "any"] as const;

        const indexed = ranks
          .flatMap((rank) => lookup(rank, seen))
          .filter((candidate) => holds(candidate.rule.condition, seen, false));
        const read = all.filter(({ condition }) => holds(condition, seen, false));

        const orders = (list_: readonly Rule[]): number[] =>
          [...new Set(list_.map(({ order }) => order))].sort();
        expect(orders(indexed.map((candidate) => candidate.rule))).toEqual(orders(read));
        expect(closest(indexed).length > 0).toBe(read.length > 0);
      }),
      { numRuns: 1000 },
    );
  });

  test("gives weights that add up to 1, above 0, one for each department", () => {
    fc.assert(
      fc.property(departments, target, copy, some(["split", "first"]), (list, record, item, overlap) => {
        const mapping = compiled(text(named(list), { policy: { overlap } }));
        const { assignments } = mapping.assign(record, item);

        expect(
          compare(
            assignments.reduce((sum, { weight }) => add(sum, weight), zero),
            one,
          ),
        ).toBe(0);
        expect(assignments.every(({ weight }) => compare(weight, zero) > 0)).toBe(true);
        expect(new Set(assignments.map(({ department: id }) => id)).size).toBe(assignments.length);
      }),
      { numRuns: 1000 },
    );
  });

  test("decides the same whatever the order of files, departments, rules and evidence", () => {
    fc.assert(
      fc.property(departments, target, copy, fc.nat({ max: 5 }), (list, record, item, cut) => {
        const entries = named(list);
        const turned = {
          ...record,
          evidence: [...record.evidence].reverse(),
          funds: [...record.funds].reverse(),
        };
        const straight = compiled(text(entries));
        const backwards = compiled(
          ...[entries.slice(cut), entries.slice(0, cut)]
            .filter((part) => part.length > 0)
            .map((part) => text([...part].reverse().map(([id, own]) => [id, withRulesTurned(own)] as const))),
        );

        expect(weights(backwards, turned, item)).toEqual(weights(straight, record, item));
        expect(backwards.version).toBe(straight.version);
      }),
      { numRuns: 1000 },
    );
  });

  test("decides the same whatever titles and copies were decided before", () => {
    const pairs = fc.array(fc.tuple(target, copy), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(departments, pairs, (list, titles) => {
        const mapping = compiled(text(named(list)));
        const inOrder = titles.map(([record, item]) => weights(mapping, record, item));
        const backwards = [...titles].reverse().map(([record, item]) => weights(mapping, record, item));

        expect(backwards.reverse()).toEqual(inOrder);
      }),
      { numRuns: 1000 },
    );
  });

  test("finds the ranges of a random shelf that each call number stands in, and no other", () => {
    const bound = fc
      .tuple(fc.integer({ min: 1, max: 60 }), some(["", ".5", ".53", ".A3", ".5.B2"]))
      .map(([number, rest]) => `QC${String(number)}${rest}`);
    const range = fc
      .tuple(bound, bound)
      .map(([a, b]) => [`${a}-${b}`, `${b}-${a}`].find((shown) => parseRange("lcc", shown).ok) ?? a);
    const shelved = fc
      .tuple(bound, some(["", " .C4", " .C4 1999", " 1999", " v.2"]))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.array(range, { minLength: 1, maxLength: 12 }), shelved, (ranges, callNumber) => {
        const sortKey = tryParseCallNumber("lcc", callNumber)?.key ?? "";
        const record = { ...empty, evidence: [evidence("lcc", sortKey, callNumber, "050")] };
        const findings = createFindings();
        const file = text(named(ranges.map((lcc) => ({ rules: [{ lcc }] }))));
        const { rules } = readFiles([{ path: "m.yaml", text: file }], findings);
        const all = compileFiles(rules, createLists([]), findings).rules.flatMap((own) => own.rules);

        const indexed = createLookup(all)("call-number", targetOf(record, null, new Set()));

        const standsIn = ranges.filter((shown) => {
          const parsed = parseRange("lcc", shown);
          return parsed.ok && isInRange(parsed.range, sortKey);
        });
        expect(indexed).toHaveLength(standsIn.length);
        expect(all).toHaveLength(ranges.length);
      }),
      { numRuns: 1000 },
    );
  });

  test("explains what it decides", () => {
    fc.assert(
      fc.property(departments, target, copy, (list, record, item) => {
        const mapping = compiled(text(named(list)));
        const { decision, lost } = mapping.explain(record, item);
        const winners = decision.assignments.map(({ department: id }) => id);

        expect(decision).toEqual(mapping.assign(record, item));
        expect(lost.filter(({ department: id }) => winners.includes(id))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});
