import { execFileSync } from "node:child_process";
import { userInfo } from "node:os";

/** Who changes the mapping: as git knows them there, `Ada Example <ada@example.edu>`, else by their name on this machine. */
export function authorOf(folder: string): string {
  const name = gitConfig(folder, "user.name");
  if (name === null) return userInfo().username;
  const email = gitConfig(folder, "user.email");
  return email === null ? name : `${name} <${email}>`;
}

function gitConfig(folder: string, key: string): string | null {
  try {
    const value = execFileSync("git", ["-C", folder, "config", "--get", key], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 5000,
    }).trim();
    return value === "" ? null : value;
  } catch {
    return null; // no git here, or nothing said: not every library keeps its mappings so
  }
}
