/**
 * How many titles of which department a key was seen on. Most headings of a catalogue are seen once: such a key
 * costs a number in a map, and gets a table of its own only when it is seen again.
 */
export interface Tally {
  /** One title with these departments, by number; a title of two departments counts for both. */
  add(key: string, departments: readonly number[]): void;
  /** Null for a key never seen. `titles` is at least every count. */
  of(key: string): KeyCounts | null;
}

export interface KeyCounts {
  readonly titles: number;
  readonly byDepartment: ReadonlyMap<number, number>;
}

interface Counts {
  titles: number;
  readonly byDepartment: Map<number, number>;
}

export function createTally(): Tally {
  /** The department of the only title so far, or below zero the place of the key's table: `-1` is the first. */
  const places = new Map<string, number>();
  const tables: Counts[] = [];
  const tableOf = (place: number | undefined): Counts => {
    const known = place === undefined || place >= 0 ? undefined : tables[-place - 1];
    return known ?? { titles: 0, byDepartment: new Map() };
  };
  return {
    add: (key, departments) => {
      const place = places.get(key);
      const [only] = departments;
      if (place === undefined && only !== undefined && departments.length === 1) {
        places.set(key, only);
        return;
      }
      const table = tableOf(place);
      if (place === undefined || place >= 0) {
        tables.push(table);
        places.set(key, -tables.length);
        if (place !== undefined) count(table, [place]);
      }
      count(table, departments);
    },
    of: (key) => {
      const place = places.get(key);
      if (place === undefined) return null;
      return place >= 0 ? { titles: 1, byDepartment: new Map([[place, 1]]) } : tableOf(place);
    },
  };
}

function count(table: Counts, departments: readonly number[]): void {
  table.titles += 1;
  for (const department of departments)
    table.byDepartment.set(department, (table.byDepartment.get(department) ?? 0) + 1);
}
