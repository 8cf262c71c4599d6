import type { Config } from "../config/load.ts";
import { parseSchedule } from "../domain/schedule.ts";
import type { Schedule } from "../domain/schedule.ts";
import type { ReportDefinition } from "../reports/definition.ts";

export interface Scheduled {
  /** `sync:koha`, `report:monthly`. */
  readonly name: string;
  readonly schedule: Schedule;
}

/** What the daemon runs by itself. A source without a schedule is pulled by hand only. */
export function scheduledJobs(config: Config, reports: readonly ReportDefinition[]): readonly Scheduled[] {
  return [
    ...config.sources.flatMap(({ id, schedule }) =>
      schedule === null ? [] : [{ name: `sync:${id}`, schedule: parseSchedule(schedule) }],
    ),
    ...reports.map(({ id, schedule }) => ({ name: `report:${id}`, schedule: parseSchedule(schedule) })),
  ];
}
