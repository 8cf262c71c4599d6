/**
 * Edits of a YAML text that leave every other byte as it is: comments, order, blank lines, quotes. Only the text of
 * what changed is replaced, by YAML on one line.
 */
import { isMap, isScalar, isSeq, parseDocument } from "yaml";
import type { Node, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import { flowText } from "./cells.ts";

interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface YamlEditor {
  /** The node at a path; null when there is none. */
  at(path: readonly (string | number)[]): Node | null;
  replace(node: Node, value: unknown): void;
  /** Sets or, for `undefined`, takes away keys of a map. */
  setKeys(map: YAMLMap, changes: Readonly<Record<string, unknown>>): void;
  /** What a list shall hold: its own items by index, the changed with their value, and new ones. */
  setItems(list: YAMLSeq, items: readonly ListItem[]): void;
  text(): string;
}

export type ListItem =
  | { readonly keep: number }
  | { readonly from: number; readonly value: unknown }
  | { readonly value: unknown };

export function editYaml(source: string): YamlEditor {
  const document = parseDocument(source, { stringKeys: true });
  const splices: Splice[] = [];
  const lineStart = (at: number): number => source.lastIndexOf("\n", at - 1) + 1;
  const lineEnd = (at: number): number => {
    const end = source.indexOf("\n", at);
    return end === -1 ? source.length : end;
  };
  const splice = (start: number, end: number, text: string): void => {
    splices.push({ start, end, text });
  };
  const replace = (node: Node, value: unknown): void => {
    splice(startOf(node), endOf(node), flowText(value));
  };
  const dropLines = (from: number, to: number): void => {
    splice(lineStart(from), Math.min(source.length, lineEnd(to) + 1), "");
  };
  /** Behind the line on which something ends, its comment included. */
  const addLine = (after: number, line: string): void => {
    const at = lineEnd(after);
    splice(at, at, `\n${line}`);
  };

  return {
    at: (path) => {
      const node = path.length === 0 ? document.contents : document.getIn(path, true);
      return (node as Node | undefined) ?? null;
    },
    replace,
    setKeys: (map, changes) => {
      const last = map.items.at(-1);
      const first = map.items[0];
      // The first key of a list's item stands behind the dash: its line cannot go.
      const losesHead =
        first !== undefined &&
        keyOf(first) in changes &&
        changes[keyOf(first)] === undefined &&
        source.slice(lineStart(startOf(first.key)), startOf(first.key)).trim() !== "";
      if (map.flow === true || last === undefined || losesHead) {
        const kept = map.items.flatMap((pair) =>
          keyOf(pair) in changes ? [] : [source.slice(startOf(pair.key), endOfPair(pair))],
        );
        const changed = Object.entries(changes).flatMap(([key, value]) =>
          value === undefined ? [] : [`${flowText(key)}: ${flowText(value)}`],
        );
        splice(startOf(map), endOf(map), `{ ${[...kept, ...changed].join(", ")} }`);
        return;
      }
      const indent = " ".repeat(startOf(last.key) - lineStart(startOf(last.key)));
      for (const [key, value] of Object.entries(changes)) {
        const pair = map.items.find((candidate) => keyOf(candidate) === key);
        if (value === undefined) {
          if (pair !== undefined) dropLines(startOf(pair.key), endOfPair(pair));
        } else if (pair === undefined)
          addLine(endOfPair(last), `${indent}${flowText(key)}: ${flowText(value)}`);
        else if (isNode(pair.value)) replace(pair.value, value);
        else splice(endOf(pair.key), endOf(pair.key), ` ${flowText(value)}`);
      }
    },
    setItems: (list, items) => {
      if (list.flow === true) {
        const texts = items.map((item) => {
          if (!("keep" in item)) return flowText(item.value);
          const node = list.items[item.keep];
          return source.slice(startOf(node), endOf(node));
        });
        splice(startOf(list), endOf(list), `[${texts.join(", ")}]`);
        return;
      }
      const nodes = list.items.filter(isNode);
      const dashOf = (node: Node): number => source.lastIndexOf("-", startOf(node) - 1);
      const indent = source.slice(lineStart(dashOf(nodes[0] ?? list)), dashOf(nodes[0] ?? list));
      const kept = new Set(
        items.flatMap((item) => ("keep" in item ? [item.keep] : "from" in item ? [item.from] : [])),
      );
      nodes.forEach((node, index) => {
        if (!kept.has(index)) dropLines(dashOf(node), endOf(node));
      });
      let behind: Node | null = null;
      for (const item of items) {
        if ("keep" in item || "from" in item) {
          behind = nodes["keep" in item ? item.keep : item.from] ?? behind;
          if ("from" in item && behind !== null) replace(behind, item.value);
        } else if (behind !== null) addLine(endOf(behind), `${indent}- ${flowText(item.value)}`);
        else
          splice(
            lineStart(dashOf(nodes[0] ?? list)),
            lineStart(dashOf(nodes[0] ?? list)),
            `${indent}- ${flowText(item.value)}\n`,
          );
      }
    },
    text: () => apply(source, splices),
  };
}

/** From the last to the first, so that places stay right; those of one place in the order they were asked for. */
function apply(source: string, splices: readonly Splice[]): string {
  let text = source;
  const ordered = splices
    .map((splice, n) => ({ ...splice, n }))
    .sort((a, b) => b.start - a.start || b.n - a.n);
  for (const { start, end, text: put } of ordered) text = text.slice(0, start) + put + text.slice(end);
  return text;
}

function isNode(value: unknown): value is Scalar | YAMLMap | YAMLSeq {
  return isMap(value) || isSeq(value) || isScalar(value);
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : "";
}

function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

/** Where its last sign stands, without the comment or the blank lines behind it. */
function endOf(node: unknown): number {
  if (!isNode(node)) return 0;
  const own = node.range?.[1] ?? 0;
  if (isScalar(node) || node.flow === true) return own;
  const last = node.items.at(-1);
  if (last === undefined) return own;
  return isMap(node) ? endOfPair(last as Pair) : endOf(last);
}

function endOfPair({ key, value }: Pair): number {
  return isNode(value) && endOf(value) > 0 ? Math.max(endOf(value), endOf(key)) : endOf(key);
}
