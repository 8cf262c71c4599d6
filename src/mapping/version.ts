/** The version of a mapping: a hash of what decides in it, without positions and comments. */
import { createHash } from "node:crypto";
import { fractionText } from "../domain/weight.ts";
import type { CompiledFiles } from "./compiled.ts";
import type { Condition } from "./condition.ts";
import type { Rule, Weeding } from "./rule.ts";

const hexDigits = 16;

/**
 * The order of files, departments and rules counts only under the policy `first`. Names, groups, liaisons and their
 * addresses move no title: they are no part of the version.
 */
export function versionOf(compiled: CompiledFiles): string {
  const { rules, exclude, weeding, policy } = compiled;
  const inOrder = (texts: readonly string[]): readonly string[] =>
    policy.overlap === "first" ? texts : [...texts].sort();
  const content = {
    rules: inOrder(
      rules.map(({ id, rules: own, except }) =>
        JSON.stringify([id, inOrder(own.map(ruleText)), except.map(conditionText).sort()]),
      ),
    ),
    exclude: exclude.map(({ condition }) => conditionText(condition)).sort(),
    weeding: weeding.map(weedingText).sort(),
    policy: [policy.overlap, policy.evidence, [...policy.localClasses].sort()],
  };
  return createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, hexDigits);
}

/** Equal for rules that decide alike, department, place and order apart. */
export function ruleText(rule: Rule): string {
  return JSON.stringify([claimText(rule), fractionText(rule.share)]);
}

/** What a rule claims, whatever its share. */
export function claimText({ condition, unless, priority }: Rule): string {
  return JSON.stringify([conditionText(condition), unless.map(conditionText).sort(), String(priority)]);
}

/** Equal for conditions that hold for the same targets. */
export function conditionText({ ranges, ...rest }: Condition): string {
  // Without what it does not speak of: a key that a later version of the language brings changes no older mapping.
  const spoken = Object.entries(rest).filter(([, value]) => value !== null);
  const values = spoken.map(([key, value]) => [
    key,
    typeof value === "object" && value !== null
      ? [...value].map((part) => JSON.stringify(part)).sort()
      : value,
  ]);
  const bounds = ranges.map(({ scheme, list }) => [
    scheme,
    list.map(({ low, high }) => `${low} ${high}`).sort(),
  ]);
  return JSON.stringify([values, bounds]);
}

function weedingText({
  condition,
  ageYears,
  unusedYears,
  factors,
  mode,
  graceYears,
  protect,
}: Weeding): string {
  return JSON.stringify([
    conditionText(condition),
    ageYears,
    unusedYears,
    [...factors].sort(),
    mode,
    graceYears,
    protect === null ? null : [...protect].sort(),
  ]);
}
