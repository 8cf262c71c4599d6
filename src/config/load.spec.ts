import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { inspect } from "node:util";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { z } from "zod";
import { email } from "../../connectors/email/index.ts";
import { fileDelivery } from "../../connectors/file-delivery/index.ts";
import { ConfigError, problemText } from "../domain/problem.ts";
import { secretField } from "../kit/secret.ts";
import type { Secret } from "../kit/secret.ts";
import { readDefinitions } from "./definitions.ts";
import { findConfig, loadConfig } from "./load.ts";
import type { Config } from "./load.ts";

const koha = {
  config: z.strictObject({
    type: z.literal("koha"),
    url: z.url(),
    schedule: z.string().optional(),
    auth: z.strictObject({ clientId: z.string(), clientSecret: secretField("Its secret") }),
  }),
};
const schemas = {
  sources: { koha: () => Promise.resolve(koha) },
  deliveries: { email: () => Promise.resolve(email), file: () => Promise.resolve(fileDelivery) },
};

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "liaison-config-"));
  file = path.join(folder, "liaison.yaml");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function load(text: string, environment: Record<string, string> = {}): Promise<Config> {
  writeFileSync(file, text);
  return loadConfig(file, schemas, environment);
}

/** As `line:column: what (cure)`. */
async function problemsIn(text: string): Promise<string[]> {
  try {
    await load(text);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((problem) => problemText(problem).replace(`${file}:`, ""));
  }
  return [];
}

const library = "library: { name: Library, timezone: Europe/Berlin, currency: EUR }\n";
const mail = `${library}deliveries:\n  mail:\n    type: email\n    from: Library <library@example.edu>\n`;

test("a small configuration is filled with defaults, and frozen", async () => {
  const config = await load(library);

  expect(config).toMatchObject({
    library: { site: "main", academicYearStart: "10-01", fiscalYearStart: "01-01" },
    store: `sqlite:${path.join(folder, "data/liaison.db")}`,
    mappings: path.join(folder, "mappings"),
    reports: path.join(folder, "reports"),
    sentences: path.join(folder, "sentences"),
    web: { listen: "127.0.0.1:8080" },
    privacy: { smallCell: 5 },
    measures: { minBase: { percent: 10, change: 20 }, correctionDays: 45, holdsPerCopy: 3 },
    guards: { vanishPercent: 5 },
    retention: { outboxDays: 400 },
  });
  expect(Object.isFrozen(config) && Object.isFrozen(config.measures.minBase)).toBe(true);
});

test.each([
  ["an unknown key", `${library}shedule: x\n`, '2:1: unknown key "shedule"'],
  [
    "one that is nearly right",
    `${library}deliverys: {}\n`,
    '2:1: unknown key "deliverys" (did you mean "deliveries"?)',
  ],
  [
    "one far below",
    `${library}measures:\n  minBase:\n    persent: 3\n`,
    '4:5: unknown key "persent" (did you mean "percent"?)',
  ],
  [
    "a missing library",
    "store: sqlite:x.db\n",
    '1:1: "library" is missing (add the key "library": The library)',
  ],
  [
    "a missing name",
    "library: { timezone: UTC, currency: EUR }\n",
    '1:10: "library.name" is missing (add the key "name": As readers know it)',
  ],
  [
    "an unknown zone",
    library.replace("Europe/Berlin", "Europe/Berlim"),
    '1:37: "library.timezone": this is no time zone',
  ],
  ["an unknown currency", library.replace("EUR", "EURO"), '1:62: "library.currency": this is no currency'],
  [
    "an address beyond this machine",
    `${library}web: { listen: "0.0.0.0:8080" }\n`,
    '2:16: "web.listen": only an address of this machine',
  ],
  [
    "a connector that is not there",
    `${library}sources: { k: { type: kohha } }\n`,
    '2:23: there is no connector "kohha" among the sources (did you mean "koha"?)',
  ],
  [
    "a secret in clear",
    `${library}sources:\n  koha:\n    type: koha\n    url: https://staff.example.edu\n    auth: { clientId: a, clientSecret: hunter2 }\n`,
    '6:40: "sources.koha.auth.clientSecret" holds a secret in clear (write { env: NAME } or { file: PATH })',
  ],
  [
    "a password in clear",
    `${mail}    smtp: { host: smtp.example.edu, user: a, password: hunter2 }\n`,
    '6:56: "deliveries.mail.smtp.password" holds a secret in clear',
  ],
  [
    "an unknown key of a connector",
    `${mail}    smtp: { host: h, prot: 25 }\n`,
    '6:22: unknown key "prot" (did you mean "port"?)',
  ],
  [
    "an address that is none",
    `${mail.replace("library@", "library at ")}    smtp: { host: h }\n`,
    '5:11: "deliveries.mail.from": this is no mail address',
  ],
  [
    "a schedule that is none",
    `${library}sources:\n  koha: { type: koha, url: "https://x.example", schedule: "0 25 * * *", auth: { clientId: a, clientSecret: { env: X } } }\n`,
    '3:59: "0 25 * * *" is no schedule: "25" is no hour (0 to 23)',
  ],
  ["YAML that is none", `${library}web: [\n`, "Flow sequence"],
  ["the same key twice", `${library}store: sqlite:a\nstore: sqlite:b\n`, "3:1: Map keys must be unique"],
])("%s is named with its place and its cure", async (_, text, expected) => {
  const problems = await problemsIn(text);

  expect(problems.join("\n")).toContain(expected);
});

