/** One request to an OAI-PMH repository. */
import { StopError } from "../../domain/problem.ts";
import type { HttpClient } from "../contract.ts";
import { askXml } from "../xml/index.ts";
import type { XmlAnswer, XmlTarget } from "../xml/index.ts";

/** `url`: the base URL, as given by Identify. */
export type OaiTarget = XmlTarget;
export type OaiAnswer = XmlAnswer;

/** Throws StopError `OAI_OFF` for 404 and what the HTTP client throws. */
export function ask(
  http: HttpClient,
  target: OaiTarget,
  query: Readonly<Record<string, string | undefined>>,
): Promise<OaiAnswer> {
  return askXml(http, target, query, {
    code: "OAI_OFF",
    what: "there is no OAI-PMH at this address",
    cure: "in Koha turn on the system preference OAI-PMH; the address is the OPAC's, with /cgi-bin/koha/oai.pl",
  });
}

const cures: Readonly<Record<string, string>> = {
  badArgument: "the server may want dates without time; report it with the address asked",
  badVerb: "check the address: this may be no OAI-PMH base URL",
  cannotDisseminateFormat: "choose another `prefix`; `liaison doctor` names those that the server has",
  noSetHierarchy: "leave `set` out: the server has no sets",
};

/** An `error` element of the answer, when it is neither an empty list nor a lost token. */
export function errorOf({ code, message }: { code: string; message: string }, where: string): StopError {
  const cure = cures[code];
  return new StopError({
    code: "OAI_ERROR",
    what: `the OAI-PMH server answers ${code}`,
    where,
    ...(message !== "" && { why: message }),
    ...(cure !== undefined && { cure }),
  });
}
