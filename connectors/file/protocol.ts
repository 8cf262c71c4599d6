/** What the import and its reading thread say to each other. */
import type { MarcFormat } from "../../src/kit/marc/index.ts";
import type { Problem } from "../../src/domain/problem.ts";
import type { Parcel } from "./wire.ts";

export interface ThreadOptions {
  readonly format: MarcFormat | "auto";
  readonly currency: string;
  readonly at: string;
  readonly marcSelectors: readonly string[];
}

export type ToThread =
  | { readonly type: "chunk"; readonly bytes: Uint8Array }
  | { readonly type: "end" }
  /** A parcel has been taken: another may be sent. */
  | { readonly type: "taken" }
  /** The rows of a parcel that was stored: their memory comes back. */
  | { readonly type: "empty"; readonly rows: Uint8Array<ArrayBuffer> };

export type FromThread =
  | { readonly type: "parcel"; readonly parcel: Parcel }
  /** A chunk has been read: another may be sent. */
  | { readonly type: "more" }
  | { readonly type: "ended" }
  /** The data are at fault, not the program. */
  | { readonly type: "failed"; readonly problem: Problem };

/** So many records and items make a page: the more, the less each page of the store is written again. */
export const preparedPageSize = 2000;

/** Each side sends so many ahead, which bounds the memory. */
export const mostAhead = 3;

export interface Bell {
  /** Wakes all who wait. */
  ring(): void;
  /** Until it rings next. */
  wait(): Promise<void>;
}

export function createBell(): Bell {
  let waiting: (() => void)[] = [];
  return {
    ring: () => {
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    },
    wait: () => new Promise((resolve) => waiting.push(resolve)),
  };
}
