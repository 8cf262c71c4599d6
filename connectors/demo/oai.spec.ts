import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { startKohaDouble } from "./double.ts";
import type { DoubleOptions, KohaDouble } from "./double.ts";
import { demoLibrary } from "./library.ts";
import type { DemoLibrary } from "./library.ts";

const whole = demoLibrary({ seed: 3, asOf: "2026-11-02", titles: 800 });
let library: DemoLibrary;
let koha: KohaDouble;

async function start(options: DoubleOptions = {}): Promise<void> {
  await koha.close();
  koha = await startKohaDouble(library, options);
}

/** A small library of its own, to be changed. */
async function startFresh(options: DoubleOptions = {}): Promise<void> {
  library = demoLibrary({ seed: 3, asOf: "2026-11-02", titles: 120 });
  await start(options);
}

async function ask(query: string): Promise<string> {
  return (await fetch(`${koha.opacUrl}/cgi-bin/koha/oai.pl?${query}`)).text();
}

async function harvest(verb: string, query = ""): Promise<string[]> {
  const pages: string[] = [];
  for (let next = `&metadataPrefix=marcxml${query}`; next !== "";) {
    const page = await ask(`verb=${verb}${next}`);
    pages.push(page);
    const token = /<resumptionToken[^>]*>([^<]+)/.exec(page)?.[1];
    next = token === undefined ? "" : `&resumptionToken=${encodeURIComponent(token)}`;
  }
  return pages;
}

const idsOf = (pages: readonly string[]) =>
  pages.flatMap((page) =>
    [...page.matchAll(/<header( status="deleted")?><identifier>[^<]*:(\d+)</g)].map((hit) => ({
      id: Number(hit[2]),
      deleted: hit[1] !== undefined,
    })),
  );

beforeEach(async () => {
  library = whole;
  koha = await startKohaDouble(library);
});
afterEach(() => koha.close());

describe("OAI-PMH of the double", () => {
  test("gives every record once in pages of fifty, deleted ones first, and ends without a token", async () => {
    const pages = await harvest("ListRecords");
    const ids = idsOf(pages);
    const corrupt = library.corruptBiblioId!;

    expect(ids.map(({ id }) => id)).toEqual([
      ...library.deletedBiblios.rows().map(({ id }) => id),
      ...library.biblios.rows().map(({ id }) => id),
    ]);
    expect(pages.at(-1)).not.toContain("<resumptionToken");
    expect(
      ids.filter(({ id, deleted }) => deleted && library.biblios.get(id) !== undefined).map(({ id }) => id),
    ).toEqual([corrupt]);
    expect(pages.join("")).not.toContain('tag="952"');
  });

  test("lists the unreadable record as live by its identifier, and shows an error page for it", async () => {
    const corrupt = library.corruptBiblioId!;
    const listed = idsOf(await harvest("ListIdentifiers"));

    expect(listed.find(({ id }) => id === corrupt)?.deleted).toBe(false);
    expect(
      await ask(`verb=GetRecord&metadataPrefix=marcxml&identifier=KOHA-OAI-DEMO:${String(corrupt)}`),
    ).toMatch(/^<!DOCTYPE html>/);
  });

  test("a subject edit is in the window from its second on", async () => {
    await startFresh();
    library.setNow("2026-11-02T10:00:00-05:00");
    library.editSubject(library.biblios.at(3).id, "650 0$aAeronautics");

    const changed = idsOf(await harvest("ListRecords", "&from=2026-11-02T15:01:00Z"));

    expect(changed).toEqual([{ id: library.biblios.at(3).id, deleted: false }]);
  });

  test("a deleted record turns up as deleted", async () => {
    await startFresh();
    const id = library.biblios.rows().find((biblio) => library.itemsOf(biblio.id).length === 0)!.id;
    library.deleteBiblio(id);

    expect(idsOf(await harvest("ListRecords", "&from=2026-11-02"))).toEqual([{ id, deleted: true }]);
  });

  test("with items, a loan lists its record again", async () => {
    await startFresh({ oaiItems: true });
    const item = library.items.rows().find(({ dueOn, lost }) => dueOn === null && lost === 0)!;
    library.checkout(item.id);

    const pages = await harvest("ListRecords", "&from=2026-11-02T13:01:00Z");

    expect(idsOf(pages)).toEqual([{ id: item.biblioId, deleted: false }]);
    expect(pages.join("")).toContain(`<subfield code="9">${String(item.id)}</subfield>`);
  });

  test("from 25.11 on, what is hidden from readers is called deleted", async () => {
    const hidden = library.biblios.rows().find(({ suppressed }) => suppressed)!.id;
    const isDeleted = async () =>
      idsOf(await harvest("ListRecords")).find(({ id }) => id === hidden)?.deleted;

    expect(await isDeleted()).toBe(false);
    await start({ version: "26.05" });
    expect(await isDeleted()).toBe(true);
  });

  test.each([
    ["verb=Nonsense", "badVerb"],
    ["verb=ListRecords", "badArgument"],
    ["verb=ListRecords&metadataPrefix=mods", "cannotDisseminateFormat"],
    ["verb=ListRecords&metadataPrefix=marcxml&from=2026-11-02&until=2026-11-02T00:00:00Z", "badArgument"],
    ["verb=ListRecords&metadataPrefix=marcxml&from=2026-11-02T00:00:00.5Z", "badArgument"],
    ["verb=ListRecords&metadataPrefix=marcxml&from=2030-01-01", "noRecordsMatch"],
    ["verb=ListRecords&resumptionToken=garbage", "noRecordsMatch"],
    ["verb=GetRecord&metadataPrefix=marcxml&identifier=KOHA-OAI-DEMO:999999", "idDoesNotExist"],
  ])("%s is answered %s", async (query, code) => {
    expect(await ask(query)).toContain(`<error code="${code}">`);
  });

  test("an unknown set filters nothing, a known one does", async () => {
    const all = idsOf(await harvest("ListIdentifiers")).length;

    expect(idsOf(await harvest("ListIdentifiers", "&set=nosuch"))).toHaveLength(all);
    expect(idsOf(await harvest("ListIdentifiers", "&set=music")).length).toBeLessThan(all / 2);
  });

  test("is a 404 when the preference is off", async () => {
    await start({ oai: false });

    expect((await fetch(`${koha.opacUrl}/cgi-bin/koha/oai.pl?verb=Identify`)).status).toBe(404);
  });
});
