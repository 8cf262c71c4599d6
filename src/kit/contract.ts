/**
 * Everything that a connector may know of the product: it yields messages about a source, or delivers what was
 * rendered. It never sees the store.
 */
import type { Fact, FactKind } from "../domain/fact.ts";
import type { Json } from "../domain/json.ts";
import type { PreparedTitles } from "../domain/prepare.ts";
import type { Problem } from "../domain/problem.ts";
import type { CalendarDay, Instant } from "../domain/time.ts";

/** Where an input came from: URL or file, record number from 1, byte offset from 0. */
export interface Origin {
  readonly at: string;
  readonly record?: number;
  readonly byte?: number;
}

export type Message =
  /** `warnings`: what was repaired on the way. */
  | {
      readonly type: "fact";
      readonly fact: Fact;
      readonly origin: Origin;
      readonly warnings?: readonly Problem[];
    }
  /** Records with their items, made ready for the store elsewhere than in its own thread. */
  | {
      readonly type: "prepared";
      readonly prepared: PreparedTitles;
      /** Their file. */
      readonly at: string;
      /** Of so many records something was repaired. */
      readonly repaired: number;
      readonly warnings: number;
    }
  | {
      readonly type: "gone";
      readonly kind: FactKind;
      readonly id: string;
      readonly proof: "deleted-answer" | "tombstone";
    }
  /** To quarantine. `raw` holds no patron; `id`, if known, counts as seen in a sweep. */
  | {
      readonly type: "bad";
      readonly kind: FactKind;
      readonly id?: string;
      readonly raw: Uint8Array;
      readonly problem: Problem;
      readonly origin: Origin;
    }
  /**
   * Commit what came so far. Cursor absent: keep the old one; null: begin anew next time. At least one page every
   * 5,000 messages. A stream ends with a page.
   */
  | {
      readonly type: "page";
      readonly cursor?: Json;
      /** For which days the stream's facts are complete, once they are: first day, and the moment of reading. */
      readonly covered?: { readonly from: CalendarDay | null; readonly to: Instant };
    }
  /** The sweep of this kind was complete since the sweep began: what it did not name is gone. */
  | { readonly type: "swept"; readonly kind: FactKind }
  /** What every report that uses this stream must say, e.g. that this Koha hides some loans. Replaces earlier notices. */
  | { readonly type: "notices"; readonly notices: readonly Problem[] };

export interface StreamContext {
  /** As committed last; null at the first run, and when `cursorVersion` changed. */
  readonly cursor: Json;
  /** A sweep is asked for. `cursor` is then of that sweep, null when it begins. */
  readonly full: boolean;
  readonly signal: AbortSignal;
}

export interface Stream {
  readonly name: string;
  readonly facts: readonly FactKind[];
  readonly cursorVersion: number;
  /** True: `full` gives a sweep with a cursor of its own. False: every run reads all, `full` changes nothing. */
  readonly sweeps: boolean;
  pull(context: StreamContext): AsyncIterable<Message>;
}

export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface HttpRequest {
  readonly url: string;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as `application/x-www-form-urlencoded`. */
  readonly form?: Readonly<Record<string, string>>;
  /** A POST that may be sent twice, e.g. for a token. A GET always may. */
  readonly repeatable?: boolean;
  readonly timeoutMs?: number;
  readonly signal: AbortSignal;
  /** Statuses beside 2xx that are an answer here, not an error. */
  readonly expect?: readonly number[];
}

export interface HttpResponse {
  readonly url: string;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

/**
 * One per source: at most two requests at once by default, retries with back-off and jitter, `Retry-After`, a
 * circuit breaker, redirects to other hosts refused. Throws RetryError when it gave up, StopError for what trying
 * again cannot mend, Cancelled when the signal fired.
 */
export interface HttpClient {
  request(request: HttpRequest): Promise<HttpResponse>;
  /** How many requests were sent so far, retries included. */
  readonly requests: number;
}

export interface Kit {
  readonly http: HttpClient;
  readonly log: Logger;
  /** The library's zone (IANA). */
  readonly timeZone: string;
  /** The library's currency (ISO 4217). */
  readonly currency: string;
  readonly now: () => Instant;
}

export interface Check {
  readonly check: string;
  readonly state: "ok" | "warning" | "failure";
  readonly message: string;
  readonly cure?: string;
}

/** zod 4 schemas fit. */
export interface Schema<T> {
  parse(value: unknown): T;
}

export interface OpenSource {
  /** In the order in which they are to run. */
  readonly streams: readonly Stream[];
  /** Reads only; names the missing permission or setting and its cure. */
  check(signal: AbortSignal): AsyncIterable<Check>;
  /** Ad-hoc search, where the system has one. */
  find?(query: string, limit: number, signal: AbortSignal): AsyncIterable<Message>;
  close(): Promise<void>;
}

export interface Source<C = unknown> {
  readonly id: string;
  readonly config: Schema<C>;
  open(config: C, kit: Kit): OpenSource;
}

export interface Attachment {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  /** Set for a picture that the HTML shows by `cid:`. */
  readonly contentId?: string;
}

export interface Rendered {
  readonly report: string;
  readonly reportTitle: string;
  /** Department id, `liaison:<id>` or `library`. */
  readonly subject: string;
  readonly period: string;
  readonly edition: number;
  /** Mail address; "" for other deliveries. */
  readonly recipient: string;
  readonly title: string;
  readonly html: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

/** Proof and handle of what was delivered, e.g. a Message-ID. */
export interface Receipt {
  readonly target: string;
  readonly handle: Json;
}

export type Outcome =
  | { readonly type: "sent"; readonly receipt: Receipt }
  | { readonly type: "refused"; readonly problem: Problem }
  | { readonly type: "later"; readonly problem: Problem };

export interface OpenDelivery {
  /** Goes to a liaison's address; otherwise what it delivers is a department's. */
  readonly addressed: boolean;
  /**
   * Read by everybody, so it gets the public form: only what readers may see. `page`: one that is kept as things are
   * now, and looked after at every run; `issue`: once a period, as a mail. Absent: not public.
   */
  readonly publishes?: "page" | "issue";
  /**
   * `key` is stable over restarts (64 hex digits); `last` is the receipt of the report's previous issue, or of this
   * one when a page is looked after. `takeOver` in its handle: a person wants it overwritten, whatever was edited.
   */
  deliver(rendered: Rendered, key: string, last: Receipt | null, signal: AbortSignal): Promise<Outcome>;
  /** Takes back what a receipt tells of, unless a person has edited it since. `sent`: it is gone. */
  withdraw?(last: Receipt, signal: AbortSignal): Promise<Outcome>;
  check(signal: AbortSignal): AsyncIterable<Check>;
  close(): Promise<void>;
}

export interface DeliveryKit {
  /** Asks only hosts that the delivery's own section names, and gives up sooner than a source: it is tried again. */
  readonly http: HttpClient;
  readonly log: Logger;
  readonly now: () => Instant;
  /** Relative paths of the configuration are relative to this folder. */
  readonly folder: string;
}

export interface Delivery<C = unknown> {
  readonly id: string;
  readonly config: Schema<C>;
  open(config: C, kit: DeliveryKit): OpenDelivery;
}

/** Keeps the type of the configuration inside the connector. */
export function defineSource<C>(source: Source<C>): Source {
  return { id: source.id, config: source.config, open: (config, kit) => source.open(config as C, kit) };
}

/** Keeps the type of the configuration inside the connector. */
export function defineDelivery<C>(delivery: Delivery<C>): Delivery {
  return { id: delivery.id, config: delivery.config, open: (config, kit) => delivery.open(config as C, kit) };
}
