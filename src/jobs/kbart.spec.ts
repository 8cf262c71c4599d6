import { expect, test } from "@jest/globals";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runLiaison } from "../../test/support/run-cli.ts";

test("liaison kbart names each defect with row and cure, and writes the list put right", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "kbart-"));
  const [file, out] = [path.join(folder, "list.txt"), path.join(folder, "out.txt")];
  writeFileSync(
    file,
    'publication_title\tonline_identifier\ttitle_id\n"fÃ¼r"\t00280836\tx\nB\t1234-5678\ty\n',
  );

  const answer = await runLiaison(["kbart", file, "--out", out]);

  expect(answer.code).toBe(3);
  expect(answer.stdout).toContain(
    'list.txt:2: publication_title "fÃ¼r" is read as "für" (write it so, in UTF-8)',
  );
  expect(answer.stdout).toContain('list.txt:3: "1234-5678" is no online_identifier');
  const [head, first] = readFileSync(out, "utf8").split("\n");
  expect(head?.split("\t")).toHaveLength(25);
  expect(first?.split("\t").slice(0, 3)).toEqual(["für", "", "0028-0836"]);
});
