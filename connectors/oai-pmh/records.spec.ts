import { afterEach, describe, expect, test } from "@jest/globals";
import nock from "nock";
import { startKohaDouble } from "../demo/double.ts";
import type { DoubleOptions, KohaDouble } from "../demo/double.ts";
import { demoLibrary } from "../demo/library.ts";
import type { DemoLibrary } from "../demo/library.ts";
import type { Json } from "../../src/domain/json.ts";
import type { Message, OpenSource } from "../../src/kit/contract.ts";
import { collect, idsOf, sweptKinds, testKit } from "../../test/support/kit.ts";
import { oaiPmh } from "./index.ts";

const signal = new AbortController().signal;
const doubles: KohaDouble[] = [];

afterEach(async () => {
  for (const double of doubles.splice(0)) await double.close();
});

async function start(
  options: DoubleOptions = {},
): Promise<{ library: DemoLibrary; source: OpenSource; koha: KohaDouble }> {
  const library = demoLibrary({ seed: 3, asOf: "2026-11-02", titles: 80 });
  const koha = await startKohaDouble(library, { oaiPageSize: 20, ...options });
  doubles.push(koha);
  return { library, koha, source: open(`${koha.opacUrl}/cgi-bin/koha/oai.pl`) };
}

function open(url: string, config: object = {}): OpenSource {
  return oaiPmh.open(oaiPmh.config.parse({ url, ...config }), testKit(url));
}

function pull(source: OpenSource, cursor: Json = null): Promise<Message[]> {
  return collect(source.streams[0]!.pull({ cursor, full: cursor === null, signal }));
}

function cursorOf(messages: readonly Message[]): Json {
  const last = messages.at(-1);
  return last?.type === "page" ? (last.cursor ?? null) : null;
}

/** As Koha has it: a record goes after its items, and they after they came back. */
function deleteTitle(library: DemoLibrary, biblioId: number): void {
  for (const item of library.items.rows().filter((row) => row.biblioId === biblioId)) {
    for (const loan of library.openLoans.rows().filter(({ itemId }) => itemId === item.id))
      library.returnLoan(loan.id);
    library.vanishItem(item.id);
  }
  library.deleteBiblio(biblioId);
}

const goneIds = (messages: readonly Message[]): string[] =>
  messages.flatMap((message) => (message.type === "gone" ? [message.id] : []));

/** What OAI shows: a record that cannot be read stands there as deleted. */
const shown = ({ biblios, corruptBiblioId }: DemoLibrary): string[] =>
  biblios.rows().flatMap(({ id }) => (id === corruptBiblioId ? [] : [String(id)]));

describe("a full harvest of Koha", () => {
  test("brings every record under its biblionumber, and says what is gone", async () => {
    const { library, source } = await start();

    const messages = await pull(source);

    expect(idsOf(messages, "record")).toEqual(shown(library));
    expect(goneIds(messages)).toEqual(
      expect.arrayContaining(library.deletedBiblios.rows().map(({ id }) => String(id))),
    );
    expect(sweptKinds(messages)).toEqual(["record", "item"]);
  });

  test("brings the items where the server embeds them", async () => {
    const { library, source } = await start({ oaiItems: true });

    const found = idsOf(await pull(source), "item");

    const items = library.items.rows().filter(({ biblioId }) => biblioId !== library.corruptBiblioId);
    expect(found.sort()).toEqual(items.map(({ id }) => String(id)).sort());
  });

  test.each(["noRecordsMatch", "badResumptionToken"] as const)(
    "resumed from any page brings the rest; a token answered by %s begins it anew",
    async (badToken) => {
      const { library, source } = await start({ badToken });
      const whole = await pull(source);
      const pages = whole.filter((message) => message.type === "page").slice(0, -1);
      expect(pages.length).toBeGreaterThan(2);

      for (const page of pages) {
        const before = idsOf(whole.slice(0, whole.indexOf(page)), "record");
        const cursor = page.cursor as { at: { token: string } };
        const rest = await collect(source.streams[0]!.pull({ cursor, full: true, signal }));
        expect([...before, ...idsOf(rest, "record")]).toEqual(shown(library));

        const lost = { ...cursor, at: { ...cursor.at, token: "forgotten" } };
        const anew = await collect(source.streams[0]!.pull({ cursor: lost, full: true, signal }));
        expect(idsOf(anew, "record")).toEqual(shown(library));
        expect(sweptKinds(anew)).toEqual(["record", "item"]);
      }
    },
  );

  test("tells nothing of what it did not name when records are deleted meanwhile", async () => {
    const { library, source } = await start();
    const [stream] = source.streams;
    const messages: Message[] = [];

    for await (const message of stream!.pull({ cursor: null, full: true, signal })) {
      messages.push(message);
      if (messages.filter(({ type }) => type === "page").length === 2 && message.type === "page") {
        library.setNow("2026-11-02T09:00:00-05:00");
        deleteTitle(library, library.biblios.rows().at(-1)!.id);
      }
    }

    expect(sweptKinds(messages)).toEqual([]);
    expect(messages).toContainEqual(expect.objectContaining({ type: "notices" }));
  });
});

