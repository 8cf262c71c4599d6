import { z } from "zod";
import type { Koha } from "./client.ts";
import { KohaFault } from "./errors.ts";
import { OffError } from "../../src/domain/problem.ts";

const Version = z.object({ version: z.string() });

/** `25.11.05.000`; null where Koha does not say, which is before 25.11.05. */
export async function versionOf(koha: Koha, signal: AbortSignal): Promise<string | null> {
  try {
    const parsed = Version.safeParse((await koha.get({ path: "/status/version" }, signal)).value);
    return parsed.success ? parsed.data.version : null;
  } catch (error) {
    if (error instanceof KohaFault || error instanceof OffError) return null;
    throw error;
  }
}

/** Whether `25.11.05.000` is 25.05 or later. */
export function isAtLeast(version: string, year: number, month: number): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > year || (major === year && minor >= month);
}
