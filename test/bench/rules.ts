/** The rules of the project's scenario sizes, for the subclasses of the synthetic library. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { hashed } from "../../connectors/demo/random.ts";
import { subclasses as allSubclasses } from "../../connectors/demo/subclasses.ts";
import { isClass } from "../../src/domain/call-number/index.ts";
import { seed } from "./library.ts";

/** Those that rules can name. */
export const subclasses = allSubclasses.filter((name) => isClass("lcc", name));
export const departments = 60;

/** Lines of each department's rules. */
export type Rules = Map<number, string[]>;

/** `more`: further lines of each department, and of the file before them. */
export function writeMapping(
  folder: string,
  name: string,
  rules: Rules,
  more: { readonly head?: string; readonly of?: (department: number) => readonly string[] } = {},
): void {
  mkdirSync(path.join(folder, name), { recursive: true });
  const text = [...rules].map(([department, own]) =>
    [
      `  d${String(department)}:`,
      `    name: Department ${String(department)}`,
      ...(more.of?.(department) ?? []),
      "    rules:",
      ...own,
    ].join("\n"),
  );
  writeFileSync(
    path.join(folder, name, "departments.yaml"),
    `${more.head ?? ""}departments:\n${text.join("\n")}\n`,
  );
}

export function addRule(rules: Rules, department: number, rule: string): void {
  const own = rules.get(department) ?? [];
  own.push(`      - ${rule}`);
  rules.set(department, own);
}

/** A quarter of the subclasses is shared by two, a twelfth by three, a seventh owned by none, a fifth has a narrow range. */
export function mappingOf(changed: boolean): Rules {
  const rules: Rules = new Map();
  for (const [index, name] of subclasses.entries()) {
    const chance = (what: number): number => hashed(seed, index, 50 + what);
    if (chance(0) < 1 / 7) continue;
    const isMoved = changed && index % 16 === 5;
    const first = (Math.floor(chance(1) * departments) + (isMoved ? 7 : 0)) % departments;
    const owners = chance(2) < 1 / 12 ? 3 : chance(2) < 1 / 3 ? 2 : 1;
    for (let n = 0; n < owners; n++) addRule(rules, (first + 11 * n) % departments, `lcc: ${name}`);
    if (chance(3) < 1 / 5) addRule(rules, (first + 23) % departments, `lcc: ${name}100-${name}499`);
  }
  return rules;
}
