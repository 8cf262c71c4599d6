import type { Reader } from "../../port.ts";

/** Loans of a department by a category of readers, in the months together: a sum of fractions. */
export interface AudienceCount {
  readonly department: string;
  readonly category: string;
  /** Null: too few to be kept. */
  readonly num: number | null;
  readonly den: number;
}

export async function readAudiences(
  { db, site }: Reader,
  months: { readonly from: number; readonly end: number },
): Promise<AudienceCount[]> {
  return db
    .selectFrom("use_by_audience")
    .select(["department", "category", "num", "den"])
    .where("site", "=", site)
    .where("month", ">=", months.from)
    .where("month", "<", months.end)
    .orderBy("month")
    .orderBy("department")
    .orderBy("category")
    .execute();
}

/** Whether any source has ever told of the categories of readers. */
export async function areAudiencesRecorded({ db, site }: Reader): Promise<boolean> {
  const row = await db
    .selectFrom("use_by_audience")
    .select("month")
    .where("site", "=", site)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
