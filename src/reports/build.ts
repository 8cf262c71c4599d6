/**
 * Builds one issue of a report from one snapshot of the store. A section that fails becomes a note in its place and
 * marks the report as partial; the rest goes on.
 */
import { unassigned } from "../domain/evidence.ts";
import { ConfigError, LiaisonError } from "../domain/problem.ts";
import { lastDay, periodFileName } from "../domain/period.ts";
import type { Period } from "../domain/period.ts";
import { dayIn } from "../domain/time.ts";
import type { Instant } from "../domain/time.ts";
import { suggestion } from "../domain/spelling.ts";
import type { Counting, MappingInfo, MeasureSettings } from "../measures/index.ts";
import { readMapping, readSets } from "../store/queries/measures/sets.ts";
import { readStreams } from "../store/queries/measures/streams.ts";
import type { Reader } from "../store/port.ts";
import { contextFor } from "./context.ts";
import type { ContextBase, SectionContext, Urls } from "./context.ts";
import { titleIn } from "./definition.ts";
import type { ReportDefinition } from "./definition.ts";
import { wordsOf } from "./locale/words.ts";
import type { OwnSentences, Words } from "./locale/words.ts";
import type { Part, ReportModel, SectionModel, SubjectKind } from "./model.ts";
import { getSection } from "./sections/index.ts";
import type { SectionEntry } from "./sections/index.ts";
import { asciiName } from "./names.ts";

export interface ReportRequest {
  readonly definition: ReportDefinition;
  readonly subject:
    { readonly kind: "department" | "liaison"; readonly id: string } | { readonly kind: "library" };
  readonly period: Period;
  readonly mapping: MappingInfo;
  readonly settings: MeasureSettings;
  readonly library: { readonly name: string; readonly locale: string };
  readonly sentences?: OwnSentences;
  /** What people recommend, by department and `library`; absent: nothing. */
  readonly recommendations?: ReadonlyMap<string, string>;
  /** BCP 47 of the recipient; absent: as the report or the library says. */
  readonly language?: string;
  readonly now: Instant;
  readonly urls: Urls;
  /** Name and version of the product. */
  readonly software: string;
  /** Told of a section that failed: where, and the error. */
  readonly onFailure?: (section: string, department: string | null, error: unknown) => void;
}

/** Throws ConfigError for a subject that the mapping does not know, and for a period that has not begun. */
export async function buildReport(reader: Reader, request: ReportRequest): Promise<ReportModel> {
  const { definition, period, mapping, settings, library, urls } = request;
  const words = wordsOf(
    request.language ?? definition.language ?? library.locale,
    library.locale,
    request.sentences,
  );
  const { say } = words;
  const subject = subjectOf(request, words);
  refuseFuture(request);
  const base: ContextBase = {
    reader,
    report: definition.id,
    subject: subject.key,
    sets: await readSets(reader),
    period,
    mapping,
    settings,
    words,
    now: request.now,
    urls,
    libraryName: library.name,
    recommendations: request.recommendations ?? new Map(),
    asked: new Set(),
  };
  const isClosing = ({ id }: SectionEntry): boolean => getSection(id).closing;
  const parts: Part[] = [];
  for (const { department, name } of subject.parts) {
    const context = contextFor(base, department);
    const own = definition.sections.filter((entry) => !isClosing(entry));
    const sections = await sectionsOf(context, own, request);
    if (sections.length > 0 || subject.parts.length === 1) parts.push({ department, name, sections });
  }
  const closing = await sectionsOf(
    contextFor(base, subject.parts.length === 1 ? (subject.parts[0]?.department ?? null) : null),
    definition.sections.filter(isClosing),
    request,
  );
  const every = [...parts.flatMap(({ sections }) => sections), ...closing];
  const periodLabel = words.period(period);
  const fileName = `${asciiName(subject.fileId)}-${periodFileName(period)}`;
  const version = await readMapping(reader);
  return {
    report: definition.id,
    title: titleIn(definition, words.language),
    subject: { kind: request.subject.kind, key: subject.key, name: subject.name },
    library: library.name,
    period: { word: period.word, from: period.from, to: lastDay(period), label: periodLabel },
    language: words.language,
    subjectLine: subjectLine(words, subject, definition, periodLabel, every),
    preheader: preheaderOf(every, definition, words),
    asOf: oldestReading(await readStreams(reader)),
    mappingVersion: version?.version ?? null,
    counting: countingOf(version?.policy),
    software: request.software,
    fileName,
    ...(urls.publicUrl !== undefined && {
      pageUrl: `${urls.publicUrl.replace(/\/$/, "")}/reports/${definition.id}/${fileName}.html`,
    }),
    parts,
    closing,
    listed: [...new Set(every.flatMap(({ listed }) => listed ?? []))],
    corrections: closing.flatMap(({ corrections }) => corrections ?? []),
    partial: every.some(({ failed }) => failed === true),
    empty: parts.every(({ sections }) => sections.every(({ empty }) => empty === true)),
    frame: {
      openPage: say("open-page"),
      madeBy: say("made-by", { software: request.software }),
      failed: say("failed"),
      contents: say("contents"),
      shortened: say("shortened"),
      attached: say("attached"),
    },
  };
}

