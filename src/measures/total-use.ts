import { totalUseKinds, useMeasure, useNotes } from "./use.ts";

/** Loans, in-house uses and reading-room loans together (ISO 2789); kinds that no source delivers are named. */
export const totalUse = useMeasure({ id: "total-use", kinds: totalUseKinds, notes: useNotes });
