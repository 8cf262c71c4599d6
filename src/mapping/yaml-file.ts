/** One YAML file and where things stand in it. */
import { LineCounter, isMap, isScalar, isSeq, parseDocument } from "yaml";
import type { Document, YAMLMap } from "yaml";
import { placeText } from "./problem.ts";
import type { Findings, Place } from "./problem.ts";

export type Path = readonly PropertyKey[];

export interface YamlFile {
  readonly value: unknown;
  /** Of the value at a path; of the key there, when `key` is given; of what stands above, when there is neither. */
  place(path: Path, key?: string): Place;
}

/** Null, with findings, for a file that is empty or no YAML, or has a key twice. */
export function readYaml(path: string, text: string, findings: Findings): YamlFile | null {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, stringKeys: true });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file: path, line: Math.max(1, line), column: Math.max(1, col) };
  };
  for (const error of document.errors) {
    const what = error.message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? error.code;
    findings.error(
      at(error.pos[0]),
      "yaml-syntax",
      what,
      "mend the YAML here: indent with blanks, quote texts with : or #",
    );
  }
  if (document.errors.length > 0) return null;
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    findings.error(
      { file: path, line: 1, column: 1 },
      "empty-file",
      "the file holds nothing",
      "write departments: in it, or a list of expectations, or remove it",
    );
    return null;
  }
  if (!reportDuplicates(document.contents, at, findings)) return null;
  return {
    value: document.toJS({ maxAliasCount: 100 }) as unknown,
    place: (below, key) => at(offsetAt(document, below, key)),
  };
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
  const range = (node as { readonly range?: readonly number[] | null } | null | undefined)?.range;
  return range?.[0];
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

/** True when no map has a key twice. */
function reportDuplicates(node: unknown, at: (offset: number) => Place, findings: Findings): boolean {
  if (isSeq(node))
    return node.items.map((item) => reportDuplicates(item, at, findings)).every((fine) => fine);
  if (!isMap(node)) return true;
  const own = reportOwnDuplicates(node, at, findings);
  return node.items.map((pair) => reportDuplicates(pair.value, at, findings)).every((fine) => fine) && own;
}

function reportOwnDuplicates(
  map: YAMLMap<unknown, unknown>,
  at: (offset: number) => Place,
  findings: Findings,
): boolean {
  const first = new Map<string, Place>();
  let fine = true;
  for (const { key } of map.items) {
    const name = keyText(key);
    const place = at(offsetOf(key) ?? 0);
    const before = first.get(name);
    if (before === undefined) first.set(name, place);
    else {
      fine = false;
      reportTwice(findings, name, before, place);
    }
  }
  return fine;
}

/** Names both places. */
export function reportTwice(findings: Findings, id: string, first: Place, second: Place): void {
  findings.error(
    second,
    "duplicate-id",
    `"${id}" is here and at ${placeText(first)}`,
    "keep one, and move what the other holds into it; or give it another id",
  );
}
