/** Reads in a thread of its own, so that reading and storing a file go on at the same time. */
import path from "node:path";
import { Worker } from "node:worker_threads";
import { DataError, throwIfCancelled } from "../../src/domain/problem.ts";
import type { Message } from "../../src/kit/contract.ts";
import { createBell, mostAhead } from "./protocol.ts";
import type { FromThread, ThreadOptions, ToThread } from "./protocol.ts";
import { unpack } from "./wire.ts";

/**
 * A page of messages at a time, in file order. Throws DataError when the data cannot be read on, Cancelled when the
 * signal has fired, and what `chunks` throws.
 */
export async function* readInThread(
  chunks: AsyncIterable<Uint8Array>,
  options: ThreadOptions,
  signal: AbortSignal,
): AsyncGenerator<readonly Message[]> {
  // Named as this file is: a source when it runs as one, else what was built of it.
  const file = new URL(`worker${path.extname(import.meta.url)}`, import.meta.url);
  const worker = new Worker(file, { workerData: options, resourceLimits: { maxYoungGenerationSizeMb: 8 } });
  const bell = createBell();
  const inbox: FromThread[] = [];
  const feeder = createFeeder(worker);
  let failure: { readonly error: unknown } | null = null;
  const fail = (error: unknown): void => {
    failure ??= { error };
    bell.ring();
  };
  worker.on("error", fail);
  worker.on("message", (message: FromThread) => {
    if (message.type === "more") feeder.more();
    else inbox.push(message);
    bell.ring();
  });
  signal.addEventListener("abort", bell.ring, { once: true });
  feeder.feed(chunks).catch(fail);
  try {
    for (;;) {
      throwIfCancelled(signal);
      const message = inbox.shift();
      if (message?.type === "parcel") {
        worker.postMessage({ type: "taken" } satisfies ToThread);
        const { parcel } = message;
        const release = (): void => {
          worker.postMessage({ type: "empty", rows: parcel.rows } satisfies ToThread, [parcel.rows.buffer]);
        };
        yield [...unpack(parcel, options.at, release), { type: "page" }];
      } else if (message?.type === "ended") {
        yield [{ type: "page" }];
        return;
      } else if (message?.type === "failed") throw new DataError(message.problem);
      else if (failure !== null) throw (failure as { readonly error: unknown }).error;
      else await bell.wait();
    }
  } finally {
    signal.removeEventListener("abort", bell.ring);
    feeder.stop();
    await worker.terminate();
  }
}

interface Feeder {
  /** Ends when all was sent, or after `stop`. */
  feed(chunks: AsyncIterable<Uint8Array>): Promise<void>;
  more(): void;
  stop(): void;
}

function createFeeder(worker: Worker): Feeder {
  const bell = createBell();
  let [ahead, stopped] = [0, false];
  const send = (message: ToThread): void => {
    worker.postMessage(message);
  };
  return {
    async feed(chunks) {
      for await (const bytes of chunks) {
        while (ahead >= mostAhead && !stopped) await bell.wait();
        if (stopped) return;
        ahead += 1;
        send({ type: "chunk", bytes });
      }
      send({ type: "end" });
    },
    more: () => {
      ahead -= 1;
      bell.ring();
    },
    stop: () => {
      stopped = true;
      bell.ring();
    },
  };
}
