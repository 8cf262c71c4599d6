/** The double against Koha's own OpenAPI files and against what a running Koha answered. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { describeWithSharedData, sharedData } from "../../test/support/shared-data.ts";
import { startKohaDouble } from "./double.ts";
import type { KohaDouble } from "./double.ts";
import { demoLibrary } from "./library.ts";
import type { KohaVersion } from "./version.ts";

interface Definition {
  readonly properties: Readonly<
    Record<
      string,
      {
        readonly type?: string | readonly string[];
        readonly format?: string;
        readonly enum?: readonly string[];
      }
    >
  >;
}

/** Relations that come only when embedded, and counts of them. */
const embedded: Readonly<Record<string, readonly string[]>> = {
  item: [
    ..."biblio return_claims return_claim cover_image_ids item_group_item serialitem checkout transfer first_hold".split(
      " ",
    ),
    ..."recall item_type in_bundle bundle_host bundle_items_lost_count bundle_items_not_lost_count course_item _strings".split(
      " ",
    ),
  ],
  checkout: ["issuer", "item", "library", "patron", "booking"],
  order: [..."basket biblio current_item_level_holds_count fund invoice items subscription".split(" ")],
  ill_request: [
    ..."biblio comments comments_count extended_attributes library id_prefix patron _strings".split(" "),
  ],
  library: [..."smtp_server needs_override cash_registers desks".split(" ")],
  item_type: ["translated_descriptions"],
  renewal: ["renewer"],
};
/** Served by newer versions than the file at hand. */
const newer: Readonly<Record<string, readonly string[]>> = { item: ["localuse"] };

const endpoints: readonly (readonly [definition: string, path: string])[] = [
  ["item", "/items?_per_page=300"],
  ["checkout", "/checkouts?_per_page=100"],
  [
    "checkout",
    "/checkouts?checked_in=true&_per_page=50&q=%7B%22patron_id%22%3A%7B%22!%3D%22%3Anull%7D%2C%22item_id%22%3A%7B%22!%3D%22%3Anull%7D%7D",
  ],
  ["hold", "/holds?_per_page=100"],
  ["fund", "/acquisitions/funds?_per_page=100"],
  ["order", "/acquisitions/orders?_per_page=100"],
  ["suggestion", "/suggestions?_per_page=100"],
  ["ill_request", "/ill/requests?_per_page=100"],
  ["library", "/libraries"],
  ["item_type", "/item_types"],
  ["authorised_value", "/authorised_value_categories/LOC/authorised_values"],
];

function definitionOf(name: string): Definition {
  const text = readFileSync(sharedData("koha-openapi", "definitions", `${name}.yaml`), "utf8");
  return parse(text, { uniqueKeys: false }) as Definition; // item.yaml names biblio twice
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "number" && Number.isInteger(value) ? "integer" : typeof value;
}

const formats: Readonly<Record<string, RegExp>> = {
  date: /^\d{4}-\d\d-\d\d$/,
  "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-0[45]:00$/,
};

function faultsOf(
  definition: Definition,
  row: Readonly<Record<string, unknown>>,
  extra: readonly string[],
): string[] {
  return Object.entries(row).flatMap(([name, value]) => {
    const property = definition.properties[name];
    if (property === undefined) return extra.includes(name) ? [] : [`${name} is not in the definition`];
    const types = [property.type ?? []].flat();
    const type = typeOf(value);
    const fits =
      types.length === 0 || types.includes(type) || (type === "integer" && types.includes("number"));
    const format = formats[property.format ?? ""];
    const formed = format === undefined || typeof value !== "string" || format.test(value);
    const listed = property.enum === undefined || property.enum.includes(String(value));
    return fits && formed && listed ? [] : [`${name} is ${JSON.stringify(value)}`];
  });
}

