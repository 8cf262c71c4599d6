import { writeFileSync } from "node:fs";
import { ConfigError } from "../domain/problem.ts";
import { defectLine, examineKbart } from "../jobs/kbart.ts";
import type { CliCommand, CliContext } from "./context.ts";

interface Flags {
  readonly out?: string;
}

/** Needs no configuration. */
export const kbart: CliCommand = {
  register: (program, context) => {
    program
      .command("kbart")
      .argument("<file>", "title list in the form of KBART; - for standard input")
      .summary("what is wrong with a title list, and the list put right")
      .description("Names every defect of a KBART list with its row, column, value and cure.")
      .option("--out <file>", "write the corrected list: 25 columns in order, UTF-8")
      .addHelpText(
        "after",
        "\nExamples:\n  liaison kbart ACME_GLOBAL_ALL_2026-01-31.txt\n  liaison kbart list.txt --out corrected.txt\n\nEnds with 3 when a cell, or a row, could not be read as meant.",
      )
      .action((file: string, flags: Flags) => runKbart(context, file, flags));
  },
};

async function runKbart(context: CliContext, file: string, { out }: Flags): Promise<void> {
  const { corrected, ...list } = await examineKbart(file, context.stdin as AsyncIterable<Uint8Array>);
  if (out !== undefined) write(out, corrected);
  const lost = list.defects.filter(({ mended }) => !mended).length + list.unusable.length;
  context.print({ ...list, ...(out !== undefined && { out }) }, () =>
    [
      ...list.defects.map((defect) => defectLine(defect, list.file)),
      ...list.unusable.map((row) => `${list.file}:${String(row)}: neither title nor identifier (left out)`),
      `${String(list.titles)} titles in ${String(list.rows)} rows; ${String(list.defects.length)} defects, ${String(lost)} of them not mended${out === undefined ? "" : `; corrected: ${out}`}`,
    ].join("\n"),
  );
  if (lost > 0) context.exit(3);
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigError([
      {
        code: "FILE_UNWRITABLE",
        what: "the corrected list cannot be written",
        where: file,
        why,
        cure: "check the path",
      },
    ]);
  }
}
