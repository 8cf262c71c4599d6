import { expect, test } from "@jest/globals";
import { Secret } from "../../src/kit/secret.ts";
import { bigPage, Config } from "./config.ts";

const minimal = {
  url: "https://staff.example.edu",
  auth: { clientId: "liaison", clientSecret: new Secret("s") },
};

test("needs an address and a key, and has a default for everything else", () => {
  expect(Config.parse(minimal)).toMatchObject({ history: "5y", pageSize: 100, concurrency: 2 });
  expect(bigPage(Config.parse(minimal))).toBe(500);
  expect(bigPage(Config.parse({ ...minimal, pageSize: 20 }))).toBe(100);
});

test.each([
  ["a secret in clear", { ...minimal, auth: { clientId: "liaison", clientSecret: "s" } }],
  ["an unknown key", { ...minimal, shedule: "* * * * *" }],
  ["an address that is none", { ...minimal, url: "staff.example.edu" }],
  ["a history without unit", { ...minimal, history: "5" }],
  ["half of each way to log in", { ...minimal, auth: { clientId: "liaison", password: new Secret("s") } }],
])("refuses %s", (_, section) => {
  expect(Config.safeParse(section).success).toBe(false);
});
