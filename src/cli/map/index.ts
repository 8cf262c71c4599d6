import type { CliCommand } from "../context.ts";
import { registerApply } from "./apply.ts";
import { registerCheck } from "./check.ts";
import { registerCoverage } from "./coverage.ts";
import { registerDiff } from "./diff.ts";
import { registerExplain } from "./explain.ts";
import { registerHistory } from "./history.ts";
import { registerExport, registerImport } from "./sheet.ts";
import { registerSuggest } from "./suggest.ts";
import { registerTest } from "./test.ts";

export const map: CliCommand = {
  register: (program, context) => {
    const command = program.command("map").summary("which part of the collection each department owns");
    registerCheck(command, context);
    registerTest(command, context);
    registerExplain(command, context);
    registerCoverage(command, context);
    registerDiff(command, context);
    registerApply(command, context);
    registerSuggest(command, context);
    registerHistory(command, context);
    registerExport(command, context);
    registerImport(command, context);
  },
};
