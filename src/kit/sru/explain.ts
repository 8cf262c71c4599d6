/** What an SRU server says of itself (ZeeRex, http://explain.z3950.org/dtd/2.0/): written by hand, so no promise. */
import { z } from "zod";
import { StopError } from "../../domain/problem.ts";
import type { HttpClient } from "../contract.ts";
import { asStop, parseXml, xmlText } from "../xml/index.ts";
import { askSru, operationOf } from "./search.ts";
import type { SruTarget } from "./search.ts";

export interface SruExplain {
  readonly title: string;
  readonly database: string;
  /** `dc.title`, `rec.id`. */
  readonly indexes: readonly string[];
  /** Names under which records can be asked for. */
  readonly schemas: readonly string[];
}

const one = <T extends z.ZodType>(schema: T) => z.array(schema).optional();
const mapped = z.object({
  name: z
    .array(z.union([z.string(), z.object({ $: z.object({ set: z.string() }), _: z.string().default("") })]))
    .default([]),
});
const Explain = z.object({
  serverInfo: one(z.object({ database: xmlText.default("") })),
  databaseInfo: one(z.union([z.string(), z.object({ title: xmlText.default("") })])),
  indexInfo: one(
    z.union([
      z.string(),
      z.object({ index: z.array(z.object({ map: z.array(mapped).default([]) })).default([]) }),
    ]),
  ),
  schemaInfo: one(
    z.union([
      z.string(),
      z.object({ schema: z.array(z.object({ $: z.object({ name: z.string() }) })).default([]) }),
    ]),
  ),
});
const Answer = z.object({
  explainResponse: z.object({
    record: z.array(
      z.object({ recordData: z.array(z.union([z.string(), z.object({ explain: z.array(Explain) })])) }),
    ),
  }),
});
const Bare = z.object({ explain: Explain });

/** Throws StopError `SRU_NOT_SRU` when the answer is none, and what the HTTP client throws. */
export async function explain(http: HttpClient, target: SruTarget, signal: AbortSignal): Promise<SruExplain> {
  const { xml, where } = await askSru(http, target, operationOf(target.version, "explain"), signal);
  const parsed = Answer.safeParse(await tree(xml, where));
  const data = parsed.success ? parsed.data.explainResponse.record[0]?.recordData[0] : undefined;
  const found =
    typeof data === "string" ? Bare.safeParse(await tree(data, where)).data?.explain : data?.explain[0];
  if (found === undefined) {
    const what = "the answer is no explain response of SRU";
    throw new StopError({
      code: "SRU_NOT_SRU",
      what,
      where,
      cure: "check the address: it is that of the database",
    });
  }
  const [databaseInfo] = found.databaseInfo ?? [];
  const [indexInfo] = found.indexInfo ?? [];
  const [schemaInfo] = found.schemaInfo ?? [];
  const names = typeof indexInfo === "object" ? indexInfo.index.flatMap(({ map }) => map) : [];
  const indexes = names
    .flatMap(({ name }) => name)
    .map((name) => (typeof name === "string" ? name : `${name.$.set}.${name._.trim()}`));
  return {
    title: typeof databaseInfo === "object" ? databaseInfo.title : "",
    database: found.serverInfo?.[0]?.database ?? "",
    indexes: [...new Set(indexes)],
    schemas: typeof schemaInfo === "object" ? schemaInfo.schema.map(({ $ }) => $.name) : [],
  };
}

async function tree(xml: string, where: string): Promise<unknown> {
  try {
    return await parseXml(xml, where);
  } catch (error) {
    throw asStop(error);
  }
}
