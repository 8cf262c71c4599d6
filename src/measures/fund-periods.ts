import { readBudgetPeriods } from "../store/queries/measures/money.ts";
import type { Reader } from "../store/port.ts";
import type { MeasureSettings } from "./types.ts";

/** Budget periods as configured, else as a source told them; empty: nobody did. */
export async function readFundPeriods(
  reader: Reader,
  { fundPeriods }: Pick<MeasureSettings, "fundPeriods">,
): Promise<MeasureSettings["fundPeriods"]> {
  return fundPeriods.length > 0 ? fundPeriods : readBudgetPeriods(reader);
}
