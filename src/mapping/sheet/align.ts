import type { ListItem } from "./splice.ts";

/**
 * What became of the items of a list: the longest common run of equal ones is kept (Hunt and Szymanski's longest common
 * subsequence, by the plain table), between them the first old one became the first new one.
 */
export function alignLists(
  old: readonly string[],
  next: readonly unknown[],
  text: (value: unknown) => string,
): ListItem[] {
  const texts = next.map(text);
  const longest: number[][] = Array.from({ length: old.length + 1 }, () =>
    new Array<number>(next.length + 1).fill(0),
  );
  const at = (i: number, j: number): number => longest[i]?.[j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    const row = longest[i] ?? [];
    for (let j = next.length - 1; j >= 0; j--)
      row[j] = old[i] === texts[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const items: ListItem[] = [];
  let [i, j] = [0, 0];
  let gone: number[] = [];
  let come: unknown[] = [];
  const settle = (): void => {
    come.forEach((value, n) => {
      const from = gone[n];
      items.push(from === undefined ? { value } : { from, value });
    });
    [gone, come] = [[], []];
  };
  while (i < old.length || j < next.length) {
    if (i < old.length && j < next.length && old[i] === texts[j]) {
      settle();
      items.push({ keep: i });
      i++;
      j++;
    } else if (j >= next.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) gone.push(i++);
    else come.push(next[j++]);
  }
  settle();
  return items;
}
