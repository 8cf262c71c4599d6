import { dayIn } from "../../domain/time.ts";
import { problemText } from "../../domain/problem.ts";
import { countExcludedItems } from "../../store/queries/measures/lists.ts";
import { countWaiting, readStreams } from "../../store/queries/measures/streams.ts";
import type { StreamReach } from "../../store/queries/measures/streams.ts";
import { readMapping } from "../../store/queries/measures/sets.ts";
import { isUseRecorded } from "../../store/queries/measures/use.ts";
import type { SectionContext } from "../context.ts";
import type { Block, SectionModel } from "../model.ts";
import { correctionsOf } from "./corrections.ts";

/** Streams that readers of a report would miss; the others are codes and bookkeeping. */
const told = [
  "biblios",
  "records",
  "items",
  "checkouts",
  "holds",
  "funds",
  "orders",
  "suggestions",
  "ill-requests",
  "import",
];

/** What the figures stand on: data as of, what is missing, mapping, counting, whom to ask. Never empty. */
export async function provenance(context: SectionContext): Promise<SectionModel> {
  const { reader, words, settings, period, libraryName } = context;
  const { messages } = words;
  const streams = (await readStreams(reader)).filter(({ stream }) => told.includes(stream));
  const oldest = streams.flatMap(({ asOf }) => asOf ?? []).sort()[0];
  const { corrections, notes: corrected } = await correctionsOf(context);
  const notes = [
    ...corrected.map(sentence),
    ...(oldest !== undefined && dayIn(oldest, settings.zone) < period.end
      ? [messages.running(words.moment(oldest, settings.zone))]
      : []),
    ...streams.flatMap((stream) => coverageNotes(context, stream)),
    ...(await waitingNotes(context)),
    ...((await isUseRecorded(reader, "in_house")) ? [] : [messages.noUseKind]),
    ...(await countingNotes(context)),
    messages.definedIn,
    messages.askWhom(libraryName),
  ];
  return {
    id: "provenance",
    title: messages.provenance,
    blocks: [...asOfNotes(context, streams), ...notes].map((text): Block => ({ type: "note", text })),
    ...(corrections.length > 0 && { corrections }),
  };
}

/** One sentence a day, with the streams that were read on it. */
function asOfNotes({ words, settings }: SectionContext, streams: readonly StreamReach[]): string[] {
  const { messages } = words;
  const sorted = [...streams].sort((a, b) => told.indexOf(a.stream) - told.indexOf(b.stream));
  const days = Map.groupBy(sorted, ({ asOf }) => (asOf === null ? null : dayIn(asOf, settings.zone)));
  return [...days].map(([day, read]) => {
    const names = words.list([...new Set(read.map(({ stream }) => messages.streamName(stream)))]);
    return day === null
      ? sentence(messages.notDelivered(names))
      : sentence(messages.readOn(words.day(day), names));
  });
}

function coverageNotes({ words, period }: SectionContext, stream: StreamReach): string[] {
  const { messages } = words;
  const notes = [...stream.notices].map(({ code, what, why }) =>
    sentence(problemText({ code, what, ...(why !== undefined && { why }) })),
  );
  if (stream.coveredFrom !== null && stream.coveredFrom > period.from) {
    notes.push(
      sentence(messages.coveredFrom(messages.streamName(stream.stream), words.day(stream.coveredFrom))),
    );
  }
  return notes;
}

async function waitingNotes({ reader, words }: SectionContext): Promise<string[]> {
  const { messages } = words;
  const counts = new Map<string, number>();
  for (const { stream, count } of await countWaiting(reader))
    counts.set(stream, (counts.get(stream) ?? 0) + count);
  const notes = [...counts].map(([stream, count]) =>
    messages.waitingInputs(count, messages.streamName(stream)),
  );
  const excluded = await countExcludedItems(reader);
  return excluded === 0 ? notes : [...notes, messages.excluded(words.count(excluded))];
}

async function countingNotes({ reader, words }: SectionContext): Promise<string[]> {
  const { messages } = words;
  const mapping = await readMapping(reader);
  if (mapping === null) return [messages.notMapped];
  const counting =
    mapping.policy === "all"
      ? messages.whole
      : mapping.policy === "first"
        ? messages.first
        : messages.fractional;
  return [messages.mappedBy(mapping.version.slice(0, 12)), counting];
}

function sentence(text: string): string {
  const begun = text.charAt(0).toLocaleUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
