/** Worked examples of e-resources. */
import type { Runs } from "./form.ts";

export const electronic: Runs = {};
