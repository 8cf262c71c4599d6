/** Rows that the counting queries give: integers by assignment set, and the things behind them. */
export interface SetCount {
  readonly setId: number;
  readonly key: string | null;
  readonly count: number;
}

export interface ListedThing {
  readonly setId: number;
  readonly record: string;
  readonly item: string;
  readonly title: string;
  readonly callNumber: string | null;
  readonly count: number;
}

export type ListedTitle = Omit<ListedThing, "item" | "callNumber">;
