/**
 * `npm run oracle [-- demo|small|medium [measure …]]`: every figure that Koha's own tables can give, by an independent
 * SQL over them in MariaDB, beside ours. Ends with 1 when one differs.
 */
import { nameOf, oracleCases, unknownToRest } from "./cases.ts";
import { hasMariaDb } from "./mariadb.ts";
import { makeWorld, wordsFor } from "./world.ts";
import type { Scale } from "./library.ts";

const scales: readonly Scale[] = ["demo", "small", "medium"];
const [, , word = "demo", ...only] = process.argv;
const scale = scales.find((name) => name === word);
if (scale === undefined) throw new Error(`no library "${word}": ${scales.join(", ")}`);
if (!hasMariaDb()) throw new Error("the Debian package mariadb-server is not installed");

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
const world = await makeWorld(scale, wordsFor(scale));
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const line = (...cells: readonly (string | number)[]): void => {
  const [name = "", ...counts] = cells;
  say(`${String(name).padEnd(32)}${counts.map((cell) => String(cell).padStart(12)).join("")}`);
};
let different = 0;
try {
  line("measure", "compared", "not nothing", "equal", "different");
  for (const measureCase of oracleCases.filter(
    ({ measure }) => only.length === 0 || only.includes(measure),
  )) {
    const { cells, told, differences } = await world.compare(measureCase);
    const differing = new Set(
      differences.map(({ period, subject }) => `${period} ${subject.split(",")[0] ?? ""}`),
    );
    line(nameOf(measureCase), cells, told, cells - differing.size, differing.size);
    for (const { period, subject, ours, sql } of differences.slice(0, 5))
      say(`  ${period} ${subject}: ours ${JSON.stringify(ours)}, SQL ${JSON.stringify(sql)}`);
    different += differing.size;
  }
  say("\ncannot be known by REST:");
  for (const [measure, why] of Object.entries(unknownToRest)) say(`  ${measure}: ${why}`);
  for (const [what, count] of world.unknown) if (count > 0) say(`  ${String(count)} ${what}`);
} finally {
  await world.close();
}
process.exitCode = different === 0 ? 0 : 1;