describe("a harvest of changes", () => {
  test("brings what changed and what was deleted since the last one began, and nothing else", async () => {
    const { library, source } = await start();
    const cursor = cursorOf(await pull(source));
    library.setNow("2026-11-03T09:00:00-05:00");
    const [changed, deleted] = [library.biblios.at(3).id, library.biblios.at(4).id];
    library.editSubject(changed, "650 0$aAeronautics$xHistory");
    deleteTitle(library, deleted);

    const messages = await pull(source, cursor);

    expect(idsOf(messages, "record")).toEqual([String(changed)]);
    expect(goneIds(messages)).toContain(String(deleted));
    expect(sweptKinds(messages)).toEqual([]);
  });

  test("without a change is a page and the next cursor", async () => {
    const { library, source } = await start();
    const cursor = cursorOf(await pull(source));
    library.setNow("2026-11-03T09:00:00-05:00");

    const messages = await pull(source, cursor);

    expect(messages).toEqual([
      { type: "page", cursor: expect.objectContaining({ at: { since: "2026-11-03T13:55:00Z" } }) },
    ]);
  });

  test("does not take deleted for gone where it may mean hidden", async () => {
    const { koha } = await start();
    const source = open(`${koha.opacUrl}/cgi-bin/koha/oai.pl`, { deletedMeans: "hidden" });

    const messages = await pull(source);

    expect(goneIds(messages)).toEqual([]);
    expect(sweptKinds(messages)).toEqual([]);
  });
});

describe("settings that the repository does not know", () => {
  test("an unknown set is refused before Koha ignores it", async () => {
    const { koha } = await start();
    const source = open(`${koha.opacUrl}/cgi-bin/koha/oai.pl`, { set: "physics" });

    await expect(pull(source)).rejects.toMatchObject({ problem: { code: "OAI_UNKNOWN_SET" } });
  });

  test("a format that is no MARC stops the harvest", async () => {
    const { koha } = await start();
    const source = open(`${koha.opacUrl}/cgi-bin/koha/oai.pl`, { prefix: "mods" });

    await expect(pull(source)).rejects.toMatchObject({ problem: { code: "OAI_ERROR" } });
  });

  test("doctor says so for both", async () => {
    const { koha } = await start();
    const states = async (config: object): Promise<string[]> => {
      const all: string[] = [];
      const source = open(`${koha.opacUrl}/cgi-bin/koha/oai.pl`, config);
      for await (const { check, state } of source.check(signal)) all.push(`${check} ${state}`);
      return all;
    };

    expect(await states({ set: "serials" })).toEqual(["connection ok", "format ok", "set ok"]);
    expect(await states({ prefix: "mods", set: "x" })).toEqual([
      "connection ok",
      "format failure",
      "set failure",
    ]);
  });
});

describe("another system than Koha", () => {
  const url = "http://repository.example.edu/oai";
  const wrap = (content: string): string =>
    `<OAI-PMH><responseDate>2026-11-02T08:00:00Z</responseDate>${content}</OAI-PMH>`;
  const record = (identifier: string, number: string): string =>
    `<record><header><identifier>${identifier}</identifier><datestamp>2026-01-01</datestamp></header><metadata><record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader><datafield tag="999" ind1=" " ind2=" "><subfield code="c">${number}</subfield></datafield></record></metadata></record>`;

  function serve(...records: string[]): void {
    const identity =
      "<Identify><granularity>YYYY-MM-DD</granularity><deletedRecord>no</deletedRecord></Identify>";
    nock("http://repository.example.edu").get("/oai").query({ verb: "Identify" }).reply(200, wrap(identity));
    nock("http://repository.example.edu")
      .get("/oai")
      .query({ verb: "ListRecords", metadataPrefix: "marcxml" })
      .reply(200, wrap(`<ListRecords>${records.join("")}</ListRecords>`));
  }

  test("keeps its identifiers, also where numbers of two archives are the same", async () => {
    serve(record("A:5", "5"), record("B:5", "5"), record("A:6", "7"), record("oai:x:y", "8"));

    const messages = await pull(open(url));

    expect(idsOf(messages, "record")).toEqual(["5", "B:5", "A:6", "oai:x:y"]);
    expect(cursorOf(messages)).toEqual({ archive: "A", at: { since: "2026-11-01" } });
  });

  test("a record that cannot be read keeps its name and its items", async () => {
    serve(record("A:5", "5"), record("A:6", "6").replace("<leader>", "<leader"));

    const messages = await pull(open(url));

    expect(messages).toContainEqual(expect.objectContaining({ type: "bad", kind: "record", id: "6" }));
    expect(sweptKinds(messages)).toEqual(["record"]);
  });
});
