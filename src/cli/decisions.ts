import { Argument } from "commander";
import { ConfigError } from "../domain/problem.ts";
import { groupOf, setsWith } from "../measures/groups.ts";
import { readSets } from "../store/queries/measures/sets.ts";
import { decisions as words, listDecided } from "../store/queries/worklists/decisions.ts";
import type { DecidedCopy } from "../store/queries/worklists/decisions.ts";
import { suggestion } from "../domain/spelling.ts";
import type { App } from "../app.ts";
import type { CliCommand, CliContext } from "./context.ts";
import { table } from "./table.ts";

interface Flags {
  readonly department?: string;
  readonly since?: string;
}

/** What came back from worklists, and how it gets into Koha: as lists of barcodes for its batch tools. */
export const decisions: CliCommand = {
  register: (program, context) => {
    const command = program.command("decisions").summary("what was decided on the copies of worklists");
    command
      .command("list")
      .summary("the last decision on every copy that is still here")
      .option("--department <id>", "only its copies")
      .option("--since <day>", "only decisions from this day on, such as 2026-10-01")
      .action((flags: Flags) =>
        context.withApp(async (app) => {
          const found = await decidedCopies(app, flags);
          context.print(found.map(shapeOf), () =>
            table(
              ["decision", "call number", "title", "barcode", "note", "decided", "by"],
              found.map((copy) => [
                copy.decision,
                copy.callNumber,
                copy.title,
                copy.barcode,
                copy.note,
                copy.decidedAt.slice(0, 10),
                copy.author,
              ]),
            ),
          );
        }),
      );
    command
      .command("barcodes")
      .summary("barcodes of the copies with one decision, a line each, for Koha's batch tools")
      .addArgument(new Argument("<decision>", "which").choices(words))
      .option("--department <id>", "only its copies")
      .option("--since <day>", "only decisions from this day on, such as 2026-10-01")
      .addHelpText(
        "after",
        "\nExample:\n  liaison decisions barcodes withdraw --department physics > withdraw.txt\n  (then in Koha: Cataloging, Batch item deletion or modification, Barcode file)",
      )
      .action((decision: string, flags: Flags) =>
        context.withApp(async (app) => {
          const found = (await decidedCopies(app, flags)).filter((copy) => copy.decision === decision);
          printBarcodes(context, found);
        }),
      );
  },
};

async function decidedCopies(app: App, { department, since }: Flags): Promise<DecidedCopy[]> {
  if (since !== undefined && !/^\d{4}-\d\d-\d\d$/.test(since))
    throw new ConfigError([{ code: "USAGE", what: `"${since}" is no day`, cure: "write it as 2026-10-01" }]);
  return app.store.read(async (reader) => {
    const sets = await readSets(reader);
    const setIds = department === undefined ? null : setsWith(sets, [groupOf(department, [department])]);
    if (department !== undefined && setIds?.length === 0) await refuseUnknown(app, department);
    const found = await listDecided(reader, setIds);
    return found.filter(({ decidedAt }) => since === undefined || decidedAt >= since);
  });
}

/** One that owns nothing has no decisions; one that is not there was misspelt. */
async function refuseUnknown(app: App, department: string): Promise<void> {
  const known = [...(await app.mapping()).mapping.departments.keys()];
  if (known.includes(department)) return;
  const meant = suggestion(department, known);
  throw new ConfigError([
    {
      code: "UNKNOWN_DEPARTMENT",
      what: `there is no department "${department}" in the mapping`,
      cure: meant === null ? `known: ${known.join(", ") || "none"}` : `did you mean "${meant}"?`,
    },
  ]);
}

function printBarcodes(context: CliContext, found: readonly DecidedCopy[]): void {
  const without = found.filter(({ barcode }) => barcode === null);
  const barcodes = found.flatMap(({ barcode }) => barcode ?? []);
  context.print({ barcodes, withoutBarcode: without.map(shapeOf) }, () => barcodes.join("\n"));
  if (without.length === 0) return;
  const names = without.map(({ item, title }) => `${item} (${title})`).join(", ");
  context.say(`${String(without.length)} without a barcode are not in the list: ${names}`);
  context.exit(3);
}

function shapeOf(copy: DecidedCopy) {
  const { source, item, barcode, callNumber, title, decision, note, decidedAt, author } = copy;
  return { source, item, barcode, callNumber, title, decision, note, decidedAt, author };
}
