/** The same report twice, in every form: the same bytes. */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { newInstallation } from "../support/installation.ts";
import type { Installation } from "../support/installation.ts";

let installation: Installation;
let folder: string;

beforeAll(async () => {
  installation = newInstallation();
  installation.configure({ url: "http://127.0.0.1:9" });
  folder = mkdtempSync(path.join(tmpdir(), "liaison-same-"));
  const record = `<record><leader>00000nam a2200000 a 4500</leader><controlfield tag="001">1</controlfield>
<datafield tag="050" ind1=" " ind2=" "><subfield code="a">QC1 .A1</subfield></datafield>
<datafield tag="245" ind1=" " ind2=" "><subfield code="a">物理学 &amp; "Optics"</subfield></datafield>
<datafield tag="952" ind1=" " ind2=" "><subfield code="a">MAIN</subfield><subfield code="d">2026-10-12</subfield><subfield code="o">QC1 .A1</subfield><subfield code="2">lcc</subfield><subfield code="9">11</subfield></datafield></record>`;
  const file = installation.write(
    "catalogue.xml",
    `<collection xmlns="http://www.loc.gov/MARC21/slim">${record}</collection>`,
  );
  expect(await installation.run(["import", file, "--format", "marcxml"])).toMatchObject({ code: 0 });
});
afterAll(() => {
  installation.remove();
  rmSync(folder, { recursive: true });
});

async function made(format: string, out: string): Promise<Buffer> {
  const args = ["report", "run", "monthly", "--department", "physics", "--period", "2026-10"];
  const run = await installation.run([...args, "--format", format, "--out", out]);
  expect(run).toMatchObject({ code: 0 });
  const [name = ""] = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return readFileSync(name);
}

test.each(["html", "text", "json", "csv", "xlsx", "pdf", "eml"])("a report as %s", async (format) => {
  const first = await made(format, path.join(folder, `${format}-1`));
  const second = await made(format, path.join(folder, `${format}-2`));
  expect(first.length).toBeGreaterThan(100);
  expect(second.equals(first)).toBe(true);
});

test("the report as JSON is as its published schema says", async () => {
  const schema = JSON.parse(readFileSync("docs/reference/report.json-schema.json", "utf8")) as object;
  const validate = new Ajv2020({ strict: false }).compile(schema);
  const report = JSON.parse((await made("json", path.join(folder, "schema"))).toString()) as unknown;

  validate(report);

  expect(validate.errors).toBeNull();
  expect(validate({ ...(report as object), sections: [{}] })).toBe(false);
});
