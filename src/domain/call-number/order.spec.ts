/** Shelf keys and ranges against the rules of shelf order, written a second time component by component. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { compareKeys, isInRange, parseForCli, parseRange, shelfKeyForCli } from "./index.ts";

type Part =
  | { readonly letters: string; readonly digits: string; readonly work: string }
  | { readonly date: number; readonly last: string; readonly suffix: string };
interface Number {
  readonly cls: string;
  readonly number: number;
  readonly decimal: string;
  readonly parts: readonly Part[];
  /** Words and numbers. */
  readonly rest: readonly (string | number)[];
}

interface Dewey {
  readonly cls: string;
  readonly decimal: string;
  readonly cutter: Extract<Part, { letters: string }> | null;
  readonly rest: string;
}

const runs = { numRuns: 1000 };
const digits = fc.constantFrom("1", "2", "11", "12", "19", "2", "21", "305", "31");
const decimal = fc.constantFrom("", "", "5", "51", "9", "95");
const cutter = fc.record({
  letters: fc.constantFrom("A", "B", "BA", "M", "Z"),
  digits,
  work: fc.constantFrom("", "", "", "A", "X", "AB"),
});
const date = fc.record({
  date: fc.constantFrom(3, 15, 20, 1990, 1999, 2004),
  last: fc.constantFrom("", "", "94", "95"),
  suffix: fc.constantFrom("", "", "A", "TH", "EB"),
});
const rest = fc.array(fc.constantFrom<string | number>("V", "NO", "VOL", "INDEX", 1, 2, 10, 100), {
  maxLength: 3,
});
const callNumber: fc.Arbitrary<Number> = fc.record({
  cls: fc.constantFrom("Q", "QA", "QB", "KF", "KFN", "D", "DA"),
  number: fc.constantFrom(1, 7, 76, 77, 700, 760, 9999),
  decimal,
  parts: fc.array(fc.oneof(cutter, date), { maxLength: 3 }),
  rest: rest.map((words) => (typeof words[0] === "number" ? ["V", ...words] : words)),
});

function print({ cls, number, decimal: fraction, parts, rest: words }: Number): string {
  const shown = parts.map((part) =>
    "letters" in part
      ? ` .${part.letters}${part.digits}${part.work.toLowerCase()}`
      : ` ${String(part.date)}${part.last === "" ? "" : `-${part.last}`}${part.suffix.toLowerCase()}`,
  );
  const behind = words.map((word) => (typeof word === "number" ? String(word) : ` ${word.toLowerCase()}.`));
  return `${cls}${String(number)}${fraction === "" ? "" : `.${fraction}`}${shown.join("")}${behind.join(" ")}`;
}

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** The first difference decides; of two lists the one that ends first stands first. */
function byEach<T>(a: readonly T[], b: readonly T[], by: (x: T, y: T) => number): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const order = by(a[at] as T, b[at] as T);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Nothing, then dates, then text, then cutters. */
type Place = Part | readonly (string | number)[];
const rank = (place: Place): number => ("date" in place ? 1 : "letters" in place ? 3 : 2);

function byPlace(a: Place, b: Place): number {
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if ("date" in a && "date" in b) {
    // 1990 stands before 1990-94, and both before 1990a.
    const tail = (one: typeof a): number => (one.last !== "" ? 1 : one.suffix !== "" ? 2 : 0);
    return a.date - b.date || tail(a) - tail(b) || byText(a.last, b.last) || byText(a.suffix, b.suffix);
  }
  if ("letters" in a && "letters" in b)
    return byText(a.letters, b.letters) || byText(a.digits, b.digits) || byText(a.work, b.work);
  const words = (place: Place): readonly (string | number)[] =>
    "date" in place || "letters" in place ? [] : place;
  return byEach(words(a), words(b), (x, y) => {
    if (typeof x === "number" && typeof y === "number") return x - y;
    if (typeof x === "string" && typeof y === "string") return byText(x, y);
    return typeof x === "number" ? -1 : 1;
  });
}

const places = ({ parts, rest: words }: Number): readonly Place[] =>
  words.length === 0 ? parts : [...parts, words];

function byComponents(a: Number, b: Number): number {
  return (
    byText(a.cls, b.cls) ||
    a.number - b.number ||
    byText(a.decimal, b.decimal) ||
    byEach(places(a), places(b), byPlace)
  );
}

function keyOf(one: Number): string {
  return shelfKeyForCli(print(one), "lcc") ?? "";
}

