import { inspect } from "node:util";
import { expect, test } from "@jest/globals";
import { Secret } from "./secret.ts";

test("shows its value nowhere but in reveal", () => {
  const secret = new Secret("hunter2");

  expect(secret.reveal()).toBe("hunter2");
  expect(`${String(secret)} ${JSON.stringify({ secret })} ${inspect({ secret })}`).not.toContain("hunter2");
});
