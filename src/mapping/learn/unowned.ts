/** Titles that no rule owns, by what a rule could name: the class of their call number, else a heading. */
import { isClass, parseRange } from "../../domain/call-number/index.ts";
import type { Evidence } from "../../domain/evidence.ts";
import { partSeparator } from "../../domain/subject/index.ts";
import { foldPrefix } from "../condition.ts";

export interface UnownedTitle {
  readonly id: string;
  readonly title: string;
  /** The numbers of its copies before those of the record. */
  readonly callNumbers: readonly Evidence[];
  readonly headings: readonly Evidence[];
}

/** A condition as it is written in a rule. */
export type SuggestedRule =
  | { readonly [scheme in "lcc" | "ddc" | "nlm" | "udc" | "callNumberPrefix"]?: readonly string[] }
  | { readonly subject: { readonly [vocabulary: string]: readonly string[] } };

export interface Suggestion {
  readonly rule: SuggestedRule;
  /** Titles without a department that the rule would catch. */
  readonly titles: number;
  readonly examples: readonly { readonly record: string; readonly title: string }[];
}

export interface UnownedGroups {
  add(title: UnownedTitle): void;
  /** The biggest groups. */
  suggestions(limit: number): Suggestion[];
  /** Titles with neither a call number that a rule could name nor a heading. */
  readonly speechless: number;
}

interface Group {
  titles: number;
  readonly examples: { readonly record: string; readonly title: string }[];
  /** What of the group is to be named: class numbers, or vocabularies. */
  readonly seen: Set<string>;
  readonly kind: string;
  readonly name: string;
}

const mostExamples = 3;

/** Memory grows with the classes and main headings, not with the titles. */
export function createUnownedGroups(): UnownedGroups {
  const groups = new Map<string, Group>();
  let speechless = 0;
  const count = (kind: string, name: string, seen: string, { id, title }: UnownedTitle): void => {
    const key = `${kind} ${kind === "subject" ? name.toLowerCase() : name}`;
    const group = groups.get(key) ?? { titles: 0, examples: [], seen: new Set(), kind, name };
    groups.set(key, group);
    group.titles += 1;
    group.seen.add(seen);
    if (group.examples.length < mostExamples) group.examples.push({ record: id, title });
  };
  return {
    get speechless() {
      return speechless;
    },
    add: (title) => {
      const [number] = title.callNumbers.flatMap((evidence) => classOf(evidence) ?? []);
      if (number !== undefined) {
        count(number.kind, number.name, number.detail, title);
        return;
      }
      const mains = new Map(
        title.headings.map(({ text, sortKey, kind }) => [
          mainOf(sortKey),
          { text: mainOf(text), vocabulary: kind },
        ]),
      );
      for (const { text, vocabulary } of mains.values()) count("subject", text, vocabulary, title);
      if (mains.size === 0) speechless += 1;
    },
    suggestions: (limit) =>
      [...groups.values()]
        .sort((a, b) => b.titles - a.titles || (a.kind + a.name < b.kind + b.name ? -1 : 1))
        .slice(0, limit)
        .map((group) => ({ rule: ruleOf(group), titles: group.titles, examples: group.examples })),
  };
}

function mainOf(heading: string): string {
  return heading.split(partSeparator)[0] ?? heading;
}

/** Null for a mark without a beginning that a rule could name. */
function classOf({
  kind,
  sortKey,
  text,
}: Evidence): { readonly kind: string; readonly name: string; readonly detail: string } | null {
  if (kind === "lcc" || kind === "nlm") {
    const [, cls, number = ""] = /^([A-Z]+)(?: (\d+))?/.exec(sortKey) ?? [];
    if (cls === undefined) return null;
    return isClass(kind, cls)
      ? { kind, name: cls, detail: number }
      : { kind: "callNumberPrefix", name: cls, detail: "" };
  }
  if (kind === "ddc") return { kind, name: sortKey.slice(0, 3), detail: "" };
  if (kind === "udc") {
    const main = /^\d{1,3}/.exec(text)?.[0];
    return main === undefined ? null : { kind, name: main, detail: "" };
  }
  const word = /^\p{L}+/u.exec(foldPrefix(text))?.[0];
  return word === undefined ? null : { kind: "callNumberPrefix", name: word, detail: "" };
}

function ruleOf({ kind, name, seen }: Group): SuggestedRule {
  if (kind === "subject") {
    const [only = "any", ...others] = seen;
    return { subject: { [others.length === 0 ? only : "any"]: [name] } };
  }
  if (kind === "lcc" || kind === "nlm") return { [kind]: [rangeOf(kind, name, [...seen])] };
  return { [kind]: [name] };
}

/** The narrowest range of whole numbers that holds all of them; the class where there is none. */
function rangeOf(scheme: "lcc" | "nlm", cls: string, numbers: readonly string[]): string {
  if (numbers.includes("")) return cls;
  const values = numbers.map(Number).sort((a, b) => a - b);
  const [low = 0] = values;
  const high = values.at(-1) ?? low;
  const blank = scheme === "nlm" ? " " : "";
  const one = `${cls}${blank}${String(low)}`;
  const range = low === high ? one : `${one}-${cls}${blank}${String(high)}`;
  return parseRange(scheme, range).ok ? range : cls;
}
