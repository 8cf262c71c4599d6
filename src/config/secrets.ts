import { readFileSync } from "node:fs";
import path from "node:path";
import { ConfigError } from "../domain/problem.ts";
import { Secret } from "../kit/secret.ts";

/**
 * Every `{ env: NAME }` and `{ file: PATH }` becomes a Secret that is looked up when it is used, so that a command
 * that needs no password does not ask for one. Paths are relative to the configuration file.
 */
export function withSecrets(
  value: unknown,
  folder: string,
  environment: Readonly<NodeJS.ProcessEnv>,
): unknown {
  if (Array.isArray(value)) return value.map((entry) => withSecrets(entry, folder, environment));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined && typeof only[1] === "string") {
    if (only[0] === "env") return fromEnvironment(only[1], environment);
    if (only[0] === "file") return fromFile(path.resolve(folder, only[1]));
  }
  return Object.fromEntries(entries.map(([key, entry]) => [key, withSecrets(entry, folder, environment)]));
}

function fromEnvironment(name: string, environment: Readonly<NodeJS.ProcessEnv>): Secret {
  return new Secret(() => {
    const value = environment[name];
    if (value !== undefined && value !== "") return value;
    throw new ConfigError([
      {
        code: "SECRET_MISSING",
        what: `the environment variable ${name} is not set`,
        cure: `set it before starting, for example in the service's environment file`,
      },
    ]);
  });
}

function fromFile(file: string): Secret {
  return new Secret(() => {
    try {
      return readFileSync(file, "utf8").trim();
    } catch (error) {
      throw new ConfigError([
        {
          code: "SECRET_MISSING",
          what: "the file of a secret cannot be read",
          where: file,
          why: error instanceof Error ? error.message : String(error),
          cure: "check the path and that this user may read it",
        },
      ]);
    }
  });
}
