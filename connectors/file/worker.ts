/** The reading thread: chunks of bytes in, parcels of rows out. Started by thread.ts alone. */
import { parentPort, workerData } from "node:worker_threads";
import { marcText } from "../../src/domain/marc/pack.ts";
import { contentHash, prepareRecord, readEvidence } from "../../src/domain/prepare.ts";
import { LiaisonError } from "../../src/domain/problem.ts";
import { createBell, mostAhead } from "./protocol.ts";
import type { FromThread, ThreadOptions, ToThread } from "./protocol.ts";
import { pageSize, readRecords } from "./read-records.ts";
import type { FileRecord } from "./read-records.ts";
import { createPacker } from "./wire.ts";

const options = workerData as ThreadOptions; // given by thread.ts
const bell = createBell();
const inbox: ToThread[] = [];
let ahead = 0;

parentPort?.on("message", (message: ToThread) => {
  if (message.type === "taken") ahead -= 1;
  else inbox.push(message);
  bell.ring();
});

function tell(message: FromThread): void {
  const moved = message.type === "parcel" ? [message.parcel.bytes.buffer] : [];
  parentPort?.postMessage(message, moved);
}

async function* chunks(): AsyncGenerator<Uint8Array> {
  for (;;) {
    const message = inbox.shift();
    if (message === undefined) await bell.wait();
    else if (message.type === "end") return;
    else if (message.type === "chunk") {
      tell({ type: "more" });
      yield message.bytes;
    }
  }
}

const packer = createPacker();

function add(file: FileRecord): void {
  if (!file.ok) {
    packer.addBad(file);
    return;
  }
  const text = marcText(file.marc);
  const content = { text, hash: contentHash(text) };
  packer.add(
    file,
    prepareRecord(file.id, file.marc, content, (marc) => readEvidence(marc, options.marcSelectors)),
  );
}

async function send(): Promise<void> {
  while (ahead >= mostAhead) await bell.wait();
  ahead += 1;
  tell({ type: "parcel", parcel: packer.take() });
}

try {
  for await (const batch of readRecords(chunks(), options)) {
    for (const file of batch) {
      add(file);
      if (packer.count >= pageSize) await send();
    }
  }
  if (packer.count > 0) await send();
  tell({ type: "ended" });
} catch (error) {
  if (!(error instanceof LiaisonError)) throw error;
  tell({ type: "failed", problem: error.problem });
}
parentPort?.close();
