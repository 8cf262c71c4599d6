/** The reading thread: chunks of bytes in, parcels of rows out. Started by thread.ts alone. */
import { parentPort, workerData } from "node:worker_threads";
import type { Evidence } from "../../src/domain/evidence.ts";
import type { MarcRecord } from "../../src/domain/marc/record.ts";
import { readEvidence } from "../../src/domain/prepare.ts";
import { LiaisonError } from "../../src/domain/problem.ts";
import { createBell, mostAhead, preparedPageSize } from "./protocol.ts";
import type { FromThread, ThreadOptions, ToThread } from "./protocol.ts";
import { readRecords } from "./read-records.ts";
import { createPacker } from "./wire.ts";

const options = workerData as ThreadOptions; // given by thread.ts
const bell = createBell();
const packer = createPacker();
const inbox: ToThread[] = [];
let ahead = 0;

parentPort?.on("message", (message: ToThread) => {
  if (message.type === "empty") {
    packer.reuse(message.rows);
    return;
  }
  if (message.type === "taken") ahead -= 1;
  else inbox.push(message);
  bell.ring();
});

function tell(message: FromThread): void {
  const moved = message.type === "parcel" ? [message.parcel.rows.buffer] : [];
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

const evidenceOf = (marc: MarcRecord): readonly Evidence[] => readEvidence(marc, options.marcSelectors);

async function send(): Promise<void> {
  while (ahead >= mostAhead) await bell.wait();
  ahead += 1;
  tell({ type: "parcel", parcel: packer.take() });
}

try {
  for await (const batch of readRecords(chunks(), options)) {
    for (const file of batch) {
      packer.add(file, evidenceOf);
      if (packer.count >= preparedPageSize) await send();
    }
  }
  if (packer.count > 0) await send();
  tell({ type: "ended" });
} catch (error) {
  if (!(error instanceof LiaisonError)) throw error;
  if (packer.count > 0) await send();
  tell({ type: "failed", problem: error.problem });
}
parentPort?.close();
