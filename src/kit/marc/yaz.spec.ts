import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { isDataField } from "../../domain/marc/record.ts";
import type { MarcRecord } from "../../domain/marc/record.ts";
import { describeWithSharedData, sharedData } from "../../../test/support/shared-data.ts";
import { readAll } from "../../../test/support/marc-samples.ts";

import { withoutControls } from "./text.ts";

const hasYaz = spawnSync("yaz-marcdump", ["-V"]).status === 0;

/** yaz-marcdump's line form, without the leader, which it repairs. */
function linesOf(record: MarcRecord): string[] {
  return record.fields.map((field) =>
    isDataField(field)
      ? `${field.tag} ${field.ind1}${field.ind2}${field.subfields.map(([code, value]) => ` $${code} ${value}`).join("")}`
      : `${field.tag} ${field.value}`,
  );
}

/** Records as lists of lines; remarks of yaz stand in parentheses. */
function yaz(file: string, marc8: boolean): string[][] {
  const convert = marc8 ? ["-f", "marc8", "-t", "utf8"] : [];
  const input = file.endsWith("xml") ? ["-i", "marcxml"] : [];
  const run = spawnSync("yaz-marcdump", [...input, ...convert, file], { maxBuffer: 2 ** 28 });
  return run.stdout
    .toString()
    .split("\n\n")
    .map((record) =>
      record
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith("("))
        .slice(1),
    )
    .filter((lines) => lines.length > 0);
}

/** Files in which every record is valid, but for what a note says. */
const files = [
  "koha/catalogue.mrc",
  "koha/catalogue-250.marcxml",
  "evergreen/jazz_1k.mrc",
  "evergreen/lul_fre_500.mrc",
  "evergreen/FSL.marc",
  "evergreen/oss.marc",
  "solrmarc/specTestRecs.mrc",
  "solrmarc/uva_001_2000.mrc",
  "marc4j/brkrtest.mrc",
  "marc4j/selectedRecs.mrc",
  "marc2bibframe2/nlm.xml",
  "marc2bibframe2/princeton.xml",
  "pymarc/marc.dat",
];

describeWithSharedData("valid files read like yaz-marcdump reads them", () => {
  if (!hasYaz) {
    test.skip("skipped: yaz-marcdump is not installed", () => undefined);
    return;
  }
  test.each(files.filter((file) => existsSync(sharedData("marc", file))))("%s", async (file) => {
    const path = sharedData("marc", file);
    const decoded = await readAll(readFileSync(path));
    const [plain, converted] = [yaz(path, false), yaz(path, true)];

    const differences = decoded.flatMap((one, index) => {
      if (!one.ok) return [[file, one.number, one.problem.code]];
      const unicode =
        file.endsWith("xml") ||
        one.record.leader.charAt(9) === "a" ||
        one.warnings.some(({ code }) => code === "encoding-flag");
      const theirs = (unicode ? plain : converted)[index]?.map(withoutControls).join("\n").normalize("NFC");
      const ours = linesOf(one.record).join("\n").normalize("NFC");
      return ours === theirs ? [] : [[file, one.number, ours, theirs]];
    });

    expect(differences).toEqual([]);
    expect(decoded).toHaveLength(plain.length);
  });
});
