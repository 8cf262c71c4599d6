/** The right to run a job. A token rises with every holder, and a holder whose token is old may not write. */
import type { Kysely } from "kysely";
import type { Instant } from "../../domain/time.ts";
import type { Schema } from "../schema.ts";

export interface Lease {
  readonly job: string;
  readonly holder: string;
  readonly token: number;
}

/** Null when another holder's lease has not run out. */
export async function takeLease(
  db: Kysely<Schema>,
  job: string,
  holder: string,
  now: Instant,
  seconds: number,
): Promise<Lease | null> {
  const expiresAt = new Date(Date.parse(now) + seconds * 1000).toISOString();
  const taken = await db
    .insertInto("lease")
    .values({ job, holder, token: 1, expires_at: expiresAt })
    .onConflict((conflict) =>
      conflict
        .column("job")
        .doUpdateSet((row) => ({ holder, token: row("lease.token", "+", 1), expires_at: expiresAt }))
        .where("lease.expires_at", "<=", now),
    )
    .returning(["job", "holder", "token"])
    .executeTakeFirst();
  return taken ?? null;
}

/** False when the lease was lost. */
export async function renewLease(
  db: Kysely<Schema>,
  lease: Lease,
  now: Instant,
  seconds: number,
): Promise<boolean> {
  const expiresAt = new Date(Date.parse(now) + seconds * 1000).toISOString();
  const renewed = await db
    .updateTable("lease")
    .set({ expires_at: expiresAt })
    .where("job", "=", lease.job)
    .where("token", "=", lease.token)
    .returning("token")
    .executeTakeFirst();
  return renewed !== undefined;
}

export async function releaseLease(db: Kysely<Schema>, lease: Lease, now: Instant): Promise<void> {
  await db
    .updateTable("lease")
    .set({ expires_at: now })
    .where("job", "=", lease.job)
    .where("token", "=", lease.token)
    .execute();
}

/** Who holds a job now, or null. */
export async function leaseHolder(
  db: Kysely<Schema>,
  job: string,
  now: Instant,
): Promise<{ readonly holder: string; readonly token: number } | null> {
  const row = await db
    .selectFrom("lease")
    .select(["holder", "token"])
    .where("job", "=", job)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return row ?? null;
}
