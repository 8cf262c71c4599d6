/** Learning which heading is whose department's, from titles that have a call number. */
export { precisionOf } from "./measure.ts";
export type { Agreement } from "./measure.ts";
export { createProposer, defaultConfidence } from "./propose.ts";
export type { Proposal } from "./propose.ts";
export { withProposals } from "./rules.ts";
export { studied } from "./studied.ts";
export type { StudiedTitle } from "./studied.ts";
export { createStudy, foldOf, proposalsFor } from "./study.ts";
export type { CurvePoint } from "./study.ts";
export { createUnownedGroups } from "./unowned.ts";
export type { Suggestion } from "./unowned.ts";
