/** Worked examples of weeding. */
import type { Runs } from "./form.ts";

export const weeding: Runs = {};
