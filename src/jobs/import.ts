/** Loads files through the same page commits as a live source. */
import type { Message } from "../kit/contract.ts";
import { LiaisonError, problemText } from "../domain/problem.ts";
import type { Instant } from "../domain/time.ts";
import type { Rules, RunState, Store } from "../store/index.ts";
import { commitMessages } from "./sync.ts";

export interface ImportOptions {
  readonly sourceId: string;
  readonly timeZone: string;
  readonly signal: AbortSignal;
  readonly now: () => Instant;
}

/** The shape of `liaison import --json`, per file. */
export interface FileRun {
  readonly file: string;
  readonly seen: number;
  readonly stored: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly quarantined: number;
  readonly repaired: number;
  readonly warnings: number;
  readonly state: RunState;
  readonly message?: string;
}

export async function importMessages(
  store: Store,
  rules: Rules,
  file: string,
  pages: AsyncIterable<readonly Message[]>,
  options: ImportOptions,
): Promise<FileRun> {
  const startedAt = options.now();
  const runId = await store.startRun({
    job: "import",
    source: options.sourceId,
    stream: "import",
    startedAt,
  });
  const notes = { repaired: 0, warnings: 0 };
  let state: RunState = "ok";
  let message: string | undefined;
  try {
    await commitMessages(store, rules, counted(pages, notes), {
      ...options,
      stream: "import",
      runId,
      cursorVersion: 1,
      sweeping: false,
      asOf: startedAt,
      acceptDeletions: false,
    });
  } catch (error) {
    if (!(error instanceof LiaisonError)) throw error;
    state = "failed";
    message = problemText(error.problem);
  }
  const end = { endedAt: options.now(), requests: 0, message: message ?? null };
  let counts = await store.endRun(runId, { ...end, state });
  if (state === "ok" && counts.quarantined > 0) {
    state = "partial";
    counts = await store.endRun(runId, { ...end, state });
  }
  const { seen, stored, unchanged, deleted, quarantined } = counts;
  if (state === "ok" && seen === 0) message = "the file holds no record";
  const told = { seen, stored, unchanged, deleted, quarantined, ...notes };
  return { file, ...told, state, ...(message !== undefined && { message }) };
}

async function* counted(
  pages: AsyncIterable<readonly Message[]>,
  notes: { repaired: number; warnings: number },
): AsyncIterable<readonly Message[]> {
  for await (const page of pages) {
    for (const message of page) {
      if (message.type === "prepared") {
        notes.repaired += message.repaired;
        notes.warnings += message.warnings;
      }
      const { warnings = [] } = message.type === "fact" ? message : {};
      if (warnings.length > 0) notes.repaired++;
      notes.warnings += warnings.length;
    }
    yield page;
  }
}
