import { dayIn } from "../../domain/time.ts";
import { problemText } from "../../domain/problem.ts";
import { countExcludedItems } from "../../store/queries/measures/lists.ts";
import { countWaiting, readStreams } from "../../store/queries/measures/streams.ts";
import type { StreamReach } from "../../store/queries/measures/streams.ts";
import { readMapping } from "../../store/queries/measures/sets.ts";
import { isUseRecorded } from "../../store/queries/measures/use.ts";
import { isSentence } from "../locale/say.ts";
import type { SectionContext } from "../context.ts";
import type { Block } from "../model.ts";
import { correctionsOf } from "./corrections.ts";
import { defineSection } from "./section.ts";
import type { SectionContent } from "./section.ts";

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
export const provenance = defineSection({
  id: "provenance",
  title: "section.provenance",
  closing: true,
  options: {},
  build,
});

async function build(context: SectionContext): Promise<SectionContent> {
  const { reader, words, settings, period, libraryName } = context;
  const { say } = words;
  const streams = (await readStreams(reader)).filter(({ stream }) => told.includes(stream));
  const oldest = streams.flatMap(({ asOf }) => asOf ?? []).sort()[0];
  const { corrections, notes: corrected } = await correctionsOf(context);
  const notes = [
    ...corrected.map(sentence),
    ...(oldest !== undefined && dayIn(oldest, settings.zone) < period.end
      ? [say("running", { day: words.moment(oldest, settings.zone) })]
      : []),
    ...streams.flatMap((stream) => coverageNotes(context, stream)),
    ...(await waitingNotes(context)),
    ...((await isUseRecorded(reader, "in_house")) ? [] : [say("no-use-kind")]),
    ...(await countingNotes(context)),
    say("defined-in"),
    say("ask-whom", { library: libraryName }),
  ];
  return {
    blocks: [...asOfNotes(context, streams), ...notes].map((text): Block => ({ type: "note", text })),
    ...(corrections.length > 0 && { corrections }),
  };
}

/** One sentence a day, with the streams that were read on it. */
function asOfNotes({ words, settings }: SectionContext, streams: readonly StreamReach[]): string[] {
  const { say } = words;
  const sorted = [...streams].sort((a, b) => told.indexOf(a.stream) - told.indexOf(b.stream));
  const days = Map.groupBy(sorted, ({ asOf }) => (asOf === null ? null : dayIn(asOf, settings.zone)));
  return [...days].map(([day, read]) => {
    const names = words.list([...new Set(read.map(({ stream }) => streamName(words, stream)))]);
    return day === null
      ? sentence(say("not-delivered", { what: names }))
      : sentence(say("read-on", { day: words.day(day), what: names }));
  });
}

function coverageNotes({ words, period }: SectionContext, stream: StreamReach): string[] {
  const { say } = words;
  const notes = [...stream.notices].map(({ code, what, why }) =>
    sentence(problemText({ code, what, ...(why !== undefined && { why }) })),
  );
  if (stream.coveredFrom !== null && stream.coveredFrom > period.from) {
    notes.push(
      sentence(
        say("covered-from", { what: streamName(words, stream.stream), day: words.day(stream.coveredFrom) }),
      ),
    );
  }
  return notes;
}

async function waitingNotes({ reader, words }: SectionContext): Promise<string[]> {
  const { say } = words;
  const counts = new Map<string, number>();
  for (const { stream, count } of await countWaiting(reader))
    counts.set(stream, (counts.get(stream) ?? 0) + count);
  const notes = [...counts].map(([stream, count]) =>
    say("waiting-inputs", { count, what: streamName(words, stream) }),
  );
  const excluded = await countExcludedItems(reader);
  return excluded === 0 ? notes : [...notes, say("excluded", { count: words.count(excluded) })];
}

async function countingNotes({ reader, words }: SectionContext): Promise<string[]> {
  const { say } = words;
  const mapping = await readMapping(reader);
  if (mapping === null) return [say("not-mapped")];
  const counting =
    mapping.policy === "all"
      ? "counting.whole"
      : mapping.policy === "first"
        ? "counting.first"
        : "counting.fractional";
  return [say("mapped-by", { version: mapping.version.slice(0, 12) }), say(counting)];
}

function streamName({ say }: SectionContext["words"], stream: string): string {
  const name = `stream.${stream}`;
  return isSentence(name) ? say(name) : stream;
}

function sentence(text: string): string {
  const begun = text.charAt(0).toLocaleUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