describeWithSharedData("the double and Koha's definitions", () => {
  const library = demoLibrary({ seed: 5, asOf: "2026-11-02", titles: 300 });
  let doubles: ReadonlyMap<KohaVersion, KohaDouble>;

  beforeAll(async () => {
    const versions: readonly KohaVersion[] = ["24.05", "26.05"];
    doubles = new Map(
      await Promise.all(
        versions.map(
          async (version) => [version, await startKohaDouble(library, { version, basicAuth: true })] as const,
        ),
      ),
    );
  });
  afterAll(() => Promise.all([...doubles.values()].map((koha) => koha.close())));

  async function rowsOf(
    version: KohaVersion,
    path: string,
  ): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const authorization = `Basic ${Buffer.from("demo:demo-secret").toString("base64")}`;
    const response = await fetch(`${doubles.get(version)!.url}/api/v1${path}`, {
      headers: { authorization },
    });
    expect(response.status).toBe(200);
    return (await response.json()) as readonly Readonly<Record<string, unknown>>[];
  }

  test.each(endpoints)("every %s of %s fits, and nothing but relations is left out", async (name, path) => {
    const definition = definitionOf(name);
    // The file of the holds types item_id as a string, as 24.05 does.
    const rows = await rowsOf("24.05", path);
    const wanted = Object.keys(definition.properties).filter(
      (property) => !(embedded[name] ?? []).includes(property),
    );

    expect(rows.length).toBeGreaterThan(3);
    expect(
      [...new Set(rows.flatMap((row) => faultsOf(definition, row, newer[name] ?? [])))].slice(0, 5),
    ).toEqual([]);
    expect(wanted.filter((property) => !(property in rows[0]!))).toEqual([]);
  });

  test("renewals fit their definition", async () => {
    const loan = library.openLoans.rows().find(({ renewals }) => renewals.length > 0)!;
    const rows = await rowsOf("26.05", `/checkouts/${String(loan.id)}/renewals`);

    expect(rows.flatMap((row) => faultsOf(definitionOf("renewal"), row, []))).toEqual([]);
    expect(rows).toHaveLength(loan.renewals.length);
  });

  test("an observed checkout, hold and fund have the names that are served, older spellings apart", async () => {
    const observed = (file: string) =>
      JSON.parse(readFileSync(sharedData("koha-observed", file), "utf8")) as readonly Readonly<
        Record<string, unknown>
      >[];
    const older = ["noteseen", "renewals", "cancelation_date", "lastpickupdate"];
    for (const [file, path] of [
      ["rest-checkouts.json", "/checkouts?_per_page=1"],
      ["rest-holds.json", "/holds?_per_page=1"],
      ["rest-funds.json", "/acquisitions/funds?_per_page=1"],
    ] as const) {
      const served = (await rowsOf("26.05", path))[0]!;
      const names = Object.keys(observed(file)[0]!).filter((name) => !older.includes(name));

      expect(names.filter((name) => !(name in served))).toEqual([]);
    }
  });

  test("patrons are in every place where Koha has them", async () => {
    const identities = library.identities();
    const shows = async (path: string, ...fields: readonly string[]) => {
      const rows = await rowsOf("26.05", path);
      for (const field of fields) {
        const text = JSON.stringify(rows.map((row) => row[field]));
        expect([path, field, identities.some((identity) => text.includes(identity))]).toEqual([
          path,
          field,
          true,
        ]);
      }
    };

    await shows("/checkouts?checked_in=true&_per_page=-1", "patron_id", "issuer_id", "note");
    await shows("/holds?_per_page=-1", "patron_id", "notes");
    await shows(
      "/suggestions?_per_page=-1",
      "suggested_by",
      "managed_by",
      "note",
      "staff_note",
      "patron_reason",
    );
    await shows("/acquisitions/orders?_per_page=-1", "created_by", "internal_note", "vendor_note");
    await shows("/acquisitions/funds?_per_page=-1", "fund_owner_id", "notes");
    await shows("/ill/requests?_per_page=-1", "patron_id", "opac_notes", "staff_notes");
    await shows("/items?_per_page=-1", "internal_notes", "public_notes", "acquisition_source");
  });
});
