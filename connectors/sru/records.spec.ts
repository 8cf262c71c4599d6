import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { HttpClient, HttpRequest, HttpResponse, Message } from "../../src/kit/contract.ts";
import { collect, idsOf, sweptKinds, testKit } from "../../test/support/kit.ts";
import { sru } from "./index.ts";

const signal = new AbortController().signal;

interface Server {
  /** Numbers of the records, in the server's order. */
  readonly numbers: number[];
  /** Above so many matches a comparison of numbers is partial, as Zebra's truncmax. Absent: no numbers at all. */
  readonly truncmax?: number;
  /** Runs before the answer to the request of this number. */
  readonly change?: (request: number) => void;
}

/** An index of nothing but numbers, which answers as Zebra does. */
function httpOf(server: Server): HttpClient {
  let requests = 0;
  const diagnostic = (number: number): string =>
    `<diagnostics><diagnostic><uri>info:srw/diagnostic/1/${String(number)}</uri></diagnostic></diagnostics>`;
  function answer({ url }: HttpRequest): string {
    server.change?.(requests);
    const query = new URL(url).searchParams;
    const pqf = query.get("x-pquery");
    const bounds = [...(pqf ?? "").matchAll(/2=(\d) @attr 4=109 (\d+)/g)].map(([, relation, number]) => ({
      relation,
      number: Number(number),
    }));
    if (bounds.length > 0 && server.truncmax === undefined) return diagnostic(16);
    const holds = (number: number, bound: (typeof bounds)[number]): boolean =>
      bound.relation === "5" ? number > bound.number : number <= bound.number;
    for (const bound of bounds)
      if (server.numbers.filter((number) => holds(number, bound)).length > (server.truncmax ?? 0))
        return `<numberOfRecords>1</numberOfRecords>${diagnostic(59)}`;
    const matches = server.numbers.filter((number) => bounds.every((bound) => holds(number, bound)));
    const [start, maximum] = [Number(query.get("startRecord")), Number(query.get("maximumRecords"))];
    const count = `<numberOfRecords>${String(matches.length)}</numberOfRecords>`;
    if (start > matches.length && matches.length > 0) return count + diagnostic(61);
    const page = matches.slice(start - 1, start - 1 + maximum);
    return `${count}<records>${page.map(recordXml).join("")}</records>`;
  }
  return {
    get requests() {
      return requests;
    },
    request(request): Promise<HttpResponse> {
      requests += 1;
      const body = new TextEncoder().encode(
        `<searchRetrieveResponse>${answer(request)}</searchRetrieveResponse>`,
      );
      return Promise.resolve({ url: request.url, status: 200, headers: new Map(), body });
    },
  };
}

const recordXml = (number: number): string =>
  `<record><recordData><record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader>` +
  `<datafield tag="952" ind1=" " ind2=" "><subfield code="9">i${String(number)}</subfield></datafield>` +
  `<datafield tag="999" ind1=" " ind2=" "><subfield code="c">${String(number)}</subfield></datafield></record></recordData></record>`;

function pull(server: Server, pageSize: number, cursor: Message | null = null): AsyncIterable<Message> {
  const kit = { ...testKit("http://sru.example.org"), http: httpOf(server) };
  const source = sru.open(sru.config.parse({ url: "http://sru.example.org/biblios", pageSize }), kit);
  const at = cursor?.type === "page" ? (cursor.cursor ?? null) : null;
  return source.streams[0]!.pull({ cursor: at, full: true, signal });
}

const texts = (numbers: readonly number[]): string[] => numbers.map(String).sort();
const catalogue = fc.uniqueArray(fc.integer({ min: 1, max: 5000 }), { maxLength: 60 });
const large = fc.uniqueArray(fc.integer({ min: 1, max: 5000 }), { minLength: 10, maxLength: 60 });
const sizes = fc.integer({ min: 1, max: 25 });
const limits = fc.constantFrom({}, { truncmax: 30 }, { truncmax: 10_000 });

describe("a sweep by SRU", () => {
  test("names every record once and is complete, whatever the numbers, their order and the page size", async () => {
    await fc.assert(
      fc.asyncProperty(catalogue, sizes, limits, async (numbers, pageSize, limit) => {
        const messages = await collect(pull({ numbers, ...limit }, pageSize));

        expect(idsOf(messages, "record").sort()).toEqual(texts(numbers));
        expect(sweptKinds(messages)).toEqual(["record", "item"]);
        expect(messages.at(-1)).toEqual({ type: "page", cursor: null });
      }),
      { numRuns: 60 },
    );
  });

  test("resumed after any page names every record, once", async () => {
    await fc.assert(
      fc.asyncProperty(catalogue, sizes, limits, fc.nat(20), async (numbers, pageSize, limit, cut) => {
        const server = { numbers, ...limit };
        const whole = await collect(pull(server, pageSize));
        const pages = whole.filter((message) => message.type === "page" && message.cursor != null);
        const page = pages[cut % Math.max(1, pages.length)];
        if (page === undefined) return;

        const rest = await collect(pull(server, pageSize, page));

        const both = [...whole.slice(0, whole.indexOf(page)), ...rest];
        expect(idsOf(both, "record").sort()).toEqual(texts(numbers));
        expect(sweptKinds(rest)).toEqual(["record", "item"]);
      }),
      { numRuns: 40 },
    );
  });

  test("that calls itself complete has named all that were there from beginning to end", async () => {
    const changes = fc.array(fc.record({ request: fc.nat(12), gone: fc.nat(1000), born: fc.boolean() }), {
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(large, sizes, limits, changes, async (numbers, pageSize, limit, plan) => {
        const server = { numbers: [...numbers], ...limit };
        const staying = new Set(numbers);
        let born = 9000;
        const change = (request: number): void => {
          for (const step of plan.filter((candidate) => candidate.request === request)) {
            const at = step.gone % Math.max(1, server.numbers.length);
            for (const number of server.numbers.splice(at, 1)) staying.delete(number);
            if (step.born) server.numbers.push((born += 1));
          }
        };

        const messages = await collect(pull({ ...server, change }, pageSize));

        if (sweptKinds(messages).length === 0) {
          const notices = messages.flatMap((message) => (message.type === "notices" ? message.notices : []));
          expect(notices).toMatchObject([{ code: "sru-sweep-incomplete" }]);
        } else expect(idsOf(messages, "record")).toEqual(expect.arrayContaining(texts([...staying])));
      }),
      { numRuns: 300 },
    );
  });

  test("two records with one id are no complete sweep", async () => {
    const messages = await collect(pull({ numbers: [1, 2, 2, 3] }, 10));

    expect(sweptKinds(messages)).toEqual([]);
  });
});
