/** A folder of YAML files with one definition each, such as reports: every problem at once, with its place. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import type { z } from "zod";
import { ConfigError, DataError } from "../domain/problem.ts";
import type { Problem } from "../domain/problem.ts";
import { parseSchedule } from "../domain/schedule.ts";
import { parseYaml, placeOf, problemsOf, valueOf } from "./locate.ts";
import type { YamlFile } from "./locate.ts";
import { shownPath } from "./shown-path.ts";

/** What every definition has. */
interface Defined {
  readonly id: string;
  readonly schedule: string;
  readonly deliveries: readonly string[];
}

/** In name order of the files; none when there is no folder. Throws ConfigError with every problem found. */
export function readDefinitions<T extends Defined>(
  folder: string,
  schema: z.ZodType<T>,
  deliveries: readonly string[],
): readonly T[] {
  if (!existsSync(folder)) return [];
  const problems: Problem[] = [];
  const found = new Map<string, { readonly value: T; readonly where: string }>();
  const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
  for (const name of names.sort()) {
    const file = path.join(folder, name);
    const { file: yaml, problems: syntax } = parseYaml(shownPath(file), readFileSync(file, "utf8"));
    problems.push(...syntax);
    if (syntax.length > 0) continue;
    const result = schema.safeParse(valueOf(yaml));
    if (!result.success) {
      problems.push(...problemsOf(yaml, result.error, schema));
      continue;
    }
    const value = result.data;
    const where = placeOf(yaml, ["id"]);
    const twin = found.get(value.id);
    if (twin !== undefined) {
      problems.push({
        code: "SAME_ID",
        what: `the id "${value.id}" is taken`,
        where,
        why: `it stands at ${twin.where}`,
        cure: "give one of them another id",
      });
    }
    found.set(value.id, { value, where });
    problems.push(...scheduleProblems(yaml, ["schedule"], value.schedule));
    for (const [n, id] of value.deliveries.entries()) {
      if (deliveries.includes(id)) continue;
      problems.push({
        code: "UNKNOWN_DELIVERY",
        what: `there is no delivery "${id}"`,
        where: placeOf(yaml, ["deliveries", n]),
        cure: `configured: ${deliveries.join(", ") || "none"}; see deliveries in the configuration`,
      });
    }
  }
  const [first, ...rest] = problems;
  if (first !== undefined) throw new ConfigError([first, ...rest]);
  return [...found.values()].map(({ value }) => value);
}

/** With the place of the schedule; empty when it is one. */
export function scheduleProblems(yaml: YamlFile, at: readonly PropertyKey[], schedule: string): Problem[] {
  try {
    parseSchedule(schedule);
    return [];
  } catch (error) {
    if (error instanceof DataError) return [{ ...error.problem, where: placeOf(yaml, at) }];
    throw error;
  }
}
