/** One YAML file and where things stand in it. */
import { LineCounter, isAlias, isMap, isNode, isScalar, isSeq, parseDocument } from "yaml";
import type { Document, YAMLMap } from "yaml";
import { placeText } from "./problem.ts";
import type { Findings, Place } from "./problem.ts";
import { syntaxFault } from "./yaml-fault.ts";

export type Path = readonly PropertyKey[];

export interface YamlFile {
  readonly path: string;
  readonly value: unknown;
  /** Of the value at a path; of the key there, when `key` is given; of what stands above, when there is neither. */
  place(path: Path, key?: string): Place;
  /** A scalar as it is written in the file: `530.10` for the number 530.1. */
  written(path: Path): string | null;
}

/** A file that is no YAML says so again and again. */
const mostSyntaxFaults = 5;
const deepest = 100;

/** Null, with findings, for a file that is empty or no YAML, has a key twice, or aliases. */
export function readYaml(path: string, text: string, findings: Findings): YamlFile | null {
  const lines = new LineCounter();
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file: path, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const deep = tooDeepAt(text);
  if (deep !== null) {
    const place = { file: path, ...deep };
    findings.add(
      place,
      "too-deep",
      `more than ${String(deepest)} lists and maps inside each other`,
      "a mapping needs about eight; mend the brackets here",
    );
    return null;
  }
  // Anything but text is an error with the text as it was written; a mapping has no dates and no merged maps.
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, stringKeys: true });
  for (const { code, pos, message } of [...document.errors, ...document.warnings].slice(
    0,
    mostSyntaxFaults,
  )) {
    const fault = syntaxFault(code, message);
    findings.add(at(pos[0]), fault.code, fault.what, fault.cure);
  }
  if (document.errors.length + document.warnings.length > 0) return null;
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    findings.add(
      { file: path, line: 1, column: 1 },
      "empty-file",
      "the file holds nothing",
      "write departments: in it, or a list of expectations, or remove it",
    );
    return null;
  }
  if (!reportNodes(document.contents, at, findings)) return null;
  return {
    path,
    value: document.toJS() as unknown,
    place: (below, key) => at(offsetAt(document, below, key)),
    written: (below) => {
      const node = document.getIn(below as unknown[], true);
      return isScalar(node) && node.source !== undefined ? node.source : null;
    },
  };
}

/**
 * Where brackets, or marks of list entries in one line, go deeper than the parser could follow. Brackets within texts
 * count too: that no text has a hundred open ones is sure enough.
 */
function tooDeepAt(text: string): { readonly line: number; readonly column: number } | null {
  let depth = 0;
  for (const [index, line] of text.split("\n").entries()) {
    const lead = /^[ \t?-]*/.exec(line)?.[0].length ?? 0;
    if (lead > 2 * deepest) return { line: index + 1, column: 2 * deepest };
    for (let column = 0; column < line.length; column++) {
      const char = line[column];
      if (char === "[" || char === "{") depth++;
      else if ((char === "]" || char === "}") && depth > 0) depth--;
      if (depth > deepest) return { line: index + 1, column: column + 1 };
    }
  }
  return null;
}

function offsetAt(document: Document, path: Path, key: string | undefined): number {
  for (let depth = path.length; depth >= 0; depth--) {
    const node: unknown =
      depth === 0 ? document.contents : document.getIn(path.slice(0, depth) as unknown[], true);
    const named = key === undefined || depth < path.length ? node : keyNode(node, key);
    const offset = offsetOf(named);
    if (offset !== undefined) return offset;
  }
  return 0;
}

function keyNode(node: unknown, key: string): unknown {
  return isMap(node) ? node.items.find((pair) => keyText(pair.key) === key)?.key : undefined;
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

/** True when no map has a key twice, and nothing is shared by anchors. */
function reportNodes(node: unknown, at: (offset: number) => Place, findings: Findings): boolean {
  const isShared = isAlias(node) || (isNode(node) && "anchor" in node && node.anchor !== undefined);
  if (isShared) {
    findings.add(
      at(offsetOf(node) ?? 0),
      "alias",
      isAlias(node)
        ? `"*${node.source}" stands for another value of the file`
        : "an anchor shares this value",
      "write the value out; a text that begins with * or & stands in quotes",
    );
  }
  if (isSeq(node))
    return node.items.map((item) => reportNodes(item, at, findings)).every((fine) => fine) && !isShared;
  if (!isMap(node)) return !isShared;
  const own = reportKeys(node, at, findings);
  const below = node.items.map((pair) => reportNodes(pair.value, at, findings)).every((fine) => fine);
  return own && below && !isShared;
}

function reportKeys(
  map: YAMLMap<unknown, unknown>,
  at: (offset: number) => Place,
  findings: Findings,
): boolean {
  const first = new Map<string, Place>();
  let fine = true;
  for (const { key } of map.items) {
    if (!reportNodes(key, at, findings)) fine = false;
    const name = keyText(key);
    const place = at(offsetOf(key) ?? 0);
    const before = first.get(name);
    if (before === undefined) first.set(name, place);
    else {
      fine = false;
      reportTwice(findings, name, before, place);
    }
    if (name !== "__proto__") continue;
    // No reader of objects would pass it on.
    fine = false;
    findings.add(place, "bad-id", '"__proto__" cannot be a name', "choose another");
  }
  return fine;
}

/** Names both places. */
export function reportTwice(findings: Findings, id: string, first: Place, second: Place): void {
  findings.add(
    second,
    "duplicate-id",
    `"${id}" is here and at ${placeText(first)}`,
    "keep one, and move what the other holds into it; or give it another id",
  );
}
