import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { driverOf } from "./drivers.ts";
import type { NumberChange } from "./drivers.ts";

const minBase = 20;
const lcc = (start: string, before: number, now: number): NumberChange => ({
  scheme: "lcc",
  start,
  before,
  now,
});
const ddc = (start: string, before: number, now: number): NumberChange => ({
  scheme: "ddc",
  start,
  before,
  now,
});

function told(changes: readonly NumberChange[], others = { before: 0, now: 0 }): string | null {
  const sum = (of: "before" | "now"): number =>
    changes.reduce((total, change) => total + change[of], others[of]);
  return driverOf(changes, { before: sum("before"), now: sum("now") }, minBase);
}

describe("what drives a change", () => {
  test("is told as the numbers in use of the class that makes most of it", () => {
    const spectroscopy = [lcc("QC 0450.", 10, 30), lcc("QC 0467-", 10, 35)];
    const rest = [lcc("QC 0178-", 60, 62), lcc("QB 0043.", 40, 41)];

    expect(told([...spectroscopy, ...rest])).toBe("QC 450–467");
  });

  test("is a whole class of letters when no hundred of it makes most of the change", () => {
    const astronomy = [lcc("QB 0043.", 10, 30), lcc("QB 0500.", 10, 30), lcc("QB 0801-", 10, 30)];
    const rest = [lcc("QC 0178-", 100, 100)];

    expect(told([...astronomy, ...rest])).toBe("QB");
  });

  test("is the finest level of Dewey that explains it", () => {
    const rest = [ddc("510.2", 90, 90), ddc("823,SMI", 50, 50)];

    expect(told([ddc("537.1", 20, 60), ddc("531,ABC", 20, 22), ...rest])).toBe("537");
    expect(told([ddc("537.1", 20, 40), ddc("531,ABC", 20, 40), ...rest])).toBe("530–539");
  });

  test("of a fall is what fell", () => {
    expect(told([lcc("QC 0450.", 60, 15), lcc("QC 0178-", 60, 55)])).toBe("QC 450");
  });

  test("is nothing when everything rises alike", () => {
    expect(told([lcc("QC 0450.", 100, 150), lcc("QC 0178-", 50, 75)])).toBeNull();
  });

  test("is nothing when it has the whole collection to itself", () => {
    expect(told([lcc("QC 0450.", 50, 150)])).toBeNull();
  });

  test("is nothing when the part is a handful, or moves as chance would move it", () => {
    expect(told([lcc("QC 0450.", 2, 12), lcc("QC 0178-", 100, 100)])).toBeNull();
    expect(told([lcc("QC 0450.", 100, 115), lcc("QC 0178-", 400, 400)])).toBeNull();
  });

  test("is nothing when what has no call number explains the change", () => {
    expect(told([lcc("QC 0450.", 20, 30), lcc("QC 0178-", 40, 40)], { before: 20, now: 120 })).toBeNull();
  });

  test("always moves in the direction of the whole", () => {
    const number = fc.record({
      scheme: fc.constantFrom("lcc", "ddc", "udc", "other"),
      start: fc.constantFrom("QC 0450.", "QC 0178-", "QB 0043.", "537.1", "531,A", "53(07)", "FIC"),
      before: fc.nat(200),
      now: fc.nat(200),
    });
    fc.assert(
      fc.property(fc.array(number, { maxLength: 12 }), (changes) => {
        const driver = told(changes);
        if (driver === null) return;
        const change = changes.reduce((sum, { before, now }) => sum + now - before, 0);
        expect(change).not.toBe(0);
        expect(changes.some(({ before, now }) => (now - before) * change > 0)).toBe(true);
      }),
    );
  });
});
