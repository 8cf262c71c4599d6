import { isMap, isSeq } from "yaml";
import { alignLists } from "./align.ts";
import { editYaml } from "./splice.ts";
import type { YamlEditor } from "./splice.ts";

/** The text of a YAML map with another value, edited only where the value differs. Values are plain data. */
export function mergeYaml(source: string, old: object, next: object): string {
  const yaml = editYaml(source);
  mergeAt(yaml, [], old, next);
  return yaml.text();
}

function mergeAt(yaml: YamlEditor, path: readonly (string | number)[], old: unknown, next: unknown): void {
  if (same(old, next)) return;
  const node = yaml.at(path);
  if (node === null) return;
  if (isMap(node) && isPlain(old) && isPlain(next)) {
    const differing = Object.keys({ ...old, ...next }).filter((key) => !same(old[key], next[key]));
    const isDeepChange = (key: string): boolean => isDeep(old[key]) && isDeep(next[key]);
    // A map on one line is written anew as soon as one of its words changes.
    const isWhole = node.flow === true && !differing.every(isDeepChange);
    const deeper = isWhole ? [] : differing.filter(isDeepChange);
    for (const key of deeper) mergeAt(yaml, [...path, key], old[key], next[key]);
    const changes = Object.fromEntries(
      differing.filter((key) => !deeper.includes(key)).map((key) => [key, next[key]]),
    );
    if (Object.keys(changes).length > 0) yaml.setKeys(node, changes);
  } else if (isSeq(node) && Array.isArray(old) && Array.isArray(next) && next.length > 0) {
    const items = alignLists(old.map(textOf), next as unknown[], textOf);
    yaml.setItems(
      node,
      items.map((item) => {
        if (!("from" in item) || node.flow === true) return item;
        mergeAt(yaml, [...path, item.from], old[item.from], item.value);
        return { keep: item.from };
      }),
    );
  } else yaml.replace(node, next);
}

const textOf = (value: unknown): string => JSON.stringify(value);

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What is edited part by part: not a list of words, which reads better as one. */
function isDeep(value: unknown): boolean {
  return isPlain(value) || (Array.isArray(value) && value.some(isPlain));
}
