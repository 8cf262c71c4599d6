/** Proposals as YAML to paste, with what stands behind each as a comment. */
import { stringify } from "yaml";
import type { Learnt, Unowned } from "../../jobs/suggest.ts";
import { precisionOf } from "../../mapping/index.ts";
import type { Agreement, Proposal } from "../../mapping/index.ts";

type Examples = Proposal["examples"];

export function unownedText({ suggestions, titles, speechless }: Unowned): string {
  if (titles === 0) return "# every title has a department";
  const head = [
    `# ${countText(titles, "title")} without a department.`,
    "# Each rule says how many of them it would catch: paste it below the rules of the department that wants them.",
  ];
  if (speechless > 0)
    head.push(
      `# ${countText(speechless, "title")} with neither call number nor heading: no rule here reaches them.`,
    );
  const rules = suggestions.flatMap(({ rule, titles: caught, examples }) => [
    `# ${countText(caught, "title")}: ${examplesText(examples)}`,
    `- ${flow(rule)}`,
  ]);
  return [...head, ...rules].join("\n");
}

export function learntText(learnt: Learnt): string {
  const head = measuredText(learnt).map((line) => `# ${line}`.trimEnd());
  const byDepartment = new Map<string, Proposal[]>();
  for (const proposal of learnt.proposals) {
    const own = byDepartment.get(proposal.department) ?? [];
    byDepartment.set(proposal.department, [...own, proposal]);
  }
  if (byDepartment.size === 0) return head.join("\n");
  const departments = [...byDepartment].flatMap(([id, proposals]) => [
    `  ${flow(id)}:`,
    "    rules:",
    "      - subject:",
    "          any:",
    ...proposals.map((proposal) => `            - ${flow(proposal.entry)} # ${reasonText(proposal)}`),
  ]);
  return [...head, "departments:", ...departments].join("\n");
}

/** How far it reaches and how often it is right, in lines. */
export function measuredText({
  proposals,
  learnt,
  before,
  curve,
  confidence,
  open,
  reached,
}: Learnt): string[] {
  if (learnt === 0)
    return ["No title has a call number that a rule knows, and headings: there is nothing to learn from."];
  const lines = [
    `Learnt from ${countText(learnt, "title")} with a call number and headings. Measured on ${String(before.titles)} of them, kept apart by a`,
    "hash of title and author, with their call numbers hidden; right is what the call number says, too.",
    "confidence  reached  right",
    rowText("none", before),
    ...curve.map((point) => rowText(point.confidence.toFixed(2), point, point.confidence === confidence)),
  ];
  if (before.titles < fewTitles) lines.push("So few titles measure little: look at each proposal.");
  return [
    ...lines,
    `${countText(open, "title")} with headings alone ${open === 1 ? "has" : "have"} no department; the ${countText(proposals.length, "heading")} below would give one to ${String(reached)}.`,
    "Look at them, then paste what is right, or put all into the files: liaison map suggest --learn --write",
  ];
}

/** Below this a measured share is off by ten percent and more. */
const fewTitles = 100;

function rowText(label: string, agreement: Agreement, isChosen = false): string {
  const { reached, titles } = agreement;
  const columns = [
    label.padEnd(10),
    percentText(reached / Math.max(1, titles)),
    percentText(precisionOf(agreement)),
  ];
  return `${columns.join("  ")}${isChosen ? "  <- these proposals" : ""}`;
}

function percentText(share: number | null): string {
  return (share === null ? "–" : `${(100 * share).toFixed(1)} %`).padStart(7);
}

function reasonText({ titles, confidence, seen, agreed, examples }: Proposal): string {
  const basis = seen === 0 ? "by its words" : `${String(agreed)} of ${String(seen)} with a call number agree`;
  return `${countText(titles, "title")}; ${basis}: ${percentText(confidence).trim()}; ${examplesText(examples)}`;
}

const longestTitle = 60;

function examplesText(examples: Examples): string {
  return examples
    .map(({ record, title }) => {
      const shown = title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title;
      return `${JSON.stringify(shown)} (record:${record})`;
    })
    .join(", ");
}

function countText(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? "" : "s"}`;
}

function flow(value: unknown): string {
  return stringify(value, { collectionStyle: "flow", lineWidth: 0, flowCollectionPadding: true }).trimEnd();
}
