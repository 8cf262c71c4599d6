/** Remembers answers of a pure function of texts, as far as they come again soon: copies of a title, headings. */
export interface Memo<T extends object | string> {
  /** `make` is asked only where the answer is not remembered. */
  of(key: string, make: () => T): T;
}

/** Forgets all at once when it holds `size` answers, so that memory is bounded and nothing is kept in order. */
export function createMemo<T extends object | string>(size: number): Memo<T> {
  const known = new Map<string, T>();
  return {
    of(key, make) {
      const found = known.get(key);
      if (found !== undefined) return found;
      if (known.size >= size) known.clear();
      const made = make();
      known.set(detached(key), made);
      return made;
    },
  };
}

/** The same text without the longer one that it was cut from, which V8 would keep in memory with it. */
export function detached(text: string): string {
  return `${text} `.slice(0, -1);
}
