/** The stream of one report: asks for the months that are due, in as few requests as there are years in them. */
import { DataError, LiaisonError } from "../../src/domain/problem.ts";
import type { Problem } from "../../src/domain/problem.ts";
import { addDays, addMonths, firstDay, monthOf, monthText, tryDay } from "../../src/domain/time.ts";
import type { Instant, Month } from "../../src/domain/time.ts";
import { readReport, usageFacts } from "../../src/kit/counter/index.ts";
import type { Report } from "../../src/kit/counter/index.ts";
import type { Kit, Message, Stream } from "../../src/kit/contract.ts";
import type { Sushi, SushiAnswer } from "./client.ts";
import type { Config } from "./config.ts";
import { elapsedMs, readCursor, writeCursor } from "./cursor.ts";
import type { State } from "./cursor.ts";
import { actionOf } from "./exceptions.ts";
import { reportsIn } from "./list.ts";
import type { ListedReport } from "./list.ts";
import { noticesOf } from "./notices.ts";
import { outcomeOf, refuseHeld, textOf } from "./outcome.ts";
import { dueSpans, pieces, reachOf } from "./plan.ts";
import type { Span } from "./plan.ts";

/** What the reports of one source share during a run; the daemon keeps a source open over many. */
export interface Shared {
  since: Instant | null;
  /** The report list of release 5.1, asked for once. */
  list: Promise<SushiAnswer> | null;
  /** Why the provider is not to be asked again in this run. */
  halt: {
    readonly error: LiaisonError;
    readonly wait: State["wait"];
    readonly refusal: State["refusal"];
  } | null;
}

const runMs = 600_000;
/** Longer answers than this are asked for in smaller pieces: they are read whole. */
const longestBytes = 32 * 1_048_576;
/** A month of which the provider says that it cannot be asked for, and that is older than this, will not come. */
const recentMonths = 12;

export function reportStream(id: string, config: Config, kit: Kit, sushi: Sushi, shared: Shared): Stream {
  async function ask(span: Span, signal: AbortSignal): Promise<SushiAnswer> {
    const attributes = attributesOf(id, config.release);
    return sushi.get(
      `reports/${id.toLowerCase()}`,
      {
        begin_date: firstDay(span.from),
        end_date: lastDay(span.to),
        ...(attributes !== null && { attributes_to_show: attributes }),
      },
      signal,
    );
  }

  return {
    name: id.toLowerCase(),
    facts: ["usage-report"],
    cursorVersion: 1,
    sweeps: true,
    async *pull({ cursor, signal }) {
      const state = readCursor(cursor);
      const now = kit.now();
      const { identity } = sushi;
      if (shared.since === null || elapsedMs(shared.since, now) > runMs)
        Object.assign(shared, { since: now, list: null, halt: null } satisfies Shared);
      refuseHeld(state, { identity, now });
      const keep = (): Message => ({ type: "page", cursor: writeCursor(state) });
      if (shared.halt !== null) {
        [state.wait, state.refusal] = [shared.halt.wait, shared.halt.refusal];
        yield keep();
        throw shared.halt.error;
      }
      const from = config.from === undefined ? null : monthNamed(config.from);
      const options = { now, timeZone: kit.timeZone, from, available: null };
      let listed: readonly ListedReport[] | null = null;
      if (config.release === "5.1" && hasWork(state, options)) {
        const answer = await (shared.list ??= sushi.get("reports", {}, signal));
        listed = reportsIn(answer);
        const asked = { report: id, span: null, identity, now, isHere: false };
        // Some have no list, and reports all the same.
        const isMissing = answer.status === 404 && answer.exceptions.length === 0;
        const outcome = listed === null && !isMissing ? outcomeOf(answer, asked, state) : null;
        if (outcome?.type === "end") {
          if (outcome.all) shared.halt = { error: outcome.error, wait: state.wait, refusal: state.refusal };
          yield keep();
          throw outcome.error;
        }
      }
      const own = listed?.find((report) => report.id === id) ?? null;
      const plan = { ...options, available: own?.available ?? null };
      const said: Problem[] = [];
      let asked = false;
      let queue = queueOf(state, plan);
      for (let span = queue.shift(); span !== undefined; span = queue.shift()) {
        let answer: SushiAnswer;
        try {
          answer = await ask(span, signal);
        } catch (error) {
          const shorter = isTooLong(error) ? shorten(state, span) : null;
          if (shorter === null) throw error;
          queue = [...shorter, ...queue].flatMap((piece) => pieces(piece, state.most));
          yield keep();
          continue;
        }
        if (answer.bytes > longestBytes && shorten(state, span) !== null)
          queue = queue.flatMap((piece) => pieces(piece, state.most));
        const outcome = outcomeOf(
          answer,
          { report: id, span, identity, now, isHere: listed !== null },
          state,
        );
        asked = true;
        switch (outcome.type) {
          case "end":
            if (outcome.all) shared.halt = { error: outcome.error, wait: state.wait, refusal: state.refusal };
            yield { type: "notices", notices: noticesOf(id, state, said, reachOf(plan)) };
            yield keep();
            throw outcome.error;
          case "dates":
            queue = [...withoutDates(span, state, reachOf(plan), now), ...queue];
            break;
          case "report":
            yield* messagesOf(answer, span, state, said);
        }
        yield { type: "notices", notices: noticesOf(id, state, said, reachOf(plan)) };
        yield keep();
      }
      if (!asked) yield keep();
    },
  };

  function* messagesOf(answer: SushiAnswer, span: Span, state: State, said: Problem[]): Generator<Message> {
    const { where, document } = answer;
    const origin = { at: where };
    const bad = (problem: Problem, raw: string): Message => ({
      type: "bad",
      kind: "usage-report",
      raw: Buffer.from(sushi.hide(raw)),
      problem,
      origin,
    });
    let report: Report;
    try {
      report = readReport(document, where, { from: firstDay(span.from), to: lastDay(span.to) });
      refuseOther(report, id, where);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      note(state, span, () => "waiting");
      yield bad(error.problem, JSON.stringify(document));
      return;
    }
    for (const { problem, raw } of report.unread) yield bad(problem, raw);
    const warnings = answer.exceptions.map((exception): Problem => ({
      code: `counter-${String(exception.code)}`,
      what: `the provider says: ${textOf(exception)}`,
      where,
    }));
    const facts = usageFacts(report, { platforms: platformsOf(report, state) }).filter(
      ({ month }) => month >= span.from && month <= span.to,
    );
    for (const { platform } of facts) state.platforms.add(platform);
    const told = new Set(facts.map(({ month }) => month));
    const isPartial = report.unread.length > 0 || says(report, "partial");
    note(state, span, (month) => {
      if (told.has(month)) return isPartial ? "partial" : "told";
      const isBefore = [...told].every((other) => other > month);
      return says(report, "gone") && (isBefore || !says(report, "not-ready")) ? "gone" : "waiting";
    });
    for (const exception of report.exceptions)
      if (["wider", "unknown"].includes(actionOf(exception.code)))
        said.push(passedOver(id, textOf(exception)));
    if (report.exceptions.length === 0 && facts.length === 0) said.push(silence(id, span));
    for (const [n, fact] of facts.entries())
      yield {
        type: "fact",
        fact,
        origin: { ...origin, record: n + 1 },
        ...(warnings.length > 0 && { warnings }),
      };
  }

  /** Of a report without rows the platform is not to be seen: it is that of earlier ones. */
  function platformsOf({ rows, createdBy }: Report, state: State): readonly string[] {
    if (state.platforms.size > 0 || rows.length > 0) return [...state.platforms];
    return [config.platform ?? createdBy ?? new URL(config.url).hostname];
  }

  function note(
    state: State,
    span: Span,
    of: (month: Month) => "told" | "partial" | "waiting" | "gone",
  ): void {
    for (let month = span.from as number; month <= span.to; month++) {
      const known = state.months.get(month)?.state;
      const next = of(month as Month);
      // A month that was told once is not unknown because a later answer left it out.
      const stays = (known === "told" || known === "partial") && (next === "waiting" || next === "gone");
      state.months.set(month, { state: stays ? known : next, askedAt: kit.now() });
    }
  }

  function withoutDates(span: Span, state: State, reach: Span, now: string): Span[] {
    const most = span.to - span.from >= 3 ? 3 : 1;
    if (span.to > span.from) return pieces(span, most);
    const isOld = span.to < reach.to - recentMonths;
    state.months.set(span.from, { state: isOld ? "gone" : "waiting", askedAt: now });
    return [];
  }
}

