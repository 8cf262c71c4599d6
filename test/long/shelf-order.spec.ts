/** Our shelf order against independent programs, on every LCC number of the sample data; the table of docs/reference/shelf-order.md. */
import { createReadStream, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { z } from "zod";
import { shelfKeyForCli, tryParseCallNumber } from "../../src/domain/call-number/index.ts";
import { isDataField } from "../../src/domain/marc/record.ts";
import { extractEvidence, itemCallNumber } from "../../src/domain/extract.ts";
import { readMarc } from "../../src/kit/marc/index.ts";
import { describeWithSharedData, sharedData } from "../support/shared-data.ts";
import { compareOrders, perlKeys } from "../support/shelf-peers.ts";
import type { Agreement } from "../support/shelf-peers.ts";

async function lccNumbers(): Promise<string[]> {
  const texts = new Set<string>();
  const files = readdirSync(sharedData("marc"), { recursive: true, encoding: "utf8" }).filter(
    (file) =>
      /\.(?:mrc|marc|xml|marcxml|ndj|json)$/.test(file) &&
      !/^[A-Z]+\.json$|^koha.*\.json$/.test(file) &&
      !file.startsWith("broken"),
  );
  for (const file of files) {
    const bytes = createReadStream(sharedData("marc", ...file.split(path.sep)));
    for await (const decoded of readMarc(bytes, { format: "auto", file })) {
      if (!decoded.ok) continue;
      const { record } = decoded;
      const items = record.fields
        .filter(isDataField)
        .filter(({ tag }) => tag === "952")
        .map(({ subfields }) => subfields.find(([code]) => code === "o")?.[1] ?? null)
        .map((text) => itemCallNumber(text, "lcc", null, {}).evidence);
      // Field by field: of a whole record, numbers that stand at one place are one.
      const own = record.fields.flatMap((one) => extractEvidence({ ...record, fields: [one] }));
      for (const evidence of [...own, ...items])
        if (evidence?.kind === "lcc" && isOfKnownClass(evidence.text)) texts.add(evidence.text);
    }
  }
  return [...texts].sort();
}

function isOfKnownClass(text: string): boolean {
  const parsed = tryParseCallNumber("lcc", text);
  return parsed?.scheme === "lcc" && parsed.knownClass && parsed.prefix === "";
}

function table(name: string, { both, onlyOurs, onlyTheirs, pairs, turned, neighbours }: Agreement): string {
  const rows = [...turned]
    .sort((a, b) => b[1].length - a[1].length)
    .map(([kind, found]) => `  ${String(found.length)} ${kind}: ${found.slice(0, 4).map((pair) => pair.join(" < ")).join("; ")}`); // prettier-ignore
  const turnedCount = [...turned.values()].reduce((sum, found) => sum + found.length, 0);
  return [
    `${name}: read by both ${String(both)}, only ours ${String(onlyOurs)}, only theirs ${String(onlyTheirs)}`,
    `  pairs alike ${(100 * pairs).toFixed(3)} %, neighbours turned ${String(turnedCount)} of ${String(neighbours)}`,
    ...rows,
  ].join("\n");
}

describeWithSharedData("shelf order beside other programs", () => {
  test("Library::CallNumber::LC puts almost all pairs as we do", async () => {
    const texts = await lccNumbers();
    const theirs = perlKeys(texts);
    if (theirs === null) {
      process.stderr.write("skipped: the Debian package liblibrary-callnumber-lc-perl is not installed\n");
      return;
    }

    const found = compareOrders(
      texts.map((text, at) => ({ text, ours: shelfKeyForCli(text, "lcc"), theirs: theirs[at] ?? null })),
    );
    process.stderr.write(`${table("Library::CallNumber::LC", found)}\n`);

    expect(found.both).toBeGreaterThan(3500);
    expect(found.onlyTheirs).toBe(0);
    expect(found.pairs).toBeGreaterThan(0.995);
  });

  test("a real Koha sorts its LCC items as we do, but for its dropped decimal point", () => {
    const Rows = z.array(z.object({ scheme: z.string(), callNumber: z.string(), cnSort: z.string() }));
    const rows = Rows.parse(JSON.parse(readFileSync(sharedData("koha-observed", "cn-sort.json"), "utf8")));

    const found = compareOrders(
      rows
        .filter(({ scheme, callNumber }) => scheme === "lcc" && isOfKnownClass(callNumber))
        .map(({ callNumber, cnSort }) => ({
          text: callNumber,
          ours: shelfKeyForCli(callNumber, "lcc"),
          theirs: cnSort === "" ? null : cnSort,
        })),
    );
    process.stderr.write(`${table("Koha", found)}\n`);

    expect(found.pairs).toBeGreaterThan(0.98);
  });
});
