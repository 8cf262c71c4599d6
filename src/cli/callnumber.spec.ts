import { execFile } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Readable, Writable } from "node:stream";
import { describe, expect, test } from "@jest/globals";
import { registry } from "../../connectors/index.ts";
import { runLiaison } from "../../test/support/run-cli.ts";
import { readLines } from "./lines.ts";
import { runCli } from "./run.ts";

const shelf = "QA76.9 .D3 v.10\r\nQA76.9 .D3 v.2\r\nno number\nQA9 .B3\n";

describe("the shelf-order tools", () => {
  test("key: a line out for each line in, and which were none, with 3", async () => {
    const { code, stdout, stderr } = await runLiaison(["callnumber", "key", "--scheme", "lcc"], {
      stdin: shelf,
    });

    expect(stdout).toBe("QA 0076.9-D3,V 000010\nQA 0076.9-D3,V 000002\n\nQA 0009-B3\n");
    expect(stderr).toBe('line 3: "no number" is no call number of the scheme lcc\n');
    expect(code).toBe(3);
  });

  test("sort: shelf order, what is no number last as it came", async () => {
    const { stdout } = await runLiaison(["callnumber", "sort", "--scheme", "lcc"], { stdin: `z\n${shelf}y` });

    expect(stdout).toBe("QA9 .B3\nQA76.9 .D3 v.2\nQA76.9 .D3 v.10\nz\nno number\ny\n");
  });

  test("parse: an object per line with --json, else words", async () => {
    const asJson = await runLiaison(["callnumber", "parse", "--json"], { stdin: "823/.914 SMI\n \n" });
    const asText = await runLiaison(["callnumber", "parse"], {
      stdin: "REF QA76.9 .D3 1999\n823/.914 SMI\n",
    });

    expect(asJson.stdout.split("\n").map((line) => (line === "" ? null : JSON.parse(line)))).toEqual([
      expect.objectContaining({ input: "823/.914 SMI", valid: true, scheme: "ddc", cls: "823", rest: "SMI" }),
      { input: " ", valid: false },
      null,
    ]);
    expect(asJson.stderr).toBe("line 2: blank\n");
    expect(asText.stdout).toBe(
      "REF QA76.9 .D3 1999: lcc, prefix REF, class QA, number 76.9, cutter D3, date 1999\n" +
        "823/.914 SMI: ddc, number 823.914, rest SMI\n",
    );
  });

  test("range: in, out or invalid per line", async () => {
    const { stdout, code } = await runLiaison(["callnumber", "range", "QA76-QA80"], { stdin: shelf });

    expect(stdout).toBe("in\nin\ninvalid\nout\n");
    expect(code).toBe(3);
  });

  test("a range that is none is refused before a line is read", async () => {
    const { stdout, stderr, code } = await runLiaison(["callnumber", "range", "Q-QA"], { stdin: shelf });

    expect([stdout, code]).toEqual(["", 2]);
    expect(stderr).toContain("list them: Q, QA");
  });

  test("a mark of byte order, and the lack of a last line end, change nothing", async () => {
    const { stdout } = await runLiaison(["callnumber", "key"], { stdin: "\ufeffQA9 .B3\nQA76 .é3" });

    expect(stdout.split("\n")[0]).toBe("QA 0009-B3");
    expect(stdout.split("\n")).toHaveLength(3);
  });

  test("read no faster than they are written on", async () => {
    let asked = 0;
    const stdin = Readable.from(
      (function* () {
        for (; asked < 1000; asked++) yield "QA76 .B3 1999\n".repeat(200);
      })(),
      { highWaterMark: 1 },
    );
    let written = 0;
    const stdout = new Writable({
      highWaterMark: 1000,
      write: (_, __, done) => {
        written++;
        if (written < 5) done();
      },
    });

    void runCli(["callnumber", "key"], {
      registry,
      importFile: () => {
        throw new Error("nothing is imported");
      },
      startDemo: () => Promise.reject(new Error("no demo")),
      environment: {},
      stdin,
      stdout,
      stderr: new Writable({ write: (_, __, done) => void done() }),
      signal: new AbortController().signal,
    });
    await sleep(200);

    expect(written).toBe(5);
    expect(asked).toBeLessThan(12);
  });

  test("end without an error when their reader has enough", async () => {
    const main = path.resolve(import.meta.dirname, "../main.ts");
    const command = `yes 'QA76 .B3' | '${process.execPath}' '${main}' callnumber key | head -n 1`;

    const shown = await new Promise<string>((resolve, reject) => {
      execFile("sh", ["-c", command], { env: { PATH: process.env["PATH"] } }, (error, stdout, stderr) => {
        if (error === null) resolve(`${stdout}${stderr}`);
        else reject(error);
      });
    });

    expect(shown).toBe("QA 0076-B3\n");
  });
});

describe("lines", () => {
  async function texts(chunks: readonly (string | Buffer)[], signal = new AbortController().signal) {
    const found: string[] = [];
    const context = { stdin: Readable.from(chunks), signal, say: () => undefined };
    for await (const lines of readLines(context)) found.push(...lines.map(({ number, text }) => `${String(number)} ${text}`)); // prettier-ignore
    return found;
  }

  test("are the same however the chunks were cut, letters of several bytes too", async () => {
    const bytes = Buffer.from("aé1\r\n\nbü2\nc");

    for (let at = 0; at <= bytes.length; at++) {
      expect(await texts([bytes.subarray(0, at), bytes.subarray(at)])).toEqual([
        "1 aé1",
        "2 ",
        "3 bü2",
        "4 c",
      ]);
    }
  });

  test("without an end are refused", async () => {
    await expect(texts(["QA1\n", "x".repeat(100_001)])).rejects.toThrow("standard input, line 2");
  });

  test("end when the work is stopped", async () => {
    const stopping = new AbortController();
    const stdin = new Readable({ read: () => undefined });
    const read = readLines({ stdin, signal: stopping.signal, say: () => undefined }).next();
    stopping.abort();

    await expect(read).rejects.toThrow("stopped on request");
  });
});
