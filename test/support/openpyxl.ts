/** A spreadsheet as another program than ours opens, edits and saves it: openpyxl, from Debian. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { test } from "@jest/globals";

const python = "/usr/bin/python3";

/** A test with openpyxl; where it is not installed, a skipped one says so by name. */
export const testWithOpenpyxl = (name: string, run: () => Promise<void>): void => {
  if (existsSync("/usr/lib/python3/dist-packages/openpyxl")) test(name, run);
  else test.skip(`${name} (skipped: the Debian package python3-openpyxl is not installed)`, run);
};

/** Runs Python on an open workbook `book`, saves it, and returns what the script printed. */
export function editWorkbook(file: string, script: string): string {
  const program = `import openpyxl, json, warnings\nwarnings.simplefilter("ignore")\nbook = openpyxl.load_workbook(${JSON.stringify(file)})\n${script}\nbook.save(${JSON.stringify(file)})\n`;
  return execFileSync(python, ["-"], { input: program, encoding: "utf8" });
}
