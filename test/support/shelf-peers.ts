/** Shelf orders of other programs, and how ours compares with them. */
import { spawnSync } from "node:child_process";

/** Keys as `Library::CallNumber::LC` makes them, which Koha sorts LCC by; null where it reads no call number. */
export function perlKeys(texts: readonly string[]): readonly (string | null)[] | null {
  const program =
    'while (<STDIN>) { chomp; my $c = Library::CallNumber::LC->new($_); my $k = $c ? $c->normalize : ""; print defined $k ? $k : "", "\\n" }';
  const { status, stdout } = spawnSync("perl", ["-MLibrary::CallNumber::LC", "-e", program], {
    input: texts.map((text) => `${text}\n`).join(""),
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  if (status !== 0) return null;
  return stdout.split("\n").slice(0, texts.length).map((key) => (key === "" ? null : key)); // prettier-ignore
}

export interface Agreement {
  readonly both: number;
  readonly onlyOurs: number;
  readonly onlyTheirs: number;
  /** Pairs of different keys in both orders that stand the same way, of all such pairs, 0 to 1. */
  readonly pairs: number;
  /** Neighbours of our order that stand the other way round in theirs, by the kinds of part that differ. */
  readonly turned: ReadonlyMap<string, readonly (readonly [first: string, second: string])[]>;
  readonly neighbours: number;
}

export interface Keyed {
  readonly text: string;
  readonly ours: string | null;
  readonly theirs: string | null;
}

export function compareOrders(all: readonly Keyed[]): Agreement {
  const both = all.flatMap(({ text, ours, theirs }) =>
    ours === null || theirs === null ? [] : [{ text, ours, theirs }],
  );
  both.sort((a, b) => order(a.ours, b.ours) || order(a.theirs, b.theirs));
  const turned = new Map<string, [string, string][]>();
  for (const [index, second] of both.entries()) {
    const first = both[index - 1];
    if (first === undefined || first.ours === second.ours || first.theirs <= second.theirs) continue;
    const kind = [kindOf(first.ours, second.ours), kindOf(second.ours, first.ours)].join(" before ");
    turned.set(kind, [...(turned.get(kind) ?? []), [first.text, second.text]]);
  }
  return {
    both: both.length,
    onlyOurs: all.filter(({ ours, theirs }) => ours !== null && theirs === null).length,
    onlyTheirs: all.filter(({ ours, theirs }) => ours === null && theirs !== null).length,
    pairs: samePairs(both),
    turned,
    neighbours: Math.max(0, both.length - 1),
  };
}

function samePairs(sorted: readonly { readonly ours: string; readonly theirs: string }[]): number {
  let same = 0;
  let different = 0;
  for (const [index, a] of sorted.entries()) {
    for (let at = index + 1; at < sorted.length; at++) {
      const b = sorted[at];
      if (b === undefined || a.ours === b.ours || a.theirs === b.theirs) continue;
      if (a.theirs < b.theirs) same++;
      else different++;
    }
  }
  return same / Math.max(1, same + different);
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

const kinds: Readonly<Record<string, string>> = {
  "+": "date",
  ",": "text",
  "-": "cutter",
  ".": "decimal",
  "/": "work letters",
  " ": "number",
};

/** The kind of part of our key in which it first differs from another. */
function kindOf(key: string, other: string): string {
  let at = 0;
  while (at < key.length && key[at] === other[at]) at++;
  if (at >= key.length) return "end";
  const text = key.indexOf(",");
  if (text !== -1 && text <= at) return "text";
  for (let back = at; back >= 0; back--) {
    const kind = kinds[key[back] ?? ""];
    if (kind !== undefined) return kind;
  }
  return "class";
}
