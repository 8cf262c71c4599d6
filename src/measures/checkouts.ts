import { useMeasure } from "./use.ts";

/** Σ first loans to readers within the period, by the weight of their items (ISO 2789). */
export const checkouts = useMeasure({ id: "checkouts", kinds: () => ["checkout"] });
