/** Who gets a report: its audience, and what each liaison asked for, both say so. */
import { suggestion } from "../domain/spelling.ts";
import type { CalendarDay } from "../domain/time.ts";
import { presentLiaison } from "../mapping/index.ts";
import type { Department, Liaison } from "../mapping/index.ts";

export interface Audience {
  readonly departments: ReadonlyMap<string, Pick<Department, "id" | "name" | "liaisons">>;
  readonly liaisons: ReadonlyMap<string, Liaison>;
}

export interface PlannedReport {
  readonly id: string;
  readonly audience: "each-liaison" | "each-department" | "library" | readonly string[];
  readonly deliveries: readonly string[];
  readonly language?: string | undefined;
}

export interface IssuePlan {
  readonly delivery: string;
  /** Department id, `liaison:<id>` or `library`. */
  readonly subject: string;
  /** What it is about, a block each; empty: the whole library. */
  readonly departments: readonly string[];
  /** Mail address; "" for what is not addressed. */
  readonly recipient: string;
  /** Of the definition, else of the recipient; null: of the library. */
  readonly language: string | null;
}

/** `isAddressed`: whether a delivery goes to people; others get what it is about, a department at a time. */
export function planIssues(
  report: PlannedReport,
  { departments, liaisons }: Audience,
  isAddressed: (delivery: string) => boolean,
  today: CalendarDay,
): IssuePlan[] {
  const owned = (liaison: string): string[] =>
    [...departments.values()]
      .filter((department) => department.liaisons.includes(liaison))
      .map(({ id }) => id);
  const wants = ({ reports }: Liaison): boolean => reports === null || reports.includes(report.id);

  const toLiaison = (delivery: string, id: string): IssuePlan[] => {
    const liaison = liaisons.get(id);
    const own = owned(id);
    if (liaison === undefined || own.length === 0 || !wants(liaison)) return [];
    return [
      { delivery, subject: `liaison:${id}`, departments: own, ...readerOf(liaison, liaisons, today, report) },
    ];
  };
  const toReadersOf = (delivery: string, id: string): IssuePlan[] =>
    (departments.get(id)?.liaisons ?? []).flatMap((name) => {
      const liaison = liaisons.get(name);
      if (liaison === undefined || !wants(liaison)) return [];
      return [{ delivery, subject: id, departments: [id], ...readerOf(liaison, liaisons, today, report) }];
    });
  const unaddressed = (delivery: string, subject: string, about: readonly string[]): IssuePlan => ({
    delivery,
    subject,
    departments: about,
    recipient: "",
    language: report.language ?? null,
  });

  /** Nobody owns the library: its report goes to those who asked for it by name. */
  const toReadersOfAll = (delivery: string): IssuePlan[] =>
    [...liaisons.values()]
      .filter(({ reports }) => reports?.includes(report.id) === true)
      .map((liaison) => ({
        delivery,
        subject: "library",
        departments: [],
        ...readerOf(liaison, liaisons, today, report),
      }));

  const listed = typeof report.audience === "string" ? [] : report.audience;
  const named = listed.flatMap((name) => (name === "each-department" ? [...departments.keys()] : [name]));
  const plans = report.deliveries.flatMap((delivery): IssuePlan[] => {
    if (!isAddressed(delivery)) {
      if (report.audience === "library") return [unaddressed(delivery, "library", [])];
      const about =
        typeof report.audience === "string"
          ? [...departments.keys()]
          : named.flatMap((id) => (departments.has(id) ? [id] : owned(id)));
      const all = named.includes("library") ? [unaddressed(delivery, "library", [])] : [];
      return [...all, ...[...new Set(about)].map((id) => unaddressed(delivery, id, [id]))];
    }
    switch (report.audience) {
      case "each-liaison":
        return [...liaisons.keys()].flatMap((id) => toLiaison(delivery, id));
      case "each-department":
        return [...departments.keys()].flatMap((id) => toReadersOf(delivery, id));
      case "library":
        return toReadersOfAll(delivery);
      default:
        return named.flatMap((id) => {
          if (id === "library") return toReadersOfAll(delivery);
          return departments.has(id) ? toReadersOf(delivery, id) : toLiaison(delivery, id);
        });
    }
  });
  return [
    ...new Map(plans.map((plan) => [`${plan.delivery} ${plan.subject} ${plan.recipient}`, plan])).values(),
  ];
}

/** Why a report reaches nobody, or not all whom it names: what, and what to do about it. */
export function unreached(
  report: PlannedReport,
  mapping: Audience,
  isAddressed: (delivery: string) => boolean,
  today: CalendarDay,
): string[] {
  const { id, audience, deliveries } = report;
  const known = [
    "each-liaison",
    "each-department",
    "library",
    ...mapping.departments.keys(),
    ...mapping.liaisons.keys(),
  ];
  const named = typeof audience === "string" ? [] : audience;
  const unknown = named
    .filter((name) => !known.includes(name))
    .map((name) => {
      const meant = suggestion(name, known);
      const cure = meant === null ? `known: ${known.join(", ")}` : `did you mean "${meant}"?`;
      return `report "${id}" names "${name}", which is no department and no liaison of the mapping; ${cure}`;
    });
  if (deliveries.length === 0)
    return [
      ...unknown,
      `report "${id}" goes nowhere: it names no deliveries; "liaison report run ${id}" makes it`,
    ];
  const plans = planIssues(report, mapping, isAddressed, today);
  const silent = deliveries.filter((delivery) => plans.every((plan) => plan.delivery !== delivery));
  const cure =
    audience === "library"
      ? `a liaison gets it who has it under "reports" in the mapping`
      : `give its departments liaisons in the mapping, or take the delivery out`;
  return [...unknown, ...silent.map((delivery) => `report "${id}" reaches nobody by "${delivery}"; ${cure}`)];
}

function readerOf(
  liaison: Liaison,
  liaisons: Audience["liaisons"],
  today: CalendarDay,
  report: PlannedReport,
): Pick<IssuePlan, "recipient" | "language"> {
  const reader = presentLiaison(liaisons, liaison.id, today) ?? liaison;
  return { recipient: reader.email, language: report.language ?? reader.language };
}
