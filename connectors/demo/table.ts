import type {
  Biblio,
  DeletedBiblio,
  Fund,
  Hold,
  IllRequest,
  Item,
  Loan,
  Order,
  Patron,
  Suggestion,
  Table,
} from "./model.ts";

/** A table held in memory, whose rows can come and go. */
export interface MemoryTable<Row extends { id: number }> extends Table<Row> {
  insert(row: Row): void;
  remove(id: number): Row | undefined;
  /** To be called after a row was changed in place. */
  touch(): void;
  rows(): readonly Row[];
}

export function memoryTable<Row extends { id: number }>(initial: readonly Row[]): MemoryTable<Row> {
  const rows = [...initial].sort((a, b) => a.id - b.id);
  let revision = 0;
  const after = (id: number): number => {
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((rows[middle]?.id ?? Infinity) > id) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const find = (id: number): Row | undefined => {
    const row = rows[after(id) - 1];
    return row?.id === id ? row : undefined;
  };
  return {
    get length() {
      return rows.length;
    },
    get revision() {
      return revision;
    },
    at(index) {
      const row = rows[index];
      if (row === undefined) throw new RangeError(`no row ${String(index)}`);
      return row;
    },
    get: find,
    after,
    insert(row) {
      rows.splice(after(row.id), 0, row);
      revision += 1;
    },
    remove(id) {
      const row = find(id);
      if (row === undefined) return undefined;
      rows.splice(after(id) - 1, 1);
      revision += 1;
      return row;
    },
    touch() {
      revision += 1;
    },
    rows: () => rows,
  };
}

/** The tables of the demo library, for tests that count by themselves. */
export interface DemoTables {
  readonly biblios: MemoryTable<Biblio>;
  readonly deletedBiblios: MemoryTable<DeletedBiblio>;
  readonly items: MemoryTable<Item>;
  readonly deletedItems: MemoryTable<Item>;
  readonly openLoans: MemoryTable<Loan>;
  readonly closedLoans: MemoryTable<Loan>;
  readonly holds: MemoryTable<Hold>;
  readonly funds: MemoryTable<Fund>;
  readonly orders: MemoryTable<Order>;
  readonly suggestions: MemoryTable<Suggestion>;
  readonly illRequests: MemoryTable<IllRequest>;
  readonly patrons: MemoryTable<Patron>;
}
