import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DataError } from "../../domain/problem.ts";
import { readAll, sampleRecord } from "../../../test/support/marc-samples.ts";
import { formatMarcInJson, marcInJson } from "./json.ts";
import { decodeMarcInJson } from "./json.ts";

const json = JSON.stringify(formatMarcInJson(sampleRecord));

describe("marcInJson", () => {
  test.each([
    ["text", "x"],
    ["no fields", { leader: "" }],
    ["a field that is no object", { fields: ["x"] }],
    ["a number for a value", { fields: [{ "001": 7 }] }],
    ["a field without subfields", { fields: [{ "245": { ind1: " ", ind2: " " } }] }],
    ["a code of two", { fields: [{ "245": { subfields: [{ ab: "x" }] } }] }],
  ])("refuses %s", (_, value) => {
    expect(() => marcInJson(value)).toThrow(DataError);
  });

  test("throws no other class for any value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(decodeMarcInJson({ fields: [{ "245": value }], leader: value })).toHaveProperty("ok");
      }),
    );
  });

  test("fills what is missing and says so", () => {
    const decoded = decodeMarcInJson({ fields: [{ "245": { subfields: [{ a: "x\u0001" }] } }] });

    expect(decoded).toMatchObject({
      ok: true,
      record: {
        leader: " ".repeat(24),
        fields: [{ tag: "245", ind1: " ", ind2: " ", subfields: [["a", "x\ufffd"]] }],
      },
    });
    expect(decoded.ok && decoded.warnings.map(({ code }) => code)).toEqual(["control-character", "leader"]);
  });
});

describe("a stream of MARC-in-JSON", () => {
  test.each([
    ["a line that is cut in a text", `${json.slice(0, 100)}\n${json}\n`, "not-json"],
    ["a line that is cut elsewhere", `${json.slice(0, -1)}\n${json}\n`, "truncated"],
    ["a text that is not closed", `${json.replace("Architecture", 'Arch"itecture')}\n${json}\n`, "not-json"],
    ["an object that is no record", `{"a": 1}\n${json}\n`, "not-marc-in-json"],
    ["a comma too many", `${json.replace("}]", "},]")}\n${json}\n`, "not-json"],
  ])("puts %s aside and reads the next", async (_, text, code) => {
    const decoded = await readAll(Buffer.from(text));

    expect(decoded).toMatchObject([{ ok: false, problem: { code }, offset: 0 }, { ok: true }]);
  });

  test("says that the data end early", async () => {
    expect(await readAll(Buffer.from(`[${json},${json.slice(0, 300)}`))).toMatchObject([
      { ok: true },
      { ok: false, problem: { code: "truncated" } },
    ]);
  });

  test("gives nothing for an empty array, and a problem for what holds no records", async () => {
    expect(await readAll(Buffer.from("[ ]\n"))).toEqual([]);
    expect(await readAll(Buffer.from("[1, 2]"))).toMatchObject([
      { ok: false, problem: { code: "not-marc" } },
    ]);
  });
});
