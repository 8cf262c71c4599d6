/** What SQLite's own failures mean to the person who runs the product (https://sqlite.org/rescode.html). */
import { RetryError, StopError } from "../domain/problem.ts";

const reasons: Readonly<
  Record<number, { readonly code: string; readonly what: string; readonly cure: string }>
> = {
  8: {
    code: "STORE_READ_ONLY",
    what: "the store may not be written",
    cure: "give this user the right to write the file and its folder",
  },
  10: {
    code: "STORE_DISK",
    what: "the disk of the store does not read or write",
    cure: "check the disk and the system's log; then restore a backup if db check finds damage",
  },
  11: {
    code: "STORE_DAMAGED",
    what: "the store is damaged",
    cure: "restore the last backup; a sync with --full brings what came since",
  },
  13: {
    code: "STORE_FULL",
    what: "the disk of the store is full",
    cure: "make room and run it again: it goes on from the last page that was kept whole",
  },
  14: {
    code: "STORE_UNREACHABLE",
    what: "the store cannot be opened",
    cure: "check store in the configuration, and that this user may write the file and its folder",
  },
  26: {
    code: "STORE_NO_DATABASE",
    what: "the file is no store",
    cure: "check store in the configuration; if this was the store, restore the last backup",
  },
};

/**
 * The failure with its cure: RetryError when another process holds the store, StopError for the disk or the file;
 * anything else as it is.
 */
export function storeFailure(error: unknown, file: string): unknown {
  if (typeof error !== "object" || error === null || !("errcode" in error)) return error;
  const why = "message" in error ? String(error.message) : String(error);
  // The low byte is the kind, the rest tells more of it.
  const kind = Number(error.errcode) & 0xff;
  if (kind === 5 || kind === 6) {
    const cure = "run it again in a moment; stop the other process if it lasts";
    const what = "another process holds the store";
    return new RetryError({ code: "STORE_BUSY", what, where: file, why, cure }, { cause: error });
  }
  const reason = reasons[kind];
  return reason === undefined ? error : new StopError({ ...reason, where: file, why }, error);
}

/** The same for the file system's refusal of the folder. */
export function folderFailure(error: unknown, folder: string): StopError {
  return new StopError(
    {
      code: "STORE_UNREACHABLE",
      what: "the folder of the store cannot be made",
      where: folder,
      why: error instanceof Error ? error.message : String(error),
      cure: "check store in the configuration, and that this user may write there",
    },
    error,
  );
}
