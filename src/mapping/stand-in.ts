import type { Liaison } from "./compiled.ts";

/** The substitute until the last day of the absence, then the liaison again; undefined for an id that is nobody's. */
export function presentLiaison(
  liaisons: ReadonlyMap<string, Liaison>,
  id: string,
  today: string,
): Liaison | undefined {
  const liaison = liaisons.get(id);
  const isAway = liaison?.until != null && today <= liaison.until;
  const substitute = isAway && liaison.substitute !== null ? liaisons.get(liaison.substitute) : undefined;
  return substitute ?? liaison;
}