test("all problems are told at once, those of connectors among them", async () => {
  const problems = await problemsIn(
    `library: { name: "", timezone: Mars, currency: EUR }\nwebb: {}\ndeliveries:\n  files: { type: file }\n`,
  );

  expect(problems).toHaveLength(4);
});

test("a secret in clear is not repeated by the message", async () => {
  const problems = await problemsIn(`${mail}    smtp: { host: h, user: a, password: hunter2 }\n`);

  expect(problems.join()).not.toContain("hunter2");
});

test("a secret comes from the environment or a file, when it is used, and prints as stars", async () => {
  writeFileSync(path.join(folder, "secret.txt"), "from a file\n");
  const text = (password: string): string => `${mail}    smtp: { host: h, user: a, password: ${password} }\n`;
  const passwordOf = (config: Config): Secret =>
    (config.deliveries[0]?.config as { smtp: { password: Secret } }).smtp.password;

  const byEnvironment = await load(text("{ env: SMTP_PASSWORD }"), { SMTP_PASSWORD: "from outside" });
  const byFile = await load(text("{ file: secret.txt }"));
  const missing = await load(text("{ env: NOT_THERE }"));

  expect(passwordOf(byEnvironment).reveal()).toBe("from outside");
  expect(passwordOf(byFile).reveal()).toBe("from a file");
  expect(() => passwordOf(missing).reveal()).toThrow("the environment variable NOT_THERE is not set");
  expect(JSON.stringify(byEnvironment) + inspect(byEnvironment, { depth: 9 })).not.toContain("from outside");
});

test("aliases cannot make a small file large", async () => {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let n = 1; n < 8; n++)
    lines.push(
      `a${n}: &a${n} [${Array(10)
        .fill(`*a${n - 1}`)
        .join(", ")}]`,
    );

  const problems = await problemsIn(`${library}${lines.join("\n")}\n`);

  expect(problems.join()).toContain("alias");
});

test("says where it looked when there is no configuration", () => {
  expect(() => findConfig(path.join(folder, "none.yaml"))).toThrow('make one with "liaison init"');
});

const Definition = z.strictObject({ id: z.string(), schedule: z.string(), deliveries: z.array(z.string()) });

test("definitions are read in name order, and their problems named", () => {
  const reports = path.join(folder, "reports");
  mkdirSync(reports);
  const write = (name: string, text: string): void => {
    writeFileSync(path.join(reports, name), text);
  };
  write("b.yaml", 'id: weekly\nschedule: "0 7 * * mon"\ndeliveries: [mail]\n');
  write("a.yaml", 'id: monthly\nschedule: "0 7 1 * *"\ndeliveries: []\n');
  expect(readDefinitions(reports, Definition, ["mail"]).map(({ id }) => id)).toEqual(["monthly", "weekly"]);

  write("c.yaml", 'id: weekly\nschedule: "0 7 32 * *"\ndeliveries: [pigeon]\nshedule: x\n');
  expect(() => readDefinitions(reports, Definition, ["mail"])).toThrow(/c\.yaml:4:1: unknown key "shedule"/);
  write("c.yaml", 'id: weekly\nschedule: "0 7 32 * *"\ndeliveries: [pigeon]\n');
  expect(() => readDefinitions(reports, Definition, ["mail"])).toThrow(
    /c\.yaml:1:5: the id "weekly" is taken[\s\S]*c\.yaml:2:11: [\s\S]*c\.yaml:3:14: there is no delivery "pigeon"/,
  );
});
