/** What we use of HoldingsIQ's answers (Swagger of 2019, and what FOLIO's client has met since). */
import { z } from "zod";

/** Numbers come as numbers or as text; null is none. */
const Text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? "" : String(value)));
const Count = z.coerce.number().int().min(0);

/** Of a snapshot: `None`, `In Progress`, `Completed`; newer ones `Complete`, `COMPLETED`. */
export const Status = z.object({
  status: Text,
  created: Text,
  creationDate: Text,
  totalCount: Count.nullish().transform((count) => count ?? 0),
});
export type Status = z.infer<typeof Status>;

export const Transaction = z.object({ transactionId: z.string().min(1) });
export const Holdings = z.object({ holdings: z.array(z.record(z.string(), z.unknown())) });
export const Total = z.object({ totalResults: Count });
export const ErrorText = z.union([
  z
    .object({ errors: z.array(z.object({ message: z.string() })).min(1) })
    .transform(({ errors }) => errors[0]?.message ?? ""),
  z.object({ message: z.string() }).transform(({ message }) => message),
]);

export function isComplete({ status }: Status): boolean {
  return status.toLowerCase().startsWith("complete");
}

export function isRunning({ status }: Status): boolean {
  return /progress/i.test(status);
}
