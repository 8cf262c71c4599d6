/** `24.05` or `24.05.03`: the Koha that the double plays. Its behaviour changes at the versions of the reference. */
export type KohaVersion = `${number}.${number}` | `${number}.${number}.${number}`;

function rank(version: string): number {
  const [year = 0, month = 0, patch = 0] = version.split(".").map(Number);
  return (year * 100 + month) * 100 + patch;
}

export function isAtLeast(version: KohaVersion, threshold: KohaVersion): boolean {
  return rank(version) >= rank(threshold);
}
