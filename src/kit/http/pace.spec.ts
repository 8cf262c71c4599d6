import { expect, test } from "@jest/globals";
import { createPace } from "./pace.ts";
import type { Pace } from "./pace.ts";

function window(pace: Pace, latencyMs: number, sizeBytes = 100_000, path = "/api/v1/items"): number {
  let allowed = 0;
  for (let n = 0; n < 8; n += 1) allowed = pace.after(path, sizeBytes, latencyMs);
  return allowed;
}

test("falls to one request when latency has more than doubled, and comes back when it is calm", () => {
  const pace = createPace(2);

  expect([300, 350, 800, 700, 380].map((ms) => window(pace, ms))).toEqual([2, 2, 1, 1, 2]);
});

test("does not compare a short answer with a long one, nor one path with another", () => {
  const pace = createPace(2);

  expect(window(pace, 20, 500)).toBe(2);
  expect(window(pace, 900, 900_000)).toBe(2);
  expect(window(pace, 900, 500, "/api/v1/biblios")).toBe(2);
});

test("ignores differences that this machine makes itself", () => {
  const pace = createPace(2);

  expect([2, 40].map((ms) => window(pace, ms))).toEqual([2, 2]);
});

test("tries with all again when the other side has become slower for good", () => {
  const pace = createPace(2);
  window(pace, 300);

  const allowed = Array.from({ length: 12 }, () => window(pace, 900));

  expect(allowed[0]).toBe(1);
  expect(allowed.at(-1)).toBe(2);
});