function hasWork(state: State, plan: Parameters<typeof dueSpans>[1]): boolean {
  // The list may name a month earlier than the four weeks that the provider has for it.
  const reach = reachOf(plan);
  return !state.months.has(reach.to) || queueOf(state, plan).length > 0;
}

function queueOf(state: State, plan: Parameters<typeof dueSpans>[1]): Span[] {
  const due = dueSpans(state.months, plan).flatMap((span) => pieces(span, state.most));
  const queued = state.wait?.span ?? null;
  if (queued === null) return due;
  const first = { from: queued.from as Month, to: queued.to as Month };
  return [first, ...due.filter(({ from, to }) => to < first.from || from > first.to)];
}

/** Null when it is one month already. */
function shorten(state: State, span: Span): Span[] | null {
  if (span.from === span.to) return null;
  state.most = span.to - span.from >= 3 ? 3 : 1;
  return pieces(span, state.most);
}

function isTooLong(error: unknown): boolean {
  return error instanceof LiaisonError && ["HTTP_TOO_LARGE", "HTTP_TIMEOUT"].includes(error.problem.code);
}

function says({ exceptions }: Report, action: "partial" | "gone" | "not-ready"): boolean {
  return exceptions.some(({ code }) => actionOf(code) === action);
}

function refuseOther(report: Report, id: string, where: string): void {
  if (report.id === id) return;
  throw new DataError({
    code: "SUSHI_OTHER_REPORT",
    what: `${report.id} came instead of ${id}`,
    where,
    cure: "report it to the provider; it is asked for again",
  });
}

function passedOver(id: string, text: string): Problem {
  return {
    code: "sushi-parameter",
    what: `${id}: the provider says ${text}`,
    why: "months were chosen anew from what came; by what attributes it is told is the provider's choice",
  };
}

function silence(id: string, { from, to }: Span): Problem {
  return {
    code: "sushi-silent",
    what: `${id}: neither a row nor a word for ${monthText(from)} to ${monthText(to)}; it is taken for unknown, not for 0`,
    cure: "nothing to do: it is asked for again",
  };
}

/** Attributes that keep journals, books and open access apart; views have theirs fixed (chapter 4 of both releases). */
function attributesOf(id: string, release: Config["release"]): string | null {
  if (id.includes("_")) return null;
  const access = id === "TR" || id === "IR" ? ["Access_Type", "Access_Method"] : ["Access_Method"];
  return (release === "5" ? ["Data_Type", ...access] : access).join("|");
}

function lastDay(month: Month): string {
  return addDays(firstDay(addMonths(month, 1)), -1);
}

function monthNamed(text: string): Month | null {
  const day = tryDay(`${text}-01`);
  return day === null ? null : monthOf(day);
}
