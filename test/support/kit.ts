/** What a connector gets, over real HTTP, without waits. */
import type { Kit, Logger, Message } from "../../src/kit/contract.ts";
import { createHttpClient } from "../../src/kit/http/index.ts";
import type { Instant } from "../../src/domain/time.ts";

export const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export function testKit(url: string, now = "2026-11-02T13:00:00.000Z" as Instant): Kit {
  const http = createHttpClient({
    name: "source",
    baseUrls: [url],
    userAgent: "KohaLiaison/test",
    log: silent,
    now: () => now,
    retries: 1,
    sleep: () => Promise.resolve(),
  });
  return { http, log: silent, timeZone: "America/New_York", currency: "USD", now: () => now };
}

export async function collect(messages: AsyncIterable<Message>): Promise<Message[]> {
  const all: Message[] = [];
  for await (const message of messages) all.push(message);
  return all;
}

/** Ids of the facts of a kind, each as often as it came. */
export function idsOf(messages: readonly Message[], kind: "record" | "item"): string[] {
  return messages.flatMap((message) =>
    message.type === "fact" && message.fact.kind === kind ? [message.fact.id] : [],
  );
}

/** Kinds of which the messages say that a sweep was complete. */
export function sweptKinds(messages: readonly Message[]): string[] {
  return messages.flatMap((message) => (message.type === "swept" ? [message.kind] : []));
}
