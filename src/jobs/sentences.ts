/** A library's own sentences for its reports: a file a language, `de.yaml`, of the sentences that it puts otherwise. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { parseYaml, placeOf, valueOf } from "../config/locate.ts";
import type { YamlFile } from "../config/locate.ts";
import { shownPath } from "../config/shown-path.ts";
import { ConfigError } from "../domain/problem.ts";
import type { Problem } from "../domain/problem.ts";
import { suggestion } from "../domain/spelling.ts";
import { en, isSentence, variablesOf } from "../reports/locale/index.ts";
import type { OwnSentences } from "../reports/locale/index.ts";

/** By language. Throws ConfigError with every sentence that cannot be said; none when there is no folder. */
export function readSentences(folder: string): OwnSentences {
  const found = new Map<string, Readonly<Record<string, string>>>();
  if (!existsSync(folder)) return found;
  const problems: Problem[] = [];
  for (const name of readdirSync(folder).sort()) {
    const language = /^([a-z]{2,3})\.ya?ml$/.exec(name)?.[1];
    if (language === undefined) continue;
    const file = path.join(folder, name);
    const { file: yaml, problems: syntax } = parseYaml(shownPath(file), readFileSync(file, "utf8"));
    problems.push(...syntax);
    if (syntax.length > 0) continue;
    const value = valueOf(yaml) ?? {};
    problems.push(...Object.entries(value).flatMap(([key, text]) => problemsOf(yaml, key, text)));
    found.set(language, value as Record<string, string>); // checked just now
  }
  const [first, ...rest] = problems;
  if (first !== undefined) throw new ConfigError([first, ...rest]);
  return found;
}

function problemsOf(yaml: YamlFile, key: string, text: unknown): Problem[] {
  const problem = (code: string, what: string, cure: string): Problem[] => [
    { code, what, where: placeOf(yaml, [key]), cure },
  ];
  if (!isSentence(key)) {
    const meant = suggestion(key, Object.keys(en));
    return problem(
      "UNKNOWN_SENTENCE",
      `no report says a sentence "${key}"`,
      meant === null ? "take it out" : `did you mean "${meant}"?`,
    );
  }
  if (typeof text !== "string") return problem("BAD_SENTENCE", `"${key}" must be a text`, "quote it");
  const known = variablesOf(en[key]);
  try {
    const unknown = [...variablesOf(text)].filter((variable) => !known.has(variable));
    if (unknown.length === 0) return [];
    return problem(
      "UNKNOWN_VARIABLE",
      `"${key}" has no value for {${unknown.join("}, {")}}`,
      known.size === 0 ? "it has none at all" : `it knows {${[...known].join("}, {")}}`,
    );
  } catch (error) {
    return problem(
      "BAD_SENTENCE",
      `"${key}" cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      "write a message as of ICU, such as {count, plural, one {# loan} other {# loans}}",
    );
  }
}
