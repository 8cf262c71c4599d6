/** From an issue of a schema to the place in the file: `file:line:column`. */
import { LineCounter, isMap, isScalar, parseDocument } from "yaml";
import type { Document } from "yaml";
import type { z } from "zod";
import { ConfigError } from "../domain/problem.ts";
import type { Problem } from "../domain/problem.ts";
import { suggestion } from "../domain/spelling.ts";

type Path = readonly PropertyKey[];

export interface YamlFile {
  readonly path: string;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

const mostBytes = 1_048_576;

/** Parses one YAML file; syntax errors come as problems with their place. */
export function parseYaml(
  path: string,
  text: string,
): { readonly file: YamlFile; readonly problems: readonly Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const problems: Problem[] = document.errors.map((error) => {
    const { line, col } = lines.linePos(error.pos[0]);
    const what = error.message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? error.code;
    return { code: "YAML_SYNTAX", what, where: `${path}:${line}:${col}`, cure: "mend the YAML here" };
  });
  if (text.length > mostBytes) {
    problems.push({
      code: "FILE_TOO_LARGE",
      what: "the file is larger than 1 MiB",
      where: path,
      cure: "split it",
    });
  }
  return { file: { path, document, lines }, problems };
}

/** The plain value. Throws ConfigError when its aliases would make a small file a large value. */
export function valueOf(file: YamlFile): unknown {
  try {
    return file.document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const cure = "write out what the aliases (*name) stand for";
    throw new ConfigError([
      {
        code: "YAML_ALIASES",
        what: "the file has too many aliases",
        where: file.path,
        why: error.message,
        cure,
      },
    ]);
  }
}

/** `file:line:column` of the value at a path, or of the nearest thing above it that is there. */
export function placeOf(file: YamlFile, path: Path, key?: string): string {
  for (let depth = path.length; depth >= 0; depth--) {
    const above = path.slice(0, depth);
    const node: unknown = depth === 0 ? file.document.contents : file.document.getIn(above, true);
    const offset = key !== undefined && depth === path.length ? keyOffset(node, key) : offsetOf(node);
    if (offset === undefined) continue;
    const { line, col } = file.lines.linePos(offset);
    return `${file.path}:${line}:${col}`;
  }
  return `${file.path}:1:1`;
}

function offsetOf(node: unknown): number | undefined {
  const range = (node as { readonly range?: readonly number[] | null } | null | undefined)?.range;
  return range?.[0];
}

function keyOffset(node: unknown, key: string): number | undefined {
  if (!isMap(node)) return undefined;
  const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
  return pair === undefined ? undefined : offsetOf(pair.key);
}

/** Every issue as a problem with its place; unknown keys with what was probably meant. */
export function problemsOf(file: YamlFile, error: z.ZodError, schema: z.ZodType, base: Path = []): Problem[] {
  return flattened(error.issues).flatMap((issue) => {
    const path = [...base, ...issue.path];
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key): Problem => {
        const known = keysAt(schema, issue.path);
        const meant = suggestion(key, known);
        return {
          code: "UNKNOWN_KEY",
          what: `unknown key "${key}"`,
          where: placeOf(file, path, key),
          cure: meant === null ? `known here: ${known.join(", ")}` : `did you mean "${meant}"?`,
        };
      });
    }
    const name = path.map(String).join(".");
    const missing = file.document.getIn(path) === undefined && path.length > 0;
    if (!missing && issue.code === "custom" && issue.params?.["secret"] === true) {
      return [
        {
          code: "SECRET_IN_CLEAR",
          what: `"${name}" holds a secret in clear`,
          where: placeOf(file, path),
          cure: "write { env: NAME } or { file: PATH }",
        },
      ];
    }
    return [
      {
        code: missing ? "MISSING_KEY" : "BAD_VALUE",
        what: missing ? `"${name}" is missing` : `"${name}": ${issue.message}`,
        where: placeOf(file, path),
        cure: cureOf(schemaAt(schema, issue.path)?.description, missing ? String(path.at(-1)) : null),
      },
    ];
  });
}

/** Of a union, the issues of the choice that comes nearest. */
function flattened(issues: readonly z.core.$ZodIssue[], base: Path = []): z.core.$ZodIssue[] {
  return issues.flatMap((issue) => {
    const path = [...base, ...issue.path];
    if (issue.code !== "invalid_union" || issue.errors.length === 0) return [{ ...issue, path }];
    const [nearest] = [...issue.errors].sort((a, b) => a.length - b.length);
    return flattened(nearest ?? [], path);
  });
}

function cureOf(description: string | undefined, missingKey: string | null): string {
  if (missingKey !== null)
    return `add the key "${missingKey}"${description === undefined ? "" : `: ${description}`}`;
  return description === undefined ? "mend the value" : `what belongs here: ${description}`;
}

interface Definition {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly in?: z.ZodType;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
}

/** The keys that a schema knows at a path, as far as it can be followed. */
function keysAt(schema: z.ZodType, path: Path): string[] {
  const definition = schema.def as Definition;
  const inner = definition.innerType ?? definition.in;
  if (inner !== undefined) return keysAt(inner, path);
  if (definition.options !== undefined)
    return [...new Set(definition.options.flatMap((option) => keysAt(option, path)))];
  const [head, ...rest] = path;
  if (definition.shape !== undefined) {
    if (head === undefined) return Object.keys(definition.shape);
    const below = definition.shape[String(head)];
    return below === undefined ? [] : keysAt(below, rest);
  }
  const below = definition.valueType ?? definition.element;
  return below === undefined || head === undefined ? [] : keysAt(below, rest);
}

/** The schema of the value at a path, as far as it can be followed; of a union, the first choice that has one. */
function schemaAt(schema: z.ZodType, path: Path): z.ZodType | null {
  const [head, ...rest] = path;
  if (head === undefined) return schema;
  const definition = schema.def as Definition;
  const inner = definition.innerType ?? definition.in;
  if (inner !== undefined) return schemaAt(inner, path);
  for (const option of definition.options ?? []) {
    const found = schemaAt(option, path);
    if (found !== null) return found;
  }
  const below = definition.shape?.[String(head)] ?? definition.valueType ?? definition.element;
  return below === undefined ? null : schemaAt(below, rest);
}