function refuseFuture({ period, now, settings }: ReportRequest): void {
  const today = dayIn(now, settings.zone);
  if (period.from <= today) return;
  throw new ConfigError([
    {
      code: "BAD_PERIOD",
      what: `"${period.word}" has not begun`,
      why: `it begins on ${period.from}, and today is ${today}`,
      cure: "ask for a period that has begun, such as last-month",
    },
  ]);
}

/** More names than these are counted. */
const longestList = 3;

interface Subject {
  readonly key: string;
  readonly fileId: string;
  readonly name: string;
  /** For a subject line. */
  readonly short: string;
  readonly parts: readonly { readonly department: string | null; readonly name: string }[];
}

function subjectOf({ subject, mapping }: ReportRequest, words: Words): Subject {
  const { say } = words;
  const named = (id: string): { department: string; name: string } => {
    if (id === unassigned) return { department: id, name: say("unassigned") };
    const department = mapping.departments.find((candidate) => candidate.id === id);
    if (department === undefined)
      refuse(
        "department",
        id,
        mapping.departments.map((known) => known.id),
      );
    return { department: id, name: department.name };
  };
  switch (subject.kind) {
    case "library":
      return {
        key: "library",
        fileId: "library",
        name: say("library"),
        short: say("library"),
        parts: [{ department: null, name: say("library") }],
      };
    case "department": {
      const part = named(subject.id);
      return { key: subject.id, fileId: subject.id, name: part.name, short: part.name, parts: [part] };
    }
    case "liaison": {
      const liaison = mapping.liaisons.find(({ id }) => id === subject.id);
      if (liaison === undefined)
        refuse(
          "liaison",
          subject.id,
          mapping.liaisons.map(({ id }) => id),
        );
      const parts = liaison.departments.map(named);
      const [first] = parts;
      const rest = parts.length - 1;
      const short =
        first === undefined
          ? liaison.name
          : rest === 0
            ? first.name
            : say("and-more", { name: first.name, count: rest });
      const name =
        parts.length > 1 && parts.length <= longestList ? words.list(parts.map((part) => part.name)) : short;
      return { key: `liaison:${subject.id}`, fileId: subject.id, name, short, parts };
    }
  }
}

function refuse(kind: SubjectKind, id: string, known: readonly string[]): never {
  const meant = suggestion(id, known);
  throw new ConfigError([
    {
      code: kind === "liaison" ? "UNKNOWN_LIAISON" : "UNKNOWN_DEPARTMENT",
      what: `there is no ${kind} "${id}" in the mapping`,
      cure: meant === null ? `known: ${known.join(", ") || "none"}` : `did you mean "${meant}"?`,
    },
  ]);
}

async function sectionsOf(
  context: SectionContext,
  definitions: readonly SectionEntry[],
  { onFailure }: ReportRequest,
): Promise<SectionModel[]> {
  const sections: SectionModel[] = [];
  for (const definition of definitions) {
    try {
      const section = await getSection(definition.id).build(context, definition);
      if (section !== null) sections.push(section);
    } catch (error) {
      if (error instanceof ConfigError) throw error;
      onFailure?.(definition.id, context.department, error);
      sections.push(failedSection(context.words, definition, error));
    }
  }
  return sections;
}

/** Readers get what happened in words; what only a maintainer can read goes to the log. */
function failedSection({ say }: Words, { id }: SectionEntry, error: unknown): SectionModel {
  const why = error instanceof LiaisonError ? ` ${error.problem.what}.` : "";
  return {
    id,
    title: say(getSection(id).title),
    blocks: [{ type: "note", text: `${say("failed")}${why}` }],
    failed: true,
  };
}

const longestSubject = 60;

/** `Physics: October 2026, 3 things to do`; a long name gives way, never the rest. */
function subjectLine(
  { say, language }: Words,
  { name, short, parts }: Subject,
  definition: ReportDefinition,
  period: string,
  sections: readonly SectionModel[],
): string {
  const lists = sections.filter(({ id }) => id === "actions");
  const calls = lists
    .flatMap(({ blocks }) => blocks)
    .reduce((sum, block) => (block.type === "list" ? sum + block.items.length : sum), 0);
  const line = (shown: string): string =>
    lists.length > 0
      ? say("subject-line", { name: shown, period, calls })
      : say("title-line", { name: shown, title: titleIn(definition, language), period });
  const room = longestSubject - line("").length;
  const candidates = [name, short, ...(parts.length > 1 ? [say("subjects", { count: parts.length })] : [])];
  const fitting = candidates.find((candidate) => candidate.length <= room);
  return line(fitting ?? `${short.slice(0, Math.max(1, room - 1)).trimEnd()}…`);
}

const preheaderLength = 90;

/** The first sentences, up to 90 characters, cut between words. */
function preheaderOf(sections: readonly SectionModel[], definition: ReportDefinition, words: Words): string {
  const text = sections.flatMap(({ blocks }) => blocks).find((block) => block.type === "text");
  const full =
    text?.type === "text" ? text.text : `${titleIn(definition, words.language)}. ${words.say("contents")}.`;
  if (full.length <= preheaderLength) return full;
  return `${full.slice(0, preheaderLength - 1).replace(/\s+\S*$/, "")}…`;
}

function countingOf(policy: string | undefined): Counting {
  return policy === "all" ? "whole" : policy === "first" ? "first" : "fractional";
}

function oldestReading(streams: readonly { readonly asOf: Instant | null }[]): Instant | null {
  return streams.flatMap(({ asOf }) => asOf ?? []).sort()[0] ?? null;
}
