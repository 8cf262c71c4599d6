import type { Scheme } from "../domain/call-number/index.ts";
import { extractEvidence, itemCallNumber } from "../domain/extract.ts";
import { extractMarcEvidence } from "../domain/marc-evidence.ts";
import { ConfigError } from "../domain/problem.ts";
import type { Instant } from "../domain/time.ts";
import { compileMapping } from "../mapping/index.ts";
import type { Mapping } from "../mapping/index.ts";
import type { AppliedMapping, MappingFile, RemapRules, Store } from "../store/index.ts";

export interface SiteRules {
  /** Koha class sources that are spelt otherwise here, e.g. `{ nlm: nlm }`. */
  readonly classSources: Readonly<Record<string, Scheme>>;
  readonly vanishPercent: number;
  /** Version of the software: another may read call numbers otherwise. */
  readonly software?: string;
}

/** How a store reads and decides under a mapping. */
export function rulesOf(mapping: Mapping, site: SiteRules): RemapRules {
  return {
    mappingVersion: mapping.version,
    under: ({ files }) => rulesOf(compileOrThrow(files), site),
    assign: mapping.assign,
    excludedBy: mapping.excludedBy,
    needsFunds: mapping.needsFunds,
    reading: JSON.stringify([site.software ?? "", site.classSources]),
    vanishPercent: site.vanishPercent,
    extractEvidence: (record) => [
      ...extractEvidence(record),
      ...extractMarcEvidence(record, mapping.marcSelectors),
    ],
    readCallNumber: (callNumber, classSource, recordClassSource) =>
      itemCallNumber(callNumber, classSource, recordClassSource, site.classSources).evidence,
  };
}

/** Throws ConfigError with every problem of the files. */
export function compileOrThrow(files: readonly MappingFile[]): Mapping {
  const compiled = compileMapping(files);
  if (compiled.ok) return compiled.mapping;
  const [first, ...rest] = compiled.problems.filter(({ severity }) => severity === "error");
  if (first === undefined) throw new Error("a mapping that does not compile must say why");
  throw new ConfigError([first, ...rest]);
}

/** A mapping as it is kept: its files, who applied it and when. */
export function appliedMapping(
  mapping: Mapping,
  files: readonly MappingFile[],
  author: string,
  appliedAt: Instant,
): AppliedMapping {
  return { version: mapping.version, appliedAt, author, policy: mapping.policy.overlap, files };
}

/**
 * The mapping in force. A store that has none yet adopts the one on disk. Later changes on disk take effect by
 * `map apply` alone, so that a slip of the pen moves nothing; but a name or an address, which moves nothing, does so
 * at once.
 */
export async function mappingInForce(
  store: Store,
  onDisk: readonly MappingFile[],
  author: string,
  now: Instant,
): Promise<Mapping> {
  const active = await store.activeMapping();
  if (active === null) {
    const mapping = compileOrThrow(onDisk);
    await store.adoptMapping(appliedMapping(mapping, onDisk, author, now));
    return mapping;
  }
  const edited = compileMapping(onDisk);
  if (edited.ok && edited.mapping.version === active.version) {
    if (JSON.stringify(onDisk) !== JSON.stringify(active.files)) {
      await store.adoptMapping({ ...active, files: onDisk });
    }
    return edited.mapping;
  }
  return compileOrThrow(active.files);
}