describe("LCC keys", () => {
  test("stand in the order of the components", () => {
    fc.assert(
      fc.property(callNumber, callNumber, (a, b) => {
        const [shown, expected] = [compareKeys(keyOf(a), keyOf(b)), byComponents(a, b)];

        expect([print(a), print(b), Math.sign(shown)]).toEqual([print(a), print(b), Math.sign(expected)]);
      }),
      { numRuns: 5000 },
    );
  });

  test("of neighbours, alike but for one component, too", () => {
    const change = fc.constantFrom<(keyof Number)[]>(["decimal"], ["parts"], ["rest"], ["parts", "rest"]);
    fc.assert(
      fc.property(callNumber, callNumber, change, (a, other, names) => {
        const b = { ...a, ...Object.fromEntries(names.map((name) => [name, other[name]])) };

        expect(Math.sign(compareKeys(keyOf(a), keyOf(b)))).toBe(Math.sign(byComponents(a, b)));
      }),
      { numRuns: 3000 },
    );
  });

  test("are those of the printed form, whose parts are the same", () => {
    fc.assert(
      fc.property(callNumber, (one) => {
        const parsed = parseForCli(print(one), "lcc");

        expect(parsed).toMatchObject({
          cls: one.cls,
          number: one.number,
          decimal: one.decimal,
          parts: one.parts.map((part) =>
            "letters" in part
              ? { cutter: part.letters + part.digits, work: part.work }
              : { date: String(part.date) + (part.last === "" ? "" : `-${part.last}`), suffix: part.suffix },
          ),
        });
      }),
      runs,
    );
  });

  test("do not care for points, blanks, small letters, brackets and words before them", () => {
    const dress = fc.constantFrom<(text: string) => string>(
      (text) => text.toLowerCase(),
      (text) => `  ${text} .`,
      (text) => `[${text}]`,
      (text) => `REF ${text}`,
      (text) => `ref. fol. ${text}`,
      (text) => text.replace(/ \.(?=[A-Z])/g, " "),
      (text) => text.replace(/^([A-Z]+)/, "$1 "),
    );
    fc.assert(
      fc.property(callNumber, dress, (one, dressed) => {
        expect(shelfKeyForCli(dressed(print(one)), "lcc")).toBe(keyOf(one));
      }),
      runs,
    );
  });
});

describe("LCC ranges", () => {
  const bound = fc.record({
    number: fc.constantFrom(1, 7, 76, 77, 700, 760),
    decimal,
    parts: fc.array(
      fc.oneof(
        cutter,
        cutter.map((one) => ({ ...one, work: "" })),
        fc.record({ date: fc.constantFrom(1990, 1999), last: fc.constant(""), suffix: fc.constant("") }),
      ),
      { maxLength: 2 },
    ),
    rest: fc.constant([]),
    cls: fc.constant("QA"),
  });

  /** Whether what stands in the bound is the beginning of the number: work letters need not be named. */
  function covers(end: Number, one: Number): boolean {
    if (end.number !== one.number) return false;
    if (end.parts.length === 0 && end.decimal === "") return true;
    return (
      end.decimal === one.decimal &&
      end.parts.every((part, at) => {
        const there = one.parts[at];
        if (there === undefined) return false;
        const isOpen = at === end.parts.length - 1 && "work" in part && part.work === "";
        return isOpen && "work" in there
          ? part.letters === there.letters && part.digits === there.digits
          : byPlace(part, there) === 0;
      })
    );
  }

  test("hold what stands between their ends, and what an end is the beginning of", () => {
    const inClass = callNumber.map((one) => ({ ...one, cls: "QA" }));
    fc.assert(
      fc.property(bound, bound, inClass, (a, b, one) => {
        const [start, end] = byComponents(a, b) <= 0 ? [a, b] : [b, a];
        const parsed = parseRange("lcc", `${print(start)}-${print(end)}`);
        if (!parsed.ok) throw new Error(parsed.fault.what);
        const isIn = byComponents(one, start) >= 0 && (byComponents(one, end) <= 0 || covers(end, one));

        expect([print(start), print(end), print(one), isInRange(parsed.range, keyOf(one))]).toEqual([
          print(start),
          print(end),
          print(one),
          isIn,
        ]);
      }),
      { numRuns: 5000 },
    );
  });
});

describe("Dewey keys", () => {
  const dewey: fc.Arbitrary<Dewey> = fc.record({
    cls: fc.constantFrom("004", "040", "530", "531", "823"),
    decimal,
    cutter: fc.option(cutter, { nil: null }),
    rest: fc.constantFrom("", "KIN", "v.2", "v.10"),
  });
  const shown = ({ cls, decimal: fraction, cutter: part, rest: text }: Dewey): string =>
    cls +
    (fraction === "" ? "" : `.${fraction}`) +
    (part === null ? "" : ` ${part.letters}${part.digits}${part.work.toLowerCase()}`) +
    (text === "" ? "" : ` ${text}`);

  test("stand in the order of digits, text and cutter", () => {
    fc.assert(
      fc.property(dewey, dewey, (a, b) => {
        const order =
          byText(a.cls, b.cls) || byText(a.decimal, b.decimal) || byEach(placesOf(a), placesOf(b), byPlace);

        expect(
          Math.sign(
            compareKeys(shelfKeyForCli(shown(a), "ddc") ?? "", shelfKeyForCli(shown(b), "ddc") ?? ""),
          ),
        ).toBe(Math.sign(order));
      }),
      runs,
    );
  });

  const words: Readonly<Record<string, readonly (string | number)[]>> = {
    KIN: ["KIN"],
    "v.2": ["V", 2],
    "v.10": ["V", 10],
  };
  function placesOf({ cutter: part, rest: text }: Dewey): Place[] {
    const behind = words[text];
    return [...(part === null ? [] : [part]), ...(behind === undefined ? [] : [behind])];
  }
});
