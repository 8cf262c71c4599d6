import { expect, test } from "@jest/globals";
import { createSeen } from "./seen.ts";

test("knows what was there before, among many", () => {
  const seen = createSeen();

  const first = Array.from({ length: 50_000 }, (_, index) => seen.add(`ocm${String(index)}`));
  const second = Array.from({ length: 50_000 }, (_, index) => seen.add(`ocm${String(index)}`));

  expect([first.includes(true), second.includes(false)]).toEqual([false, false]);
});
