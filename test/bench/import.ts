/** The whole pipeline from a MARC file into the store, beside readers that merely parse the same file. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeCorpus } from "./corpus.ts";
import { line, measure } from "./measure.ts";
import type { Taken } from "./measure.ts";

/** What an installed package runs. */
const main = path.resolve(import.meta.dirname, "../../dist/src/main.js");
const compiler = path.resolve(import.meta.dirname, "../../node_modules/typescript/bin/tsc");
const project = path.resolve(import.meta.dirname, "../../tsconfig.build.json");
const mappings = path.resolve(import.meta.dirname, "../../mappings");

const parseIso = `use MARC::Batch; my $b = MARC::Batch->new('USMARC', $ARGV[0]); $b->strict_off; $b->warnings_off;
  my $n = 0; while (my $r = $b->next) { for my $f ($r->fields) { $n += $f->is_control_field ? 1 : scalar($f->subfields) } } print "$n\\n"`;
const parseXml = `use MARC::Batch; use MARC::File::XML (BinaryEncoding => 'utf8', RecordFormat => 'MARC21');
  my $b = MARC::Batch->new('XML', $ARGV[0]);
  my $n = 0; while (my $r = $b->next) { for my $f ($r->fields) { $n += $f->is_control_field ? 1 : scalar($f->subfields) } } print "$n\\n"`;

export async function benchImport(records: number): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "liaison-bench-"));
  try {
    await build();
    const [iso, xml] = [path.join(folder, "corpus.mrc"), path.join(folder, "corpus.xml")];
    await writeCorpus(iso, xml, records);
    console.log(
      `\nImport of ${records.toLocaleString("en")} records with their items, whole pipeline, beside mere parsing`,
    );
    await beside("ISO 2709", iso, records, parseIso, [iso], folder, 5);
    await beside("MARCXML", xml, records, parseXml, ["-i", "marcxml", xml], folder, 2.5);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function build(): Promise<void> {
  const built = await measure(process.execPath, [compiler, "-p", project]);
  if (built.code !== 0) throw new Error(`the build ended with ${built.code}: ${built.stdout}`);
}

async function beside(
  name: string,
  file: string,
  records: number,
  perl: string,
  yaz: readonly string[],
  folder: string,
  target: number,
): Promise<void> {
  const dump = await measure("yaz-marcdump", yaz, { keepOutput: false });
  const batch = await measure("perl", ["-e", perl, file], { keepOutput: false });
  const own = await importFile(file, path.join(folder, name.replace(" ", "")));
  console.log(line(`${name}: yaz-marcdump, parsing`, dump, records));
  console.log(line(`${name}: MARC::Record, parsing`, batch, records));
  console.log(line(`${name}: liaison import, into the store`, own, records));
  const ratio = batch.wallMs / own.wallMs;
  console.log(
    `${name}: ${ratio.toFixed(1)} × MARC::Record merely parsing (at least ${target}); peak ${own.peakMb.toFixed(0)} MB (at most 250)`,
  );
}

export async function importFile(file: string, folder: string): Promise<Taken> {
  const config = `${folder}.yaml`;
  writeFileSync(
    config,
    `library: { name: Bench, timezone: Europe/Berlin, currency: EUR }\nstore: sqlite:${folder}.db\nmappings: ${mappings}\n`,
  );
  const taken = await measure(process.execPath, [
    "--max-semi-space-size=2",
    "--max-old-space-size=768",
    main,
    "--config",
    config,
    "--json",
    "import",
    file,
  ]);
  if (taken.code !== 0 && taken.code !== 3)
    throw new Error(`the import ended with ${taken.code}: ${taken.stderr}`);
  return taken;
}
