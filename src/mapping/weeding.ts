import type { TargetItem, TargetRecord } from "../domain/evidence.ts";
import type { Policy, Weeding } from "./rule.ts";
import { holds, targetOf } from "./target.ts";

/** Whether a weeding rule speaks of the copy: its class, collection, kind; not yet its age and use. */
export function holdsForItem(
  { condition }: Weeding,
  record: TargetRecord,
  item: TargetItem,
  { localClasses }: Policy,
): boolean {
  return holds(condition, targetOf(record, item, localClasses), false);
}
